"""Two clauses that one action hits, and that no request meets together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from azcond.analysis import find_request, is_never_met
from azcond.ast import Expression
from azcond.clauses import Clause, ClauseKind
from azcond.diagnostics import Severity
from azcond.linter.equivalence import is_certain, is_well_typed, requests_of, topics
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject
from azcond.source import Source

_JOINED = (ClauseKind.GUARDED, ClauseKind.UNGUARDED)
"""Clauses that have to be met whatever the others say."""


def find(subject: Subject) -> Iterator[Found]:
    """The later of two clauses whose demands on a shared action exclude each other."""
    source = Source(subject.text)
    demands = [
        (clause, clause.expression, topics(clause.expression))
        for clause in subject.clauses
        if clause.kind in _JOINED and clause.expression is not None
    ]
    for (clause, one, about), (later, other, mine) in combinations(demands, 2):
        subject.budget.spend()
        if not about & mine:
            continue
        action = _shared_action(clause, later)
        if action is not None and _exclude_each_other(one, other, subject):
            line, _ = source.line_column(one.span.start)
            yield Found(
                later.span,
                f"`{action}` also has to meet the clause of line {line}, and no request meets both",
                "clauses for one action all have to be met; join alternatives by OR in one clause",
            )


def _exclude_each_other(one: Expression, other: Expression, subject: Subject) -> bool:
    """Whether each of two demands can be met, but never both."""
    if not is_well_typed(one) or not is_well_typed(other):
        return False
    requests = requests_of(subject)
    return (
        is_certain(subject, lambda budget: find_request([one, other], [], requests, budget) is None)
        and not is_certain(subject, lambda budget: is_never_met(one, requests, budget))
        and not is_certain(subject, lambda budget: is_never_met(other, requests, budget))
    )


def _shared_action(one: Clause, other: Clause) -> str | None:
    """An action that both clauses are for; of wildcards that overlap, some are not seen."""
    for clause, opposite in ((one, other), (other, one)):
        for target in clause.targets:
            for action in target.actions:
                for suboperation in (None, *target.suboperations):
                    if target.matches(action, suboperation) and opposite.is_for(
                        action, suboperation
                    ):
                        return action
    return None


RULE = Rule(
    code="COR416",
    slug="contradictory-guards",
    title="two clauses with demands on one action that exclude each other",
    severity=Severity.ERROR,
    needs=Needs.CONDITION,
    why="Whoever adds a clause to allow a second queue expects either of the two to be enough. "
    "Clauses are joined by AND, so from then on nobody reads any queue.",
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
    silences=("COR402", "COR403"),
)
