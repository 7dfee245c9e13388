"""The figures of one comparison, and what they should be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from benchmarks.timing import Times


@dataclass(slots=True)
class PeerRow:
    """One engine in one scenario; what was not or cannot be measured is None.

    `failure` says why nothing was measured.
    """

    name: str
    version: str
    redone: str
    is_floor: bool = False
    is_native: bool = False
    failure: str = ""
    ready: Times | None = None
    plain: Times | None = None
    batch: Times | None = None
    first_use: float | None = None
    imported: float | None = None


@dataclass(frozen=True, slots=True)
class PeerTable:
    """All engines in one scenario, measured in one run."""

    title: str
    rows: tuple[PeerRow, ...]

    def row(self, name: str) -> PeerRow:
        """The row of an engine; one without figures where it was left out."""
        found = (row for row in self.rows if row.name == name)
        return next(found, PeerRow(name, "", "", failure="left out"))


@dataclass(frozen=True, slots=True)
class Aim:
    """What a figure should be; ratios are of the best times of one run."""

    text: str
    value: float
    bound: float
    at_least: bool = False
    unit: str = "x"

    @property
    def met(self) -> bool:
        """Whether it is so."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def __str__(self) -> str:
        relation = "at least" if self.at_least else "at most"
        verdict = "met" if self.met else "MISSED"
        shown = f"{self.value:.2f} {self.unit} ({relation} {self.bound:g} {self.unit})"
        return f"{self.text}: {shown} {verdict}"


def aims(key_vault: PeerTable, own: str, by_hand: str, slow: str) -> list[Aim]:
    """What the figures of the Key Vault condition should be, for what was measured.

    `own`, `by_hand` and `slow` name the rows of azcond, the hand-written function and Cedar.
    """
    ours, hand, cedar = (key_vault.row(name) for name in (own, by_hand, slow))
    peers = [row for row in key_vault.rows if row is not ours and not row.is_floor]
    ready, plain = _fastest(peers, lambda row: row.ready), _fastest(peers, lambda row: row.plain)
    found = []
    if ours.ready and hand.ready:
        ratio = ours.ready.best / hand.ready.best
        found.append(Aim("time per decision, to a function written by hand", ratio, 1.5))
    if ours.ready and ready:
        text = f"faster than the fastest peer, all prepared ({ready[1]})"
        found.append(Aim(text, ready[0] / ours.ready.best, 2.5, at_least=True))
    if ours.plain and plain:
        text = f"faster than the fastest peer, from a plain dict ({plain[1]})"
        found.append(Aim(text, plain[0] / ours.plain.best, 3, at_least=True))
    if ours.ready and cedar.ready:
        ratio = cedar.ready.best / ours.ready.best
        found.append(Aim(f"faster than {cedar.name}, all prepared", ratio, 80, at_least=True))
    return [*found, *_start_aims(ours, peers)]


def _start_aims(ours: PeerRow, peers: list[PeerRow]) -> Iterable[Aim]:
    if ours.first_use is not None:
        yield Aim("first use", ours.first_use * 1000, 1, unit="ms")
        firsts = [
            (row.first_use, row.name) for row in peers if row.first_use and row.name != "vakt"
        ]
        if firsts:
            least, name = min(firsts)
            text = f"first use, to the quickest peer but vakt ({name})"
            yield Aim(text, ours.first_use / least, 1)
    imports = [(row.imported, row.name) for row in peers if row.imported and not row.is_native]
    if ours.imported is not None and imports:
        least, name = min(imports)
        text = f"import, to the quickest peer that is more than a native module ({name})"
        yield Aim(text, ours.imported / least, 1)


def _fastest(
    rows: list[PeerRow], times: Callable[[PeerRow], Times | None]
) -> tuple[float, str] | None:
    found = [(given.best, row.name) for row in rows if (given := times(row)) is not None]
    return min(found, default=None)


def figures(table: PeerTable) -> Iterable[tuple[str, float]]:
    """Every figure with a name of its own, to find it again in another run."""
    for row in table.rows:
        columns: dict[str, Any] = {
            "per decision": row.ready,
            "from a plain dict": row.plain,
            "in a batch": row.batch,
        }
        for column, times in columns.items():
            if times is not None:
                yield f"{table.title}: {row.name}, {column}", times.best
        for column, seconds in (("first use", row.first_use), ("import", row.imported)):
            if seconds is not None:
                yield f"{table.title}: {row.name}, {column}", seconds
