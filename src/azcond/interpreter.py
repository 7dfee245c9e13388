"""The reference semantics: a condition and a request give TRUE, FALSE or UNKNOWN.

Sources of the behaviour: conditions-format for what is documented. Where it is silent, Kleene
logic: a comparison with an absent or null attribute is unknown, and so is one with a value that is
not of the relation's kind; a condition that is unknown is not met. With `missing="false"` a
comparison with an absent attribute is plainly false, as the real service might have it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal as OneOf
from typing import assert_never, get_args

from azcond.actions import compile_action_pattern
from azcond.ast import (
    ActionMatches,
    And,
    Attribute,
    Comparison,
    Condition,
    Exists,
    Expression,
    Literal,
    Not,
    Operand,
    Or,
    SetLiteral,
    SubOperationMatches,
    literal_value,
    postorder,
)
from azcond.kinds import Comparable, fold
from azcond.operators import Relation
from azcond.request import Request, Table, lookup, place_of
from azcond.truth import Truth, conjoin, disjoin, negate, truth

Missing = OneOf["unknown", "false"]
"""What a comparison with an absent attribute gives."""


Read = Callable[[Attribute], object | None]
"""The value of an attribute as a request holds it; `None` when it is absent."""


def check_missing(missing: str) -> None:
    """Refuse (`ValueError`) anything that is not one of the two readings."""
    if missing not in get_args(Missing):
        raise ValueError(f'`missing` must be "unknown" or "false", not {missing!r}')


def evaluate(condition: Condition, request: Request, missing: Missing = "unknown") -> Truth:
    """What a condition gives for a request; it is met only when that is `Truth.TRUE`.

    Never raises for a `Condition` and a `Request`; `ValueError` for another `missing`.
    """
    return truths(condition.ast, request, missing)[id(condition.ast)]


def truths(tree: Expression, request: Request, missing: Missing = "unknown") -> dict[int, Truth]:
    """What every node of a tree gives, by `id(node)`."""
    check_missing(missing)
    found: dict[int, Truth] = {}
    for node in postorder(tree):
        found[id(node)] = _truth(node, found, request, missing)
    return found


def _truth(node: Expression, found: dict[int, Truth], request: Request, missing: Missing) -> Truth:
    match node:
        case And():
            return conjoin(found[id(operand)] for operand in node.operands)
        case Or():
            return disjoin(found[id(operand)] for operand in node.operands)
        case Not():
            return negate(found[id(node.operand)])
        case ActionMatches():
            return truth(matches_any(node.patterns, request.action))
        case SubOperationMatches():
            suboperation = request.suboperation
            return truth(suboperation is not None and matches_any(node.patterns, suboperation))
        case Exists():
            return truth(lookup(request, node.attribute) is not None)
        case Comparison():
            return compare(node, partial(lookup, request), missing)
        case _:
            assert_never(node)


def matches_any(patterns: Sequence[Literal], name: str) -> bool:
    """Whether an action or a suboperation matches any of the patterns."""
    folded = fold(name)
    return any(compile_action_pattern(str(p.value)).matches(folded) for p in patterns)


def compare(comparison: Comparison, read: Read, missing: Missing = "unknown") -> Truth:
    """What a comparison gives when its attributes read as `read` says.

    An ill-typed operand outweighs an absent one: what is malformed is unknown in any reading.
    """
    relation, quantifier = comparison.operator.relation, comparison.operator.quantifier
    sides = (comparison.left, comparison.right)
    raw = [_raw(operand, relation, read) for operand in sides]
    values = [_comparables(value, relation, single=quantifier is None) for value in raw]
    if any(r is not None and v is None for r, v in zip(raw, values, strict=True)):
        return Truth.UNKNOWN
    absent = [operand for operand, value in zip(sides, raw, strict=True) if value is None]
    if any(_is_suboperation(operand) for operand in absent):
        return Truth.FALSE  # the deprecated spelling of SubOperationMatches, which is two-valued
    if absent:
        return Truth.UNKNOWN if missing == "unknown" else Truth.FALSE
    left, right = values
    assert left is not None
    assert right is not None
    holds = relation.predicate.holds
    if quantifier is None:
        return truth(holds(left[0], right[0]))
    over_right = quantifier.over_right
    return truth(quantifier.over_left(over_right(holds(x, y) for y in right) for x in left))


def _raw(operand: Operand, relation: Relation, read: Read) -> object | None:
    """The value or values of an operand, not yet comparable; `None` when it is absent."""
    match operand:
        case Attribute():
            return read(operand)
        case Literal():
            return literal_value(operand, relation.kind)
        case SetLiteral():
            return tuple([literal_value(item, relation.kind) for item in operand.items])
        case _:
            assert_never(operand)


def _comparables(raw: object, relation: Relation, *, single: bool) -> list[Comparable] | None:
    """The values in the form the relation compares; `None` when it cannot take them."""
    members = raw if isinstance(raw, tuple) else (raw,)
    comparable = relation.comparable
    values = [comparable(member) for member in members]
    if single and len(values) != 1:
        return None
    present = [value for value in values if value is not None]
    return present if len(present) == len(values) else None


def _is_suboperation(operand: Operand) -> bool:
    return isinstance(operand, Attribute) and place_of(operand).table is Table.SUBOPERATION
