"""The figures as files: raw JSON, a table in Markdown, and charts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.growth import Curves
from benchmarks.peers.results import Aim, PeerRow, PeerTable, figures
from benchmarks.report import Group, document, environment, table
from benchmarks.timing import Times


def machine() -> str:
    """When, and on what kind of machine."""
    return f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {environment()}"


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that one run has measured."""

    groups: Sequence[Group] = ()
    tables: Sequence[PeerTable] = ()
    aims: Sequence[Aim] = ()
    curves: Sequence[Curves] = ()
    machine: str = field(default_factory=machine)

    def document(self) -> dict[str, Any]:
        """The raw figures, for programs; `figures` names each for a comparison of two runs."""
        return {
            **document(list(self.groups)),
            "machine": self.machine,
            "peers": [asdict(one) for one in self.tables],
            "aims": [{**asdict(one), "met": one.met} for one in self.aims],
            "curves": [_curves(one) for one in self.curves],
            "figures": dict(self._figures()),
        }

    def _figures(self) -> Iterator[tuple[str, float]]:
        for group in self.groups:
            yield from ((f"{group.title}: {row.name}", row.amount) for row in group.rows)
        for peers in self.tables:
            yield from figures(peers)
        for one in self.curves:
            for line in one.lines:
                for size, seconds in line.points:
                    yield f"{one.title}: {line.name}, {size:,} {one.size}", seconds

    def text(self) -> str:
        """The figures for people."""
        parts = [self.machine]
        if self.groups:
            parts.append(table(list(self.groups)))
        parts.extend(map(_plain_table, self.tables))
        parts.append("\n".join(map(str, self.aims)))
        parts.extend(map(_slopes, self.curves))
        return "\n\n".join(part for part in parts if part)

    def markdown(self) -> str:
        """The tables of the peers, the aims and the slopes, in Markdown."""
        parts = [f"Measured on {self.machine}."]
        parts.extend(f"### {peers.title.title()}\n\n{peers_table(peers)}" for peers in self.tables)
        if self.aims:
            parts.append("\n".join(f"- {aim}" for aim in self.aims))
        parts.extend(map(_slopes_table, self.curves))
        return "\n\n".join(parts) + "\n"


def _curves(one: Curves) -> dict[str, Any]:
    slopes = {line.name: line.slope for line in one.lines}
    return {**asdict(one), "slopes": slopes}


_COLUMNS = (
    "",
    "version",
    "per decision, best",
    "median",
    "from a dict, best",
    "median",
    "in a batch",
    "first use",
    "import",
    "done again in every call",
)


_SHORT_COLUMNS = (
    "",
    "prepared",
    "median",
    "from dict",
    "median",
    "in a batch",
    "first use",
    "import",
)


def peers_table(peers: PeerTable) -> str:
    """One scenario: the quickest first, and those that could not be measured last."""
    lines = [_markdown_line(_COLUMNS), _markdown_line(["---", "---", *["---:"] * 7, "---"])]
    lines.extend(_markdown_line(_cells(row)) for row in by_speed(peers))
    return "\n".join(lines)


def by_speed(peers: PeerTable) -> list[PeerRow]:
    """The rows, those without figures last."""
    return sorted(peers.rows, key=lambda row: row.ready.best if row.ready else float("inf"))


def _markdown_line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(row: PeerRow) -> list[str]:
    if row.failure:
        return [row.name, row.version, *[""] * 7, row.failure]
    return [
        row.name,
        row.version,
        *(_micro(seconds) for times in (row.ready, row.plain) for seconds in _both(times)),
        _micro(row.batch.best if row.batch else None),
        _milli(row.first_use),
        _milli(row.imported),
        row.redone,
    ]


def _both(times: Times | None) -> tuple[float | None, float | None]:
    return (times.best, times.median) if times else (None, None)


def _micro(seconds: float | None) -> str:
    return "" if seconds is None else f"{_digits(seconds * 1e6)} µs"


def _milli(seconds: float | None) -> str:
    return "" if seconds is None else f"{_digits(seconds * 1e3)} ms"


def _time(seconds: float) -> str:
    return _micro(seconds) if seconds < 1e-3 else _milli(seconds)  # noqa: PLR2004  # a millisecond


def _digits(amount: float) -> str:
    """Two digits behind the point for small amounts, fewer for larger ones."""
    return f"{amount:,.{max(0, 2 - len(str(int(amount))) + (amount < 1))}f}"


def _plain_table(peers: PeerTable) -> str:
    lines = [peers.title, _padded(_SHORT_COLUMNS)]
    for row in by_speed(peers):
        cells = _cells(row)
        lines.append(
            f"{row.name:<40}{row.failure}" if row.failure else _padded([row.name, *cells[2:9]])
        )
    return "\n".join(f"  {line}".rstrip() if at else line for at, line in enumerate(lines))


def _padded(cells: Sequence[str]) -> str:
    return f"{cells[0]:<40}" + "".join(f"{cell:>12}" for cell in cells[1:])


def _slopes(one: Curves) -> str:
    lines = [f"{one.title} (slope in log-log; from the least to the largest)"]
    for line in one.lines:
        first, last = line.points[0], line.points[-1]
        ends = f"{_time(first[1])} at {first[0]:,}, {_time(last[1])} at {last[0]:,}"
        lines.append(f"  {line.name:<20}{line.slope:6.2f}   {ends}")
    return "\n".join(lines)


def _slopes_table(one: Curves) -> str:
    lines = [f"### {one.title}", "", _markdown_line(["", "slope", "least", "most"])]
    lines.append(_markdown_line(["---", "---:", "---:", "---:"]))
    for line in one.lines:
        ends = [
            f"{_time(taken)} at {size:,}" for size, taken in line.points[:: len(line.points) - 1]
        ]
        lines.append(_markdown_line([line.name, f"{line.slope:.2f}", *ends]))
    return "\n".join(lines)


def write_report(run: Run, folder: Path) -> str:
    """Write all files there; gives a sentence about what could not be."""
    folder.mkdir(parents=True, exist_ok=True)
    figures_text = json.dumps(run.document(), indent=1) + "\n"
    (folder / "figures.json").write_text(figures_text, encoding="utf-8")
    (folder / "table.md").write_text(run.markdown(), encoding="utf-8")
    try:
        from benchmarks.charts import draw  # noqa: PLC0415  # the plotting library may be absent

        draw(run.tables, run.curves, folder)
    except ModuleNotFoundError as error:
        return f"no charts: {error.name} is not installed"
    return ""


def compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Each figure that both runs have, with new / old: below 1 is faster now."""
    before, after = old["figures"], new["figures"]
    both = [name for name in after if name in before]
    lines = [f"new / old ({old['machine']}; {len(both)} figures in both runs)"]
    lines.extend(f"  {after[name] / before[name]:8.2f} x  {name}" for name in both)
    return "\n".join(lines)
