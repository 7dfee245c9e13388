"""Applies the fixes of conditions that a file tells only in part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azcond.access.known import BUILT_IN, KnownRoles
from azcond.containers import EmbeddedCondition
from azcond.containers.rewriting import blanks_around, with_line_breaks_of
from azcond.diagnostics import Diagnostic
from azcond.linter.fixing import Fixed, apply_fixes
from azcond.linter.holes.filled import Filled
from azcond.linter.holes.fillings import Filler, Trial
from azcond.linter.holes.looking import Look, look_into
from azcond.linter.holes.reading import find_places
from azcond.linter.holes.tokens import free_character
from azcond.linter.selection import Selection
from azcond.source import Span


def fix_partly(
    condition: EmbeddedCondition,
    look: Look,
    selection: Selection,
    roles: KnownRoles = BUILT_IN,
    *,
    unsafe: bool = False,
) -> Fixed:
    """The text of a condition with holes after fixing, and how many fixes are in it.

    `look` lints a text and `roles` are those that it knows; only findings of the selection are
    fixed. Every hole stays as it is written. A safe fix keeps every decision under each filling.
    Never raises for a text.
    """
    holes = condition.holes
    if any(hole.span.start == hole.span.end for hole in holes):
        return Fixed(condition.text, 0)
    marked = _Marked(condition, roles, look)
    lead, trail = blanks_around(condition)
    fixed = apply_fixes(
        marked.text.strip(), marked.look, selection, unsafe=unsafe, readings=marked.readings
    )
    if not fixed.count:
        return Fixed(condition.text, 0)
    text = marked.written(lead + fixed.text + trail)
    return Fixed(with_line_breaks_of(condition.text, text), fixed.count)


class _Marked:
    """A condition whose holes are one character each, and so are found in every changed text."""

    def __init__(self, condition: EmbeddedCondition, roles: KnownRoles, look: Look) -> None:
        text = condition.text
        self._mark = free_character(text)
        self._holes = condition.holes
        self._expressions = [hole.expression for hole in condition.holes]
        self._spellings = [text[hole.span.start : hole.span.end] for hole in condition.holes]
        self._roles = roles
        self._look = look
        marks = [(hole.span, self._mark) for hole in condition.holes]
        self.text = _replaced(text, marks)

    def look(self, text: str) -> list[Diagnostic]:
        """The findings in a text with marks."""
        found = look_into(text, self._spans(text), self._expressions, self._look, self._roles)
        return found or []

    def readings(self, text: str) -> list[str]:
        """The conditions that a text with marks may be."""
        form = find_places(text, self._spans(text))
        filler = Filler(form, self._expressions, self._roles.granting)
        fillings = [*(filler.concrete(trial) for trial in Trial), filler.abstract()]
        return [Filled(text, each).text for each in fillings]

    def written(self, text: str) -> str:
        """A text with the holes in place of their marks."""
        return _replaced(text, list(zip(self._spans(text), self._spellings, strict=True)))

    def _spans(self, text: str) -> list[Span]:
        return [Span(at, at + 1) for at in _places(text, self._mark)]


def _places(text: str, mark: str) -> Iterator[int]:
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)


def _replaced(text: str, replacements: Sequence[tuple[Span, str]]) -> str:
    pieces: list[str] = []
    at = 0
    for span, replacement in replacements:
        pieces += (text[at : span.start], replacement)
        at = span.end
    return "".join([*pieces, text[at:]])
