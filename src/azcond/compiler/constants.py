"""The names a generated function reads: constants of the condition, and a few helpers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from azcond.kinds import Comparable

Convert = Callable[[object], Comparable | None]
Listed = Callable[[object], Sequence[Comparable] | None]


class Constants:
    """Hands out a name for every value; equal values of one type share a name."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._known: dict[tuple[type, Any], str] = {}

    def name(self, value: Any) -> str:
        """The name of a hashable value in the generated text."""
        key = (type(value), value)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = f"k{len(self._known)}"
            self.values[known] = value
        return known


@cache
def listed(convert: Convert) -> Listed:
    """A function from a raw value to its comparable members; `None` if absent or ill-typed."""

    def members(value: object) -> Sequence[Comparable] | None:
        if type(value) is not tuple:
            single = convert(value)
            return None if single is None else (single,)
        values: list[Comparable] = []
        for member in value:
            comparable = convert(member)
            if comparable is None:
                return None
            values.append(comparable)
        return values

    return members


def only_absent(members: Listed, single: bool, *values: object) -> bool:
    """Whether some operand is absent and none is ill-typed; the values are those of attributes."""
    present = [value for value in values if value is not None]
    lists = [members(value) for value in present]
    well_typed = all(it is not None and (not single or len(it) == 1) for it in lists)
    return well_typed and len(present) < len(values)
