"""Text positions: half-open spans in characters, and line and column for display only."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_LINE_BREAK = r"\r\n|\r|\n"


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of character offsets into one text."""

    start: int
    end: int


class Source:
    """A text with its line starts, for turning offsets into 1-based lines and columns."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] | None = None

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *(match.end() for match in re.finditer(_LINE_BREAK, self.text))]
        return self._starts

    def line_column(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column (in characters) of an offset."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line_span(self, line: int) -> Span:
        """Where a 1-based line stands, without its line break."""
        starts = self._line_starts()
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":  # the line itself may be very long
            end -= 1
        return Span(start, end)
