"""How far a long run has come, on a terminal."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import monotonic
from typing import TextIO

from azcond.reports.finding import counted

_SILENT_FOR = 1.0
_BETWEEN = 0.1
"""In seconds: a short run shows nothing, a long one does not spend its time on showing."""

_NO_PROGRESS = ("NO_COLOR", "CI")
_TO_START = "\r\x1b[K"
"""To the start of the line, and clear it."""


class Progress:
    """One line on a stream, written again and again, and gone at the end.

    There is none unless the stream is a terminal that takes control sequences. What else is written
    to the terminal comes after `clear`.
    """

    def __init__(self, stream: TextIO | None, clock: Callable[[], float] = monotonic) -> None:
        self._stream = stream if stream is not None and _takes_control(stream) else None
        self._clock = clock
        self._next = clock() + _SILENT_FOR
        self._shows = False

    def advance(self, done: int, total: int | None = None) -> None:
        """Say how many files are done, of how many if that is known."""
        if self._stream is None or self._clock() < self._next:
            return
        self._next = self._clock() + _BETWEEN
        files = counted(done, "file") if total is None else f"{done:,} of {counted(total, 'file')}"
        self._write(f"{_TO_START}linting: {files}")
        self._shows = True

    def clear(self) -> None:
        """Take the line away, if there is one; the next `advance` may bring it back."""
        if self._shows:
            self._write(_TO_START)
            self._shows = False

    def _write(self, text: str) -> None:
        assert self._stream is not None
        self._stream.write(text)
        self._stream.flush()


def _takes_control(stream: TextIO) -> bool:
    if any(os.environ.get(name) for name in _NO_PROGRESS) or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()
