"""Collects the errors of one text: each once, at most 100."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from azcond.codes import CODES
from azcond.diagnostics import Diagnostic, Edit, Fix, diagnostic_at
from azcond.source import Span

if TYPE_CHECKING:
    from azcond.source import Source

LIMIT = 100
"""How many errors of one text are reported."""


class Problem(NamedTuple):
    """What is wrong and what to write instead; where it stands is the caller's to say."""

    code: str
    message: str
    help: str | None = None


class Findings:
    """The errors found so far, in the order in which they were reported."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self._places: set[tuple[str, Span]] = set()

    @property
    def full(self) -> bool:
        """Whether the limit is reached, so that looking further is idle."""
        return len(self.diagnostics) >= LIMIT

    def report(self, problem: Problem, start: int, end: int, fix: Fix | None = None) -> None:
        """Add one error; the same code at the same place counts once."""
        code, message, help_text = problem
        span = Span(start, end)
        if self.full or (code, span) in self._places:
            return
        self._places.add((code, span))
        severity = CODES[code].severity
        self.diagnostics.append(
            diagnostic_at(self.source, span, code, severity, message, help_text, fix)
        )


def rewriting(start: int, end: int, text: str, *, safe: bool) -> Fix:
    """The fix that puts `text` in the place of one range."""
    title = f"write `{text}`" if text.strip() else "write a blank" if text else "delete it"
    return Fix(title, (Edit(Span(start, end), text),), safe)
