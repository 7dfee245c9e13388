"""What changes in a file, as a unified diff."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from azcond.reports.style import visible


def unified_lines(name: str, text: str, new: str) -> Iterator[str]:
    """The lines of the diff; on a terminal, every character is shown for what it is."""
    from difflib import unified_diff  # noqa: PLC0415  # slow to load, and seldom needed

    show = visible if sys.stdout.isatty() else str
    for line in unified_diff(text.split("\n"), new.split("\n"), name, name, lineterm=""):
        yield f"{show(line)}\n"
