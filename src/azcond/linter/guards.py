"""Guards that are put the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from azcond.ast import ActionMatches, Attribute, AttributeSource, Expression
from azcond.clauses import Clause, ClauseKind, tests_action
from azcond.linter.questions import can_be_met

_OF_ACTIONS = (AttributeSource.RESOURCE, AttributeSource.REQUEST)


def bare_targets(operands: Sequence[Expression]) -> list[ActionMatches]:
    """The actions that pass by their name alone, where all other operands name no action."""
    bare = [operand for operand in operands if isinstance(operand, ActionMatches)]
    rest = [operand for operand in operands if not isinstance(operand, ActionMatches)]
    return bare if rest and not any(map(tests_action, rest)) else []


def refusals_beside(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, Clause]]:
    """Clauses that refuse their actions, each with the demand of every action that follows it.

    A demand of the principal or of the time is made of every action on purpose; one of the
    resource is not.
    """
    for one, other in pairwise(clauses):
        if one.kind is not ClauseKind.GUARDED or one.expression is not None:
            continue
        if other.kind is ClauseKind.UNGUARDED and not can_be_met(other.node, _is_of_action):
            yield one, other


def _is_of_action(attribute: Attribute) -> bool:
    return attribute.source in _OF_ACTIONS
