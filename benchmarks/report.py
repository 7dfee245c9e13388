"""The figures: one group of rows for each question, as a table and as JSON."""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass
from typing import Any

_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))


@dataclass(frozen=True, slots=True)
class Row:
    """A measured amount, how many times its floor that is, and the most it should be.

    A `target` is for the ratio, a `limit` for the amount itself; the unit is seconds (`s`) or
    bytes (`B`).
    """

    name: str
    amount: float
    ratio: float | None = None
    target: float | None = None
    limit: float | None = None
    unit: str = "s"

    @property
    def aim(self) -> str:
        """What the row should be, in words; nothing for a row without an aim."""
        if self.limit is not None:
            return f"limit {_shown(self.limit, self.unit)}"
        return f"target {self.target:g} x" if self.target is not None else ""

    @property
    def verdict(self) -> str:
        """Whether the aim is met; nothing for a row without one."""
        if self.limit is not None:
            return "met" if self.amount <= self.limit else "MISSED"
        if self.ratio is None or self.target is None:
            return ""
        return "met" if self.ratio <= self.target else "MISSED"


@dataclass(frozen=True, slots=True)
class Group:
    """Rows measured together. Their ratios are to `floor`, in the same run."""

    title: str
    floor: str
    rows: tuple[Row, ...]


def table(groups: list[Group]) -> str:
    """The figures for people."""
    lines = [environment(), ""]
    for group in groups:
        lines.append(f"{group.title} (ratios to: {group.floor})")
        lines.extend(f"  {_line(row)}".rstrip() for row in group.rows)
        lines.append("")
    return "\n".join(lines)


def _line(row: Row) -> str:
    ratio = f"{row.ratio:9.2f} x" if row.ratio is not None else " " * 11
    return f"{row.name:<54}{_shown(row.amount, row.unit):>12}{ratio}   {row.aim:<16}{row.verdict}"


def _shown(amount: float, unit: str) -> str:
    if unit != "s":
        return f"{amount:.0f} {unit}"
    size, unit = next((pair for pair in _UNITS if amount >= pair[0]), _UNITS[-1])
    return f"{amount / size:.2f} {unit}"


def document(groups: list[Group]) -> dict[str, Any]:
    """The raw figures, for programs."""
    return {"environment": environment(), "groups": [asdict(group) for group in groups]}


def environment() -> str:
    """What the figures were made on."""
    interpreter = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{interpreter}, {platform.system()} {platform.machine()}"
