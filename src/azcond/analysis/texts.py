"""Which of several text patterns can match together: every combination, with an example.

Equality, prefixes and `Like` patterns are all sequences of characters, `?` and `*`. They are read
side by side, one character at a time, over the characters that some pattern waits for and one
that none does. That visits every combination of matching patterns there is, because texts that
all patterns read alike are not told apart by any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from azcond._dataclasses import dataclass
from azcond.analysis.budget import Budget
from azcond.kinds import fold
from azcond.wildcards import ANY_ONE, Segment

_FILLERS = "x~0·"
"""What stands for a character that no pattern waits for: the first one that none does."""


@dataclass(frozen=True, slots=True)
class TextPattern:
    """`segments` stand between `*`s; with `ignore_case` they are folded and so is what is read."""

    segments: tuple[Segment, ...]
    ignore_case: bool

    @property
    def symbols(self) -> tuple[str | None, ...]:
        """The pattern character by character: text, `ANY_ONE`, and `STAR`."""
        found: list[str | None] = []
        for index, segment in enumerate(self.segments):
            if index:
                found.append(STAR)
            for part in segment:
                found.extend([ANY_ONE] if part is ANY_ONE else part)
        return tuple(found)


STAR = "*star*"

_State = tuple[tuple[int, frozenset[int]], ...]
"""For every pattern that may still match: its number, and the places it may have come to."""


def combinations(
    patterns: Sequence[TextPattern], budget: Budget, *, empty: bool = True
) -> dict[frozenset[int], str]:
    """Every set of patterns (by number) that some text matches exactly, with such a text.

    The empty text counts unless `empty` is false.
    """
    if simple := _whole_texts(patterns, budget, empty=empty):
        return simple
    reader = _Reader(patterns)
    start = reader.start()
    known = {start: reader.matching(start)}
    found = {known[start]: ""} if empty else {}
    pending: list[tuple[_State, str]] = [(start, "")]
    for state, text in pending:
        for character in reader.characters(state):
            budget.spend(1 + len(state))
            after = reader.read(state, character)
            if after not in known:
                known[after] = reader.matching(after)
                pending.append((after, text + character))
            found.setdefault(known[after], text + character)
    return found


def _whole_texts(
    patterns: Sequence[TextPattern], budget: Budget, *, empty: bool
) -> dict[frozenset[int], str]:
    """The same for patterns that each stand for one whole text, as most do; else nothing."""
    if len({pattern.ignore_case for pattern in patterns}) > 1:
        return {}
    numbers: dict[str, list[int]] = {}
    for number, pattern in enumerate(patterns):
        budget.spend()
        segment = pattern.segments[0]
        if len(pattern.segments) > 1 or ANY_ONE in segment:
            return {}
        numbers.setdefault("".join(filter(None, segment)), []).append(number)
    if not empty:
        numbers.pop("", None)
    other = "" if empty and "" not in numbers else _unused(set(numbers))
    return {frozenset(): other} | {frozenset(same): text for text, same in numbers.items()}


class _Reader:
    """Reads several patterns side by side."""

    def __init__(self, patterns: Sequence[TextPattern]) -> None:
        self._symbols = [pattern.symbols for pattern in patterns]
        self._ignore_case = [pattern.ignore_case for pattern in patterns]
        text = {s for symbols in self._symbols for s in symbols if s is not None and len(s) == 1}
        self._filler = _unused(text)

    def start(self) -> _State:
        return tuple([(number, self._closure(number, {0})) for number in range(len(self._symbols))])

    def _closure(self, number: int, places: Iterable[int]) -> frozenset[int]:
        """The places, and those behind a `*` that may stand for nothing."""
        symbols, closed = self._symbols[number], set()
        for place in places:
            at = place
            closed.add(at)
            while at < len(symbols) and symbols[at] == STAR:
                at += 1
                closed.add(at)
        return frozenset(closed)

    def characters(self, state: _State) -> list[str]:
        """The characters that tell the patterns apart here, and one that stands for the rest."""
        awaited: dict[str, None] = {}
        for number, places in state:
            symbols = self._symbols[number]
            for place in places:
                symbol = symbols[place] if place < len(symbols) else None
                if symbol is None or symbol == STAR:
                    continue
                awaited[symbol] = None
                if self._ignore_case[number]:
                    awaited[symbol.upper() if len(symbol.upper()) == 1 else symbol] = None
        return [*awaited, self._filler]

    def read(self, state: _State, character: str) -> _State:
        """The state after one more character, without the patterns that it rules out."""
        folded = fold(character)
        after = []
        for number, places in state:
            symbols = self._symbols[number]
            seen = folded if self._ignore_case[number] else character
            reached = set()
            for place in places:
                symbol = symbols[place] if place < len(symbols) else ""
                if symbol == STAR:
                    reached.add(place)
                elif symbol is ANY_ONE or symbol == seen:
                    reached.add(place + 1)
            if reached:
                after.append((number, self._closure(number, reached)))
        return tuple(after)

    def matching(self, state: _State) -> frozenset[int]:
        """The patterns that match what was read so far as a whole."""
        return frozenset(n for n, places in state if len(self._symbols[n]) in places)


def _unused(taken: set[str]) -> str:
    """A character that is none of the texts, in any case: an everyday one if possible."""
    folded = {fold(text) for text in taken}
    others = (chr(code) for code in range(0x100, 0x10000) if chr(code).isprintable())
    return next(c for c in chain(_FILLERS, others) if fold(c) not in folded)
