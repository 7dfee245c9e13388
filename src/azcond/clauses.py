"""Recovers what people write: clauses, each with the actions it is for and what it demands.

The usual shape is `(!(target) AND !(target) …) OR (expression)`, clauses joined by AND; a target
is `ActionMatches{…}`, perhaps `AND [NOT] SubOperationMatches{…}` (conditions-format, "Simple
example conditions"). Deployed templates also write the positive form,
`(target AND expression) OR (target AND expression)`. Recovery never changes what is asked: a
clause that has another shape keeps its whole expression and says so by its kind.
"""

from __future__ import annotations

from enum import StrEnum

from azcond._dataclasses import dataclass
from azcond.actions import action_matches
from azcond.ast import (
    ActionMatches,
    And,
    Attribute,
    AttributeSource,
    Comparison,
    Condition,
    Expression,
    Literal,
    Not,
    Or,
    SetLiteral,
    SubOperationMatches,
    leaves,
)
from azcond.kinds import Kind, fold
from azcond.source import Span


class ClauseKind(StrEnum):
    """How a clause ties its demand to actions.

    GUARDED: met by every action that no target matches; a target's action needs the expression.
    ALTERNATIVE: met only by an action that some target matches, and only with the expression; of
    the alternatives in one conjunct, one that is met suffices.
    UNGUARDED: demands its expression of every action.
    OTHER: tests the action in some other way inside its expression.
    """

    GUARDED = "guarded"
    ALTERNATIVE = "alternative"
    UNGUARDED = "unguarded"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Target:
    """`ActionMatches{…}`, perhaps `AND [NOT] SubOperationMatches{…}`.

    No action patterns mean every action, no suboperation patterns every suboperation or none.
    `node` is the part of the tree that was recognised.
    """

    action_patterns: tuple[Literal, ...]
    suboperation_patterns: tuple[Literal, ...]
    suboperation_negated: bool
    node: Expression

    @property
    def actions(self) -> tuple[str, ...]:
        """The action patterns as texts."""
        return tuple([str(pattern.value) for pattern in self.action_patterns])

    @property
    def suboperations(self) -> tuple[str, ...]:
        """The suboperation patterns as texts."""
        return tuple([str(pattern.value) for pattern in self.suboperation_patterns])

    @property
    def span(self) -> Span:
        """Where the target stands."""
        return self.node.span

    def matches(self, action: str, suboperation: str | None = None) -> bool:
        """Whether a request with that action and suboperation is one that the target is for."""
        if self.action_patterns and not _any_matches(self.action_patterns, action):
            return False
        if not self.suboperation_patterns:
            return True
        found = suboperation is not None and _any_matches(self.suboperation_patterns, suboperation)
        return found is not self.suboperation_negated


