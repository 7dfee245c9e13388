"""What can stand between a role and what it grants: conditions, and whatever voids an assignment.

Conditions are parsed once per text and compiled on first use.
"""

from __future__ import annotations

from collections.abc import Callable

from azcond.ast import Condition
from azcond.errors import ConditionSyntaxError
from azcond.parser import parse
from azcond.request import Request


class Filter:
    """The condition of a role assignment or of a permission entry.

    `program(request)` says whether it lets a request through. With a `fault` it never does: a text
    that does not parse, or an assignment that is not in force, grants nothing.
    """

    __slots__ = ("condition", "fault", "program", "text")

    program: Callable[[Request], bool]

    def __init__(self, text: str, fault: str | None = None) -> None:
        self.text = text
        self.condition: Condition | None = None
        self.fault = fault
        if fault is None:
            try:
                self.condition = parse(text)
            except ConditionSyntaxError as error:
                self.fault = f"the condition does not parse: {error}"
        self.program = self._compile_and_run if self.fault is None else _never

    def _compile_and_run(self, request: Request) -> bool:
        from azcond.compiler import compile as compile_condition  # noqa: PLC0415  # on first use

        assert self.condition is not None
        # The function itself: a call of the `Program` around it would cost a third more.
        self.program = program = compile_condition(self.condition).func
        return program(request)


def _never(_: Request) -> bool:
    return False


class Filters:
    """Hands out one `Filter` for every distinct text and fault."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str | None], Filter] = {}

    def of(self, text: str | None, fault: str | None = None) -> Filter | None:
        """The filter of a condition; nothing for a null or empty one, which is no condition.

        With a fault there is always a filter, and it is never met.
        """
        if not text and fault is None:
            return None
        key = (text or "", fault)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Filter(*key)
        return known
