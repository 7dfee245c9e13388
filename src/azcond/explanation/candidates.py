"""Values worth trying for an attribute, made from what it is compared with.

One value of each sort is enough: where a list meets a quantified relation, or fails it, some single
member of it does so too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar, assert_never

from azcond.kinds import Kind, datetime_value
from azcond.operators import LIKE, NOT_LIKE, Relation

T = TypeVar("T")

_FEW = 4
_FIRST_YEAR = 1000
_OTHER_GUIDS = ("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff")
_OTHER_TIMES = ("2000-01-01T00:00:00Z", "2000-01-02T00:00:00Z")
_WILDCARD = re.compile(r"\\([*?])|([*?])")


def candidate_values(relation: Relation, values: Sequence[object]) -> Iterator[str | int | bool]:
    """A bounded number of values for one side of a relation whose other side holds `values`.

    `values` are raw; those that are not of the relation's kind count for nothing.
    """
    match relation.kind:
        case Kind.STRING:
            yield from _strings(relation, [value for value in values if isinstance(value, str)])
        case Kind.INTEGER:
            yield from _integers([value for value in values if type(value) is int])
        case Kind.BOOLEAN:
            yield from (True, False)
        case Kind.DATETIME:
            ticks = [datetime_value(value) for value in values]
            yield from _times([tick for tick in ticks if tick is not None])
        case Kind.GUID:
            yield from _few([value for value in map(str, values) if relation.comparable(value)])
            yield from _OTHER_GUIDS
        case _:
            assert_never(relation.kind)


def instances(pattern: str) -> Iterator[str]:
    """Texts that a `Like` or action pattern matches: every `*` left out, and every `*` an `x`."""
    for run in ("", "x"):
        yield _WILDCARD.sub(partial(_replacement, run), pattern)


def _replacement(run: str, match: re.Match[str]) -> str:
    escaped, wildcard = match.groups()
    return escaped or (run if wildcard == "*" else "x")


def _strings(relation: Relation, values: list[str]) -> Iterator[str]:
    few = _few(values)
    if relation.predicate in (LIKE, NOT_LIKE):
        few = [instance for pattern in few for instance in instances(pattern)]
    yield from few
    yield "".join(few)
    yield from (value + "x" for value in few)
    yield from ("", "x", "y")
    if values:
        yield max(values, key=len) + "y"


def _integers(values: list[int]) -> Iterator[int]:
    yield from _few(values)
    yield from (min(values) - 1, max(values) + 1) if values else (0, 1)


def _times(ticks: list[int]) -> Iterator[str]:
    tried = [*_few(ticks), min(ticks) - 1, max(ticks) + 1] if ticks else []
    texts = [_time_text(tick) for tick in tried]
    yield from [text for text in texts if text is not None] or _OTHER_TIMES


def _time_text(ticks: int) -> str | None:
    seconds, fraction = divmod(ticks, 10_000_000)
    try:
        moment = datetime(1, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{fraction:07}Z" if moment.year >= _FIRST_YEAR else None


def _few(values: list[T]) -> list[T]:
    return list(dict.fromkeys([*values[:_FEW], *values[-1:]]))
