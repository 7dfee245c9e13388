"""Guards that are put the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azcond.ast import (
    ActionMatches,
    And,
    Attribute,
    AttributeSource,
    Expression,
    Not,
    Or,
    SubOperationMatches,
    postorder,
)
from azcond.clauses import Clause, ClauseKind, tests_action
from azcond.linter.questions import can_be_met

_OF_ACTIONS = (AttributeSource.RESOURCE, AttributeSource.REQUEST)


def bare_targets(operands: Sequence[Expression]) -> list[Expression]:
    """The operands that admit an action by its name alone, where no other one names an action."""
    bare = [operand for operand in operands if _is_target(operand)]
    rest = [operand for operand in operands if not _is_target(operand)]
    return bare if rest and not any(map(tests_action, rest)) else []


def _is_target(operand: Expression) -> bool:
    """Whether an operand is `ActionMatches{…}`, perhaps with a test of the suboperation."""
    if isinstance(operand, Not):
        return False
    parts = operand.operands if isinstance(operand, And) else (operand,)
    tests = [part.operand if isinstance(part, Not) else part for part in parts]
    return any(isinstance(part, ActionMatches) for part in parts) and all(
        isinstance(test, ActionMatches | SubOperationMatches) for test in tests
    )


def refusals_beside(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, Clause]]:
    """Clauses that refuse their actions, each with the demand of every action beside it.

    In text order. A demand of the principal or of the time is made of every action on purpose;
    one of the resource is not.
    """
    for at, one in enumerate(clauses):
        if one.kind is not ClauseKind.GUARDED or one.expression is not None:
            continue
        after, before = clauses[at + 1 : at + 2], clauses[max(0, at - 1) : at]
        if after and _is_loose_demand(after[0]):
            yield one, after[0]
        elif before and _is_loose_demand(before[0]):
            yield before[0], one


def _is_loose_demand(clause: Clause) -> bool:
    return clause.kind is ClauseKind.UNGUARDED and not can_be_met(clause.node, _is_of_action)


def _is_of_action(attribute: Attribute) -> bool:
    return attribute.source in _OF_ACTIONS


class Joins:
    """The ANDs and ORs of a tree, by what they join."""

    def __init__(self, tree: Expression) -> None:
        self._by_first = {
            id(node.operands[0]): node for node in postorder(tree) if isinstance(node, And | Or)
        }

    def of(self, nodes: Sequence[Expression]) -> And | Or | None:
        """The one whose operands are just these nodes."""
        found = self._by_first.get(id(nodes[0]))
        wanted = [id(node) for node in nodes]
        if found is None or [id(operand) for operand in found.operands] != wanted:
            return None
        return found