def _any_matches(patterns: tuple[Literal, ...], name: str) -> bool:
    return any(action_matches(str(pattern.value), name) for pattern in patterns)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: the requests it is for, and what it demands of them.

    `expression` is `None` when nothing is demanded: a guarded clause then refuses its targets, an
    alternative one admits them. Its leaves are leaves of the condition; a connective on top may
    be made up where a guard stands among several operands. `node` is the whole clause in the
    tree, and `conjunct` counts the parts that AND joins at the top: alternatives share one.
    """

    kind: ClauseKind
    targets: tuple[Target, ...]
    expression: Expression | None
    node: Expression
    conjunct: int

    @property
    def span(self) -> Span:
        """Where the clause stands."""
        return self.node.span

    def is_for(self, action: str, suboperation: str | None = None) -> bool:
        """Whether the clause demands its expression of such a request."""
        return not self.targets or any(t.matches(action, suboperation) for t in self.targets)


def find_clauses(condition: Condition) -> tuple[Clause, ...]:
    """The clauses of a condition, in text order; one or more."""
    root = condition.ast
    if isinstance(root, And):
        whole = _alternative(root, 0)
        if whole is not None:
            return (whole,)
    conjuncts = _flatten(root, And)
    return tuple([c for at, node in enumerate(conjuncts) for c in _recover(node, at)])


def tests_action(expression: Expression) -> bool:
    """Whether the action or the suboperation is tested anywhere inside an expression."""
    return any(
        isinstance(leaf, ActionMatches) or _suboperation_patterns(leaf) is not None
        for leaf in leaves(expression)
    )


def legacy_suboperation_patterns(node: Expression) -> tuple[Literal, ...] | None:
    """The patterns of `@Request[subOperation] ForAnyOfAnyValues:StringEqualsIgnoreCase {…}`.

    That is how the first preview spelled `SubOperationMatches` (storage-auth-abac-attributes).
    """
    if not isinstance(node, Comparison) or not isinstance(node.left, Attribute):
        return None
    if fold(node.left.id) != "suboperation" or node.left.source is not AttributeSource.REQUEST:
        return None
    if node.operator.name != "ForAnyOfAnyValues:StringEqualsIgnoreCase":
        return None
    match node.right:
        case SetLiteral(items=items):
            pass
        case Literal() as literal:
            items = (literal,)
        case _:
            return None
    is_plain = all(item.kind is Kind.STRING and "*" not in str(item.value) for item in items)
    return items if is_plain else None


def _recover(node: Expression, conjunct: int) -> list[Clause]:
    operands = _flatten(node, Or)
    guards = [(operand, _guard_targets(operand)) for operand in operands]
    targets = _one_guard([found for _, found in guards if found is not None])
    if targets:
        demands = [operand for operand, found in guards if found is None]
        return [Clause(ClauseKind.GUARDED, targets, _join(demands, Or), node, conjunct)]
    alternatives = [_alternative(operand, conjunct) for operand in operands]
    recovered = [clause for clause in alternatives if clause is not None]
    if len(recovered) == len(operands):
        return recovered
    kind = ClauseKind.OTHER if tests_action(node) else ClauseKind.UNGUARDED
    return [Clause(kind, (), node, node, conjunct)]


def _guard_targets(node: Expression) -> tuple[Target, ...] | None:
    """The targets of `!(target) AND !(target) …`; each of these may list several by OR."""
    found: list[Target] = []
    for operand in _flatten(node, And):
        targets = _targets(operand.operand) if isinstance(operand, Not) else None
        if targets is None:
            return None
        found += targets
    return tuple(found)


def _one_guard(guards: list[tuple[Target, ...]]) -> tuple[Target, ...] | None:
    """The targets of all guards of one clause, joined by OR.

    `!(a) OR !(b)` is `!(a AND b)`: a guard of its own only where `a AND b` is again a target,
    that is where one names the action and the others the suboperation.
    """
    if len(guards) <= 1:
        return guards[0] if guards else None
    if any(len(guard) > 1 for guard in guards):
        return None
    parts = [guard[0] for guard in guards]
    actions = [part for part in parts if part.action_patterns]
    tests = [
        (part.suboperation_patterns, part.suboperation_negated)
        for part in parts
        if part.suboperation_patterns
    ]
    if len(actions) != 1 or (merged := _merge_tests(tests)) is None:
        return None
    return (Target(actions[0].action_patterns, *merged, actions[0].node),)


def _alternative(node: Expression, conjunct: int) -> Clause | None:
    """`target AND expression`; the parts of the target may stand anywhere in the conjunction."""
    parts = _flatten(node, And)
    actions = [(part, found) for part in parts if (found := _action_targets(part)) is not None]
    if len(actions) != 1:
        return None
    (part, targets), tests, demands = actions[0], [], []
    for other in parts:
        test = _suboperation_test(other)
        if test is not None:
            tests.append(test)
        elif other is not part:
            demands.append(other)
    if tests:
        merged = _merge_tests(tests)
        if merged is None or any(target.suboperation_patterns for target in targets):
            return None
        targets = tuple([Target(t.action_patterns, *merged, t.node) for t in targets])
    return Clause(ClauseKind.ALTERNATIVE, targets, _join(demands, And), node, conjunct)


def _action_targets(node: Expression) -> tuple[Target, ...] | None:
    """The targets of `ActionMatches{…}`, or of several targets joined by OR."""
    if isinstance(node, ActionMatches):
        return (Target(node.patterns, (), False, node),)  # noqa: FBT003  # the field's only sense
    if not isinstance(node, Or):
        return None
    targets = _targets(node)
    return targets if targets and all(target.action_patterns for target in targets) else None


def _targets(node: Expression) -> tuple[Target, ...] | None:
    """The targets of `target OR target …`; `None` when anything else is asked."""
    found: list[Target] = []
    for operand in _flatten(node, Or):
        targets = _conjoined_targets(operand)
        if targets is None:
            return None
        found += targets
    return tuple(found)


def _conjoined_targets(node: Expression) -> tuple[Target, ...] | None:
    """The targets of `ActionMatches{…} AND [NOT] SubOperationMatches{…}`, either part optional."""
    patterns: list[tuple[Literal, ...]] = []
    tests: list[_Test] = []
    for part in _flatten(node, And):
        test = _suboperation_test(part)
        if test is not None:
            tests.append(test)
            continue
        choices = _flatten(part, Or)
        found = [choice.patterns for choice in choices if isinstance(choice, ActionMatches)]
        if patterns or len(found) != len(choices):
            return None
        patterns = found
    merged = _merge_tests(tests)
    if merged is None:
        return None
    return tuple([Target(actions, *merged, node) for actions in patterns or [()]])


_Test = tuple[tuple[Literal, ...], bool]


def _suboperation_test(node: Expression) -> _Test | None:
    """The patterns of `[NOT] SubOperationMatches{…}`, and whether NOT stands before it."""
    negated = isinstance(node, Not)
    patterns = _suboperation_patterns(node.operand if isinstance(node, Not) else node)
    return None if patterns is None else (patterns, negated)


def _suboperation_patterns(node: Expression) -> tuple[Literal, ...] | None:
    if isinstance(node, SubOperationMatches):
        return node.patterns
    return legacy_suboperation_patterns(node)


def _merge_tests(tests: list[_Test]) -> _Test | None:
    """Several tests of one request: `NOT a AND NOT b` is `NOT (a or b)`; no other merges."""
    if len(tests) > 1 and not all(negated for _, negated in tests):
        return None
    patterns = tuple([pattern for found, _ in tests for pattern in found])
    return patterns, bool(tests) and tests[0][1]


def _flatten(node: Expression, connective: type[And | Or]) -> list[Expression]:
    """The operands that one connective joins, however they are grouped."""
    pending, found = [node], []
    while pending:
        current = pending.pop()
        if isinstance(current, connective):
            pending.extend(reversed(current.operands))
        else:
            found.append(current)
    return found


def _join(operands: list[Expression], connective: type[And | Or]) -> Expression | None:
    if len(operands) <= 1:
        return operands[0] if operands else None
    return connective(tuple(operands), Span(operands[0].span.start, operands[-1].span.end))
