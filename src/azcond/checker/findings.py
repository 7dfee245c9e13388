"""Collects the findings of one text and turns them into diagnostics."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, ParamSpec

from azcond.codes import CODES
from azcond.diagnostics import Diagnostic, Edit, Fix, Severity, diagnostic_at
from azcond.source import Source, Span

P = ParamSpec("P")

_MAX_SUGGESTIONS = 16
"""Looking for what someone meant is slow, so one text gets this many answers at most."""


class Wording(NamedTuple):
    """A finding in words: its code, what is wrong, and what to write instead."""

    code: str
    message: str
    help: str | None = None


class Findings:
    """The findings about one text so far."""

    __slots__ = ("_found", "_source", "_suggestions_left", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._source = Source(text)
        self._found: list[Diagnostic] = []
        self._suggestions_left = _MAX_SUGGESTIONS

    def add(
        self,
        wording: Wording,
        span: Span,
        *,
        severity: Severity | None = None,
        fix: Fix | None = None,
    ) -> None:
        """Add a finding, with the usual severity of its code unless another one is given."""
        code, message, advice = wording
        severity = severity or CODES[code].severity
        self._found.append(diagnostic_at(self._source, span, code, severity, message, advice, fix))

    def suggest(
        self, look_up: Callable[P, str | None], *args: P.args, **kwargs: P.kwargs
    ) -> str | None:
        """What a look-up of the catalogue suggests, while the text has suggestions left."""
        if not self._suggestions_left:
            return None
        self._suggestions_left -= 1
        return look_up(*args, **kwargs)

    def replace(self, span: Span, replacement: str) -> Edit:
        """An edit with the blanks that keep words apart, because the text may have none there."""
        before = self.text[span.start - 1 : span.start]
        after = self.text[span.end : span.end + 1]
        following = replacement + after
        if _is_word(before) and _is_word(following[:1]):
            replacement = f" {replacement}"
        if replacement.strip() and _is_word(replacement[-1:]) and _is_word(after):
            replacement = f"{replacement} "
        return Edit(span, replacement)

    def in_text_order(self) -> list[Diagnostic]:
        """The findings by position, then by code."""
        return sorted(self._found, key=lambda found: (found.span, found.code))


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def safe_fix(title: str, *edits: Edit) -> Fix:
    """A fix that keeps every decision, or mends what Azure refuses."""
    return Fix(title, edits, safe=True)


def unsafe_fix(title: str, *edits: Edit) -> Fix:
    """A fix that may change what a condition means."""
    return Fix(title, edits, safe=False)
