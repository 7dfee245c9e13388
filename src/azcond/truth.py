"""Three-valued truth (Kleene), because an absent attribute makes a comparison unknown."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """The outcome of a condition. Only TRUE is met, and only TRUE is truthy."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def __bool__(self) -> bool:
        return self is Truth.TRUE


def truth(value: bool) -> Truth:
    """TRUE or FALSE from a two-valued answer."""
    return Truth.TRUE if value else Truth.FALSE


def negate(value: Truth) -> Truth:
    """NOT: unknown stays unknown."""
    return Truth(2 - value.value)


def conjoin(values: Iterable[Truth]) -> Truth:
    """AND: the least true of the values."""
    return Truth(min(value.value for value in values))


def disjoin(values: Iterable[Truth]) -> Truth:
    """OR: the most true of the values."""
    return Truth(max(value.value for value in values))
