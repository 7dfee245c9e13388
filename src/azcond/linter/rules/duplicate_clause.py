"""A clause or a guard that stands twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from azcond.analysis import documented, everything, same_decisions
from azcond.ast import ActionMatches, And, Expression, Not, SubOperationMatches, leaves
from azcond.clauses import Target
from azcond.diagnostics import Fix, Severity
from azcond.kinds import fold
from azcond.linter.chains import joined
from azcond.linter.equivalence import Topic, is_certain, parent_of, removal, topics
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject
from azcond.source import Source


class _Theme(NamedTuple):
    """What a clause is about; clauses that mean the same are about the same."""

    topics: frozenset[Topic]
    patterns: frozenset[str]


def find(subject: Subject) -> Iterator[Found]:
    """Clauses that decide like an earlier one, and guards that repeat a target."""
    source = Source(subject.text)
    earlier: dict[_Theme, list[Expression]] = {}
    for node in joined(subject.tree, And):
        known = earlier.setdefault(_theme(node), [])
        same = next((other for other in known if _are_same(other, node, subject)), None)
        if same is None:
            known.append(node)
            continue
        line, _ = source.line_column(same.span.start)
        yield Found(
            node.span,
            f"this decides as the clause of line {line} does",
            "was another action or another value meant?",
            removal(subject, node),
        )
    for clause in subject.clauses:
        yield from _repeated_targets(clause.targets, subject)


def _are_same(one: Expression, other: Expression, subject: Subject) -> bool:
    """Whether two clauses decide every request alike; documented ones are the fewer to try."""
    subject.budget.spend()
    return is_certain(
        subject, lambda budget: same_decisions(one, other, documented, budget)
    ) and is_certain(subject, lambda budget: same_decisions(one, other, everything, budget))


def _theme(node: Expression) -> _Theme:
    patterns = [
        fold(str(pattern.value))
        for leaf in leaves(node)
        if isinstance(leaf, ActionMatches | SubOperationMatches)
        for pattern in leaf.patterns
    ]
    return _Theme(topics(node), frozenset(patterns))


def _repeated_targets(targets: tuple[Target, ...], subject: Subject) -> Iterator[Found]:
    seen = set()
    for target in targets:
        key = (
            frozenset(map(fold, target.actions)),
            frozenset(map(fold, target.suboperations)),
            target.suboperation_negated,
        )
        if key in seen:
            yield Found(
                target.span,
                "this target already stands in the guard",
                "was another action meant?",
                _removal(subject, target),
            )
        seen.add(key)


def _removal(subject: Subject, target: Target) -> Fix | None:
    parent = parent_of(subject.tree, target.node)
    return removal(subject, parent if isinstance(parent, Not) else target.node)


RULE = Rule(
    code="COR405",
    slug="duplicate-clause",
    title="clause or guard that stands twice",
    severity=Severity.WARNING,
    needs=Needs.CONDITION,
    why="A clause that was copied and not changed leaves the action that it was meant for without "
    "one. That action is then allowed on everything.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders'
 )
)
AND
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders'
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders'
 )
)
AND
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/write'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders'
 )
)""",
    page="conditions-format",
    find=find,
    mends=Mends.SAFE,
    fix="Safe: it is offered only where the text without it provably decides alike.",
    silences=("COR403", "STY507"),
)
