"""What a host rule looks at: a file, the conditions in it, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from azcond.ast import Condition
from azcond.containers import Contents, EmbeddedCondition, Fact, Holder
from azcond.errors import ConditionSyntaxError
from azcond.linter.settings import DEFAULTS, Settings
from azcond.parser import parse
from azcond.source import Source, Span

_BRACE = re.compile(r"[{}]")
_VARIES = re.compile(
    r"^[ \t]*(?:count|for_each)[ \t]*=|=[ \t]*(?:if\b|\[[ \t\r\n]*for\b)"
    r'|"copy"\s*:|"condition"\s*:\s*(?:"\[|true|false)',
    re.MULTILINE | re.IGNORECASE,
)
"""What makes a resource not be there exactly once."""


class HostFile:
    """One file under lint. What is derived from it is worked out once, and only on demand."""

    def __init__(self, contents: Contents, source: Source, settings: Settings = DEFAULTS) -> None:
        self.contents = contents
        self.source = source
        self.settings = settings
        self._parsed: dict[int, Condition | None] = {}
        self._placed: dict[Span, set[tuple[str, str]]] = {}

    @property
    def text(self) -> str:
        """The text of the file, in which all spans are."""
        return self.source.text

    def held(self) -> Iterator[tuple[EmbeddedCondition, Holder]]:
        """The conditions that belong to a role or to an assignment, each with that."""
        for condition in self.contents.conditions:
            if condition.holder is not None and condition.holder.kind != "object":
                yield condition, condition.holder

    @cached_property
    def _conditional(self) -> frozenset[str]:
        return frozenset(holder.name for _, holder in self.held())

    def is_conditional(self, holder: Holder) -> bool:
        """Whether an assignment has a condition, be it one that is not known."""
        return holder.has_condition or holder.name in self._conditional

    @cached_property
    def _conditions(self) -> dict[int, EmbeddedCondition]:
        return {id(condition.holder): condition for condition in self.contents.conditions}

    @staticmethod
    def known_text(condition: EmbeddedCondition) -> str:
        """The text of a condition with `_` for every character that the file does not tell."""
        pieces, at = [], 0
        for hole in condition.holes:
            start, end = hole.span
            pieces += [condition.text[at:start], "_" * (end - start)]
            at = end
        return "".join([*pieces, condition.text[at:]])

    def parsed(self, condition: EmbeddedCondition) -> Condition | None:
        """A condition of the file as a tree; nothing where it does not parse."""
        if id(condition) not in self._parsed:
            try:
                self._parsed[id(condition)] = parse(condition.text)
            except ConditionSyntaxError:
                self._parsed[id(condition)] = None
        return self._parsed[id(condition)]

    def place(self, holder: Holder, fact: Fact | None = None) -> Span:
        """Where the file gives a fact; where it does not, where it introduces the holder, and
        where that is not known either, the condition.
        """
        found = holder.place(fact) or (holder.place(None) if fact is not None else None)
        if found is None and id(holder) in self._conditions:
            condition = self._conditions[id(holder)]
            found = condition.extent
        span = found or Span(0, 0)
        self._placed.setdefault(span, set()).add((holder.kind, holder.title))
        return span

    def holder_at(self, span: Span) -> tuple[str, str] | None:
        """Kind and title of the one holder that was asked for its place and has it here."""
        found = self._placed.get(span, set())
        return next(iter(found)) if len(found) == 1 else None

    def varies(self, holder: Holder) -> bool:
        """Whether an assignment is perhaps not made, or several times."""
        return holder.is_declared and _VARIES.search(self._block_of(holder)) is not None

    def _block_of(self, holder: Holder) -> str:
        """The text of the block that a holder is, as far as its braces tell."""
        start, depth = self.place(holder).start, 0
        for brace in _BRACE.finditer(self.text, start):
            depth += 1 if brace[0] == "{" else -1
            if depth <= 0:
                return self.text[start : brace.end()]
        return self.text[start:]
