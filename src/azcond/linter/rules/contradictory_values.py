"""One value that has to equal two, or that has to differ from one or from another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from azcond.ast import (
    And,
    Attribute,
    Comparison,
    Expression,
    Or,
    constant_values,
    polarities,
)
from azcond.catalogue import AttributeType, KnownAttribute
from azcond.diagnostics import Severity
from azcond.kinds import Comparable, Kind, fold
from azcond.linter.chains import find_chains
from azcond.linter.questions import known_attribute_of
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject
from azcond.operators import EQUAL, NOT_EQUAL
from azcond.request import Place, place_of
from azcond.source import Span

_MOST_COMPARED = 32
_LISTS = (AttributeType.STRING_LIST, AttributeType.CUSTOM_SECURITY)


class _Choice(NamedTuple):
    """The values that a comparison admits or, if it is negative, that it refuses.

    `folded` holds them without their case; `exact` is nothing where the relation ignores case.
    """

    comparison: Comparison
    known: KnownAttribute
    exact: frozenset[Comparable] | None
    folded: frozenset[Comparable]


def find(subject: Subject) -> Iterator[Found]:
    """Equalities joined by AND, and inequalities joined by OR, that no value joins."""
    chains = [c for c in find_chains(subject.tree) if _comparisons(c.operands) > 1]
    positive = polarities(subject.tree) if chains else {}
    for node, operands in chains:
        if not positive[id(node)]:
            continue
        by_place: dict[Place, list[_Choice]] = {}
        for operand in operands:
            choice = _choice(operand, negative=isinstance(node, Or))
            if choice is not None:
                assert isinstance(choice.comparison.left, Attribute)
                by_place.setdefault(place_of(choice.comparison.left), []).append(choice)
        for choices in by_place.values():
            yield from _examine(choices, node, subject.text)


def _comparisons(operands: Iterable[Expression]) -> int:
    return sum(1 for operand in operands if isinstance(operand, Comparison))


def _choice(operand: Expression, *, negative: bool) -> _Choice | None:
    if not isinstance(operand, Comparison) or not isinstance(operand.left, Attribute):
        return None
    relation, quantifier = operand.operator.relation, operand.operator.quantifier
    if relation.predicate is not (NOT_EQUAL if negative else EQUAL):
        return None
    known = known_attribute_of(operand.left)
    if known is None or known.type in _LISTS or relation.kind is Kind.DATETIME:
        return None
    values = frozenset(constant_values(operand.right, relation) or ())
    one_suffices = quantifier is not None and quantifier.over_right is (all if negative else any)
    if not values or (len(values) > 1 and not one_suffices):
        return None
    folded = frozenset([fold(value) if isinstance(value, str) else value for value in values])
    return _Choice(operand, known, None if relation.ignore_case else values, folded)


def _are_disjoint(one: _Choice, other: _Choice) -> bool:
    if one.exact is not None and other.exact is not None:
        return one.exact.isdisjoint(other.exact)
    return one.folded.isdisjoint(other.folded)


def _examine(choices: list[_Choice], node: And | Or, text: str) -> Iterator[Found]:
    """The first two choices that have no value in common."""
    pairs = combinations(choices[:_MOST_COMPARED], 2)
    found = next((pair for pair in pairs if _are_disjoint(*pair)), None)
    if found is None:
        return
    first, other = found
    left, right = first.comparison, other.comparison
    values = [f"`{text[c.right.span.start : c.right.span.end]}`" for c in (left, right)]
    span = Span(left.span.start, right.span.end)
    if isinstance(node, And):
        yield Found(
            span,
            f"no {first.known.name} equals both {' and '.join(values)}",
            "join the comparisons by OR, or write `ForAnyOfAnyValues:…` with a set",
        )
    else:
        yield Found(
            span,
            f"every {first.known.name} differs from {' or from '.join(values)}",
            "join the comparisons by AND, or write `ForAnyOfAllValues:…` with a set",
        )


RULE = Rule(
    code="COR410",
    slug="contradictory-values",
    title="AND of different equalities, or OR of inequalities, on one attribute",
    severity=Severity.ERROR,
    needs=Needs.CONDITION,
    why="No queue has two names, so `name = a AND name = b` grants nothing; every queue has a name "
    "other than one of two, so `name != a OR name != b` restricts nothing. The second one is a "
    "deny-list that denies nobody.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders'
  AND
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'returns'
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name]
  ForAnyOfAnyValues:StringEquals {'orders', 'returns'}
 )
)""",
    page="conditions-format",
    find=find,
    silences=("COR401", "COR402", "COR403"),
)
