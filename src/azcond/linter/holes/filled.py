"""A condition with its holes filled, and where what is found there stands in the condition."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from azcond.diagnostics import Edit
from azcond.linter.holes.fillings import Filling
from azcond.source import Span


class Filled:
    """A text after filling. `covers` are the spans that stand for more than holes, in order."""

    def __init__(self, text: str, fillings: Sequence[Filling]) -> None:
        pieces: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._fillings = fillings
        at = length = 0
        for filling in fillings:
            pieces += (text[at : filling.span.start], filling.text)
            length += filling.span.start - at
            self._starts.append(length)
            length += len(filling.text)
            self._ends.append(length)
            at = filling.span.end
        self.text = "".join([*pieces, text[at:]])
        self._covered = [filling.span for filling in fillings if filling.covers]

    def is_covered(self, span: Span) -> bool:
        """Whether a span of the condition is inside of what more than a hole was replaced by."""
        at = bisect_right(self._covered, (span.start, sys.maxsize)) - 1
        return at >= 0 and span.end <= self._covered[at].end

    def place_of(self, span: Span) -> Span | None:
        """Where a span of the filled text stands in the condition; nothing where it cuts a filling
        or is one.
        """
        start, end = self._before(span.start), self._after(span.end)
        if start is None or end is None or start > end:
            return None
        at = bisect_right(self._starts, span.start) - 1
        is_filling = at >= 0 and (self._starts[at], self._ends[at]) == span
        return None if is_filling else Span(start, end)

    def around(self, span: Span) -> Span:
        """Where a span of the filled text stands in the condition, with all of what it cuts."""
        first = bisect_right(self._starts, span.start) - 1
        last = bisect_left(self._starts, span.end) - 1
        start, end = self._before(span.start), self._after(span.end)
        return Span(
            self._fillings[first].span.start if start is None else start,
            self._fillings[last].span.end if end is None else end,
        )

    def edit_of(self, edit: Edit) -> Edit | None:
        """An edit of the filled text in the condition; nothing where it touches a filling."""
        at = bisect_left(self._ends, edit.span.start)
        if at < len(self._ends) and self._starts[at] <= edit.span.end:
            return None
        place = self.place_of(edit.span)
        return None if place is None else Edit(place, edit.replacement)

    def _before(self, offset: int) -> int | None:
        """The offset in the condition of what begins at one in the text."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset
        if offset >= self._ends[at]:
            return self._fillings[at].span.end + offset - self._ends[at]
        return self._fillings[at].span.start if offset == self._starts[at] else None

    def _after(self, offset: int) -> int | None:
        """The offset in the condition of what ends at one in the text."""
        at = bisect_left(self._starts, offset) - 1
        if at < 0:
            return offset
        if offset > self._ends[at]:
            return self._fillings[at].span.end + offset - self._ends[at]
        return self._fillings[at].span.end if offset == self._ends[at] else None
