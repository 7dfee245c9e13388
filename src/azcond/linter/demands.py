"""What a condition demands of one operation, once the tests of the action are decided.

A condition that never names an operation in a guard says nothing about it; a guard may be written
in many ways, and only this decides what it comes to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from azcond._dataclasses import dataclass
from azcond.actions import action_matches
from azcond.ast import (
    ActionMatches,
    And,
    Comparison,
    Exists,
    Expression,
    Literal,
    Not,
    Or,
    SubOperationMatches,
    fold_nodes,
)
from azcond.clauses import Clause, ClauseKind, legacy_suboperation_patterns, tests_action
from azcond.source import Span

_Rest = Expression | bool
"""What is left of an expression, or its outcome."""


@dataclass(frozen=True, slots=True)
class Demand:
    """All of `parts` have to be met; nothing meets a demand that `is_refused`."""

    parts: tuple[Expression, ...]
    is_refused: bool = False

    @property
    def is_free(self) -> bool:
        """Whether nothing is demanded."""
        return not self.parts and not self.is_refused


REFUSED = Demand((), is_refused=True)


class Demands:
    """The demands of the clauses of one condition, each worked out once."""

    def __init__(self, clauses: tuple[Clause, ...]) -> None:
        conjuncts: dict[int, list[Clause]] = {}
        for clause in clauses:
            conjuncts.setdefault(clause.conjunct, []).append(clause)
        self._conjuncts = tuple(conjuncts.values())
        self._testing = frozenset(
            id(clause)
            for clause in clauses
            if clause.expression is not None
            and clause.kind is not ClauseKind.UNGUARDED
            and tests_action(clause.expression)
        )
        self._found: dict[tuple[str, str | None], Demand] = {}

    def of(self, action: str, suboperation: str | None = None) -> Demand:
        """What is demanded of an action with a suboperation, or without any."""
        key = action, suboperation
        if key not in self._found:
            self._found[key] = self._demand(action, suboperation)
        return self._found[key]

    def _demand(self, action: str, suboperation: str | None) -> Demand:
        parts: list[Expression] = []
        for clauses in self._conjuncts:
            # Of alternatives in one conjunct, one that is met suffices.
            rests = [self._rest(clause, action, suboperation) for clause in clauses]
            rest = rests[0] if len(rests) == 1 else _join(rests, Or)
            if rest is False:
                return REFUSED
            if rest is not True:
                parts.append(rest)
        return Demand(tuple(parts))

    def _rest(self, clause: Clause, action: str, suboperation: str | None) -> _Rest:
        """What is left of one clause."""
        if not clause.is_for(action, suboperation):
            return clause.kind is not ClauseKind.ALTERNATIVE
        if clause.expression is None:
            return clause.kind is ClauseKind.ALTERNATIVE
        if id(clause) in self._testing:
            return _decide_tests(clause.expression, action, suboperation)
        return clause.expression


def _join(rests: Sequence[_Rest], connective: type[And | Or]) -> _Rest:
    decisive = connective is Or
    if any(rest is decisive for rest in rests):
        return decisive
    left = [rest for rest in rests if not isinstance(rest, bool)]
    if not left:
        return not decisive
    if len(left) == 1:
        return left[0]
    return connective(tuple(left), Span(left[0].span.start, left[-1].span.end))


def _decide_tests(tree: Expression, action: str, suboperation: str | None) -> _Rest:
    def combine(node: Expression, operands: Sequence[_Rest]) -> _Rest:
        match node:
            case And() | Or():
                return _join(operands, type(node))
            case Not():
                (operand,) = operands
                return not operand if isinstance(operand, bool) else Not(operand, node.span)
            case ActionMatches():
                return _matches(node.patterns, action)
            case SubOperationMatches():
                return _matches(node.patterns, suboperation)
            case Comparison():
                patterns = legacy_suboperation_patterns(node)
                return node if patterns is None else _matches(patterns, suboperation)
            case Exists():
                return node
            case _:
                assert_never(node)

    return fold_nodes(tree, combine)


def _matches(patterns: tuple[Literal, ...], name: str | None) -> bool:
    return name is not None and any(action_matches(str(p.value), name) for p in patterns)
