"""For a set of constants, one example of every sort of value that they tell apart.

The list is complete: any value of the kind stands in the same relations to the constants as one
of the examples does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from azcond.analysis.budget import Budget
from azcond.analysis.texts import TextPattern, combinations
from azcond.kinds import Comparable, Kind
from azcond.operators import LIKE, NOT_LIKE, NOT_STARTS, STARTS, Relation, like_segments
from azcond.wildcards import Segment, segment_of

Test = tuple[Relation, tuple[Comparable, ...]]
"""A relation and the comparable constants on its right."""


def examples(kind: Kind, tests: Sequence[Test], budget: Budget) -> list[object]:
    """Raw values of a kind, one at least for every way in which the tests can come out."""
    match kind:
        case Kind.BOOLEAN:
            return [True, False]
        case Kind.GUID:
            return _members([constants for _, constants in tests], budget)
        case Kind.INTEGER:
            return list(_around({int(c) for _, constants in tests for c in constants}))
        case Kind.DATETIME:
            ticks = _around({int(c) for _, constants in tests for c in constants})
            return [text for text in map(_time_text, ticks) if text is not None]
        case Kind.STRING:
            patterns = dict.fromkeys(p for test in tests for p in text_patterns(*test))
            return list(combinations(list(patterns), budget).values())


def text_patterns(relation: Relation, constants: Iterable[Comparable]) -> list[TextPattern]:
    """The constants of a text relation as patterns that a text matches or does not."""
    return [
        TextPattern(_segments(relation, str(constant)), relation.ignore_case)
        for constant in constants
    ]


def _segments(relation: Relation, constant: str) -> tuple[Segment, ...]:
    if relation.predicate in (LIKE, NOT_LIKE):
        return tuple(like_segments(constant))
    if relation.predicate in (STARTS, NOT_STARTS):
        return segment_of(constant), ()
    return (segment_of(constant),)


def _members(sets: Sequence[tuple[Comparable, ...]], budget: Budget) -> list[object]:
    """One member of every combination of sets, and one value that is in none."""
    membership: dict[Comparable, list[int]] = {}
    for number, members in enumerate(sets):
        budget.spend(len(members))
        for member in dict.fromkeys(members):
            membership.setdefault(member, []).append(number)
    sorts = {tuple(numbers): member for member, numbers in reversed(membership.items())}
    return [*sorts.values(), _other_guid(membership)]


def _other_guid(taken: Iterable[Comparable]) -> str:
    known = set(taken)
    candidates = (f"{number:08x}-0000-4000-8000-000000000000" for number in range(len(known) + 1))
    return next(guid for guid in candidates if guid not in known)


def _around(values: set[int]) -> list[int]:
    """The values, and one below, between and above them."""
    return sorted({near for value in values for near in (value - 1, value, value + 1)}) or [0]


_TICKS_PER_MICROSECOND = 10


def _time_text(ticks: int) -> str | None:
    """The date-time of a tick count; nothing outside the years that can be written."""
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415  # slow to load, seldom needed

    try:
        moment = datetime(1, 1, 1, tzinfo=UTC) + timedelta(
            microseconds=ticks // _TICKS_PER_MICROSECOND
        )
    except OverflowError:
        return None
    if ticks < 0:
        return None
    fraction = moment.microsecond * _TICKS_PER_MICROSECOND + ticks % _TICKS_PER_MICROSECOND
    return f"{moment:%Y}".rjust(4, "0") + f"-{moment:%m-%dT%H:%M:%S}.{fraction:07d}Z"
