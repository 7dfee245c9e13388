"""Conditions as access decisions use them: parsed once per text, compiled on first use."""

from __future__ import annotations

from azcond.ast import Condition
from azcond.compiler import Program
from azcond.compiler import compile as compile_condition
from azcond.errors import ConditionSyntaxError
from azcond.parser import parse
from azcond.request import Request


class Filter:
    """The condition of a role assignment or of a permission entry.

    With a `fault` (the text does not parse, or its version is not one that Azure takes) it is
    never met: what cannot be read grants nothing.
    """

    __slots__ = ("_program", "condition", "fault", "text")

    def __init__(self, text: str, fault: str | None = None) -> None:
        self.text = text
        self.condition: Condition | None = None
        self._program: Program | None = None
        try:
            self.condition = parse(text)
        except ConditionSyntaxError as error:
            fault = f"the condition does not parse: {error}"
        self.fault = fault

    def met(self, request: Request) -> bool:
        """Whether the condition lets a request through."""
        program = self._program
        if program is None:
            if self.fault is not None or self.condition is None:
                return False
            program = self._program = compile_condition(self.condition)
        return program(request)


class Filters:
    """Hands out one `Filter` for every distinct text and version."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str | None], Filter] = {}

    def of(self, text: str | None, fault: str | None = None) -> Filter | None:
        """The filter of a condition; nothing for a null or empty one, which is no condition."""
        if text is None or not text.strip():
            return None
        known = self._known.get((text, fault))
        if known is None:
            known = self._known[text, fault] = Filter(text, fault)
        return known
