"""What changes in a file, as a unified diff."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from azcond.reports.style import visible

_NO_LINE_END = "\\ No newline at end of file"


def unified_lines(name: str, text: str, new: str) -> Iterator[str]:
    """The lines of a diff that `patch` takes; on a terminal, every character shows what it is."""
    from difflib import unified_diff  # noqa: PLC0415  # slow to load, and seldom needed

    show = visible if sys.stdout.isatty() else str
    for line in unified_diff(_lines(text), _lines(new), name, name, lineterm=""):
        for part in line.split("\n"):
            yield f"{show(part)}\n"


def _lines(text: str) -> list[str]:
    *lines, last = text.split("\n")
    return [*lines, f"{last}\n{_NO_LINE_END}"] if last else lines
