"""From the truths of all nodes to clauses, steps and what decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azcond.ast import (
    And,
    Condition,
    Expression,
    Leaf,
    Not,
    Or,
    operand_attributes,
)
from azcond.clauses import Clause, find_clauses
from azcond.explanation.model import (
    ClauseExplanation,
    Explanation,
    GroupStep,
    LeafStep,
    Need,
    Reading,
    Step,
)
from azcond.explanation.remedies import NOTHING, find_remedy
from azcond.interpreter import Missing, truths
from azcond.request import Request, lookup
from azcond.truth import Truth, conjoin, disjoin, negate


def explain(condition: Condition, request: Request, missing: Missing = "unknown") -> Explanation:
    """Why a condition gives what it gives for a request, and what would have to differ.

    Never raises for a `Condition` and a `Request`; `ValueError` for another `missing`. Takes time
    linear in the condition. Documentation: conditions-format, conditions-troubleshoot.
    """
    found = truths(condition.ast, request, missing)
    other = truths(condition.ast, request, "false" if missing == "unknown" else "unknown")
    verdict = found[id(condition.ast)]
    trace = _Trace(request, found, deciding_nodes(condition.ast, found))
    return Explanation(
        request.action,
        request.suboperation,
        missing,
        verdict,
        other[id(condition.ast)],
        tuple([trace.explain_clause(clause) for clause in find_clauses(condition)]),
        NOTHING if verdict else find_remedy(condition.ast, found, request, missing),
    )


def deciding_nodes(root: Expression, found: Mapping[int, Truth]) -> set[int]:
    """The nodes, by `id(node)`, whose truth makes the root's."""
    deciding, pending = {id(root)}, [root]
    while pending:
        node = pending.pop()
        match node:
            case And() | Or():
                settled = Truth.TRUE if isinstance(node, And) else Truth.FALSE
                outcome = found[id(node)]
                chosen = [
                    operand
                    for operand in node.operands
                    if outcome is settled or found[id(operand)] is outcome
                ]
            case Not():
                chosen = [node.operand]
            case _:
                chosen = []
        deciding.update(map(id, chosen))
        pending += chosen
    return deciding


class _Trace:
    """What is known about every node of one condition for one request."""

    def __init__(self, request: Request, found: dict[int, Truth], deciding: set[int]) -> None:
        self._request = request
        self._found = found
        self._deciding = deciding

    def explain_clause(self, clause: Clause) -> ClauseExplanation:
        applies = clause.is_for(self._request.action, self._request.suboperation)
        steps = self._steps(clause.expression) if applies and clause.expression else ()
        key = id(clause.node)
        return ClauseExplanation(
            clause, applies, self._found[key], key in self._deciding, tuple(steps)
        )

    def _steps(self, root: Expression) -> Iterator[Step]:
        """Groups and leaves in text order; same connectives flattened, NOTs drawn inward."""
        pending = [(root, 0, True, True)]
        while pending:
            node, depth, is_required, must_hold = pending.pop()
            negated = False
            while isinstance(node, Not):
                node, negated = node.operand, not negated
            must_hold ^= negated
            if isinstance(node, And | Or):
                members = _members(node)
                yield self._group(node, members, depth, negated=negated)
                is_required &= isinstance(node, And) is must_hold
                pending += [(m, depth + 1, is_required, must_hold) for m in reversed(members)]
            else:
                yield self._leaf(node, depth, negated=negated, is_required=is_required)

    def _group(
        self, node: And | Or, members: list[Expression], depth: int, *, negated: bool
    ) -> GroupStep:
        match node, negated:
            case And(), False:
                need = Need.ALL
            case And(), True:
                need = Need.NOT_ALL
            case _, False:
                need = Need.ANY
            case _:
                need = Need.NONE
        gather = conjoin if isinstance(node, And) else disjoin
        outcome = gather(self._found[id(member)] for member in members)
        decided = any(id(member) in self._deciding for member in members)
        return GroupStep(need, depth, negate(outcome) if negated else outcome, decided)

    def _leaf(self, leaf: Leaf, depth: int, *, negated: bool, is_required: bool) -> LeafStep:
        outcome = self._found[id(leaf)]
        attributes = dict.fromkeys(operand_attributes(leaf))
        readings = [Reading(one, lookup(self._request, one)) for one in attributes]
        return LeafStep(
            leaf,
            negated,
            depth,
            negate(outcome) if negated else outcome,
            id(leaf) in self._deciding,
            is_required,
            tuple(readings),
        )


def _members(node: And | Or) -> list[Expression]:
    """The operands of a connective and of the same connectives directly inside it."""
    members, pending = [], list(reversed(node.operands))
    while pending:
        operand = pending.pop()
        if type(operand) is type(node):
            pending += reversed(operand.operands)
        else:
            members.append(operand)
    return members
