"""What a host rule looks at: a file, the conditions in it, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from azcond.ast import Condition
from azcond.containers import Contents, EmbeddedCondition, Fact, Holder
from azcond.errors import ConditionSyntaxError
from azcond.linter.settings import DEFAULTS, Settings
from azcond.parser import parse
from azcond.source import Source, Span


class HostFile:
    """One file under lint. What is derived from it is worked out once, and only on demand."""

    def __init__(self, contents: Contents, source: Source, settings: Settings = DEFAULTS) -> None:
        self.contents = contents
        self.source = source
        self.settings = settings
        self._parsed: dict[int, Condition | None] = {}

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
    def _conditions(self) -> dict[int, EmbeddedCondition]:
        return {id(condition.holder): condition for condition in self.contents.conditions}

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
            found = condition.span_in_file(Span(0, len(condition.text)))
        return found or Span(0, 0)
