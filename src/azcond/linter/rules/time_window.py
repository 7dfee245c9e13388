"""A time window that is empty, or over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from azcond.ast import Attribute, AttributeSource, Comparison, Expression, constant_values
from azcond.diagnostics import Severity
from azcond.kinds import Kind, datetime_value, fold
from azcond.linter.chains import find_demands
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject
from azcond.operators import AT_LEAST, AT_MOST, EQUAL, LESS, MORE
from azcond.request import Place, place_of
from azcond.source import Span


class _Bound(NamedTuple):
    """The first or the last instant that a comparison admits."""

    ticks: int
    comparison: Comparison


def find(subject: Subject) -> Iterator[Found]:
    """Windows of comparisons that must hold together, for each attribute that is a date-time."""
    if not any(c.operator.relation.kind is Kind.DATETIME for c in subject.comparisons):
        return
    for group in find_demands(subject.tree):
        by_place: dict[Place, list[Comparison]] = {}
        for comparison in _bounding(group):
            assert isinstance(comparison.left, Attribute)
            by_place.setdefault(place_of(comparison.left), []).append(comparison)
        for comparisons in by_place.values():
            yield from _examine(comparisons, subject.text)


def _bounding(group: Iterable[Expression]) -> Iterator[Comparison]:
    for member in group:
        match member:
            case Comparison(left=Attribute(), operator=operator):
                if operator.relation.kind is Kind.DATETIME:
                    yield member
            case _:
                pass


def _examine(comparisons: list[Comparison], text: str) -> Iterator[Found]:
    first, last = _bounds(comparisons)
    for comparison in comparisons:
        if _is_now(comparison) and comparison.operator.relation.predicate is EQUAL:
            yield Found(
                comparison.span,
                "the current time equals an instant for a ten-millionth of a second",
                "write `DateTimeGreaterThan` and `DateTimeLessThan` with the two ends of a window",
                severity=Severity.WARNING,
            )
            return
    if first is not None and last is not None and first.ticks > last.ticks:
        spans = first.comparison.span, last.comparison.span
        yield Found(
            Span(min(span.start for span in spans), max(span.end for span in spans)),
            f"no instant is both {_said(first.comparison, text)} and "
            f"{_said(last.comparison, text)}",
            "the earlier end of the window goes with `DateTimeGreaterThan`, the later one with "
            "`DateTimeLessThan`",
        )
    elif last is not None and _is_now(last.comparison) and last.ticks < _now():
        yield Found(
            last.comparison.span,
            f"this window is over: it is no longer {_said(last.comparison, text)}",
            "remove the role assignment if it is not needed any more, or set a later end",
            severity=Severity.WARNING,
        )


def _bounds(comparisons: list[Comparison]) -> tuple[_Bound | None, _Bound | None]:
    firsts, lasts = [], []
    for comparison in comparisons:
        relation = comparison.operator.relation
        values = constant_values(comparison.right, relation)
        if values is None or len(values) != 1:
            continue
        ticks, predicate = int(values[0]), relation.predicate
        if predicate in (EQUAL, MORE, AT_LEAST):
            firsts.append(_Bound(ticks + (predicate is MORE), comparison))
        if predicate in (EQUAL, LESS, AT_MOST):
            lasts.append(_Bound(ticks - (predicate is LESS), comparison))
    first = max(firsts, key=lambda bound: bound.ticks, default=None)
    last = min(lasts, key=lambda bound: bound.ticks, default=None)
    return first, last


_WORDS = {EQUAL: "", MORE: "after ", AT_LEAST: "at or after ", LESS: "before ", AT_MOST: "until "}


def _said(comparison: Comparison, text: str) -> str:
    word = _WORDS[comparison.operator.relation.predicate]
    return f"{word}`{text[comparison.right.span.start : comparison.right.span.end]}`"


def _is_now(comparison: Comparison) -> bool:
    attribute = comparison.left
    assert isinstance(attribute, Attribute)
    return attribute.source is AttributeSource.ENVIRONMENT and fold(attribute.id) == "utcnow"


def _now() -> int:
    from datetime import UTC, datetime  # noqa: PLC0415  # slow to load, and seldom needed

    ticks = datetime_value(datetime.now(UTC))
    assert ticks is not None
    return ticks


RULE = Rule(
    code="COR409",
    slug="time-window",
    title="time window that is empty or over",
    severity=Severity.ERROR,
    needs=Needs.CONDITION,
    why="With its two ends swapped a window contains no instant, and the assignment grants nothing "
    "at any time. A window that has ended still looks like access in every listing, and hides "
    "that someone relies on another assignment.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Environment[UtcNow] DateTimeGreaterThan '2099-07-01T00:00:00Z'
  AND
  @Environment[UtcNow] DateTimeLessThan '2099-01-01T00:00:00Z'
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Environment[UtcNow] DateTimeGreaterThan '2099-01-01T00:00:00Z'
  AND
  @Environment[UtcNow] DateTimeLessThan '2099-07-01T00:00:00Z'
 )
)""",
    page="conditions-format",
    find=find,
    silences=("COR401", "COR402", "COR403"),
)
