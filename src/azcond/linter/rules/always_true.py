"""A condition or a clause that every request meets."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.analysis import is_always_met
from azcond.ast import Expression, Or
from azcond.clauses import ClauseKind
from azcond.diagnostics import Severity
from azcond.linter.equivalence import is_certain, is_open, is_well_typed, narrowest, requests_of
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject


def find(subject: Subject) -> Iterator[Found]:
    """Demands of clauses that are always met; else the whole condition, if it is."""
    requests = requests_of(subject)

    def is_idle(expression: Expression) -> bool:
        return not is_open(expression) and is_certain(
            subject, lambda budget: is_always_met(expression, requests, budget)
        )

    found = False
    for clause in subject.clauses:
        demand = clause.expression
        if demand is not None and is_well_typed(demand) and is_idle(demand):
            found = True
            yield Found(
                narrowest(demand, is_idle, Or).span,
                "every request meets this, so the clause restricts nothing",
                "ask for something that not every request has, or remove the clause",
            )
    if found or any(clause.kind is ClauseKind.GUARDED for clause in subject.clauses):
        return  # an action of a guard that is not idle does not meet the whole
    if is_well_typed(subject.tree) and is_idle(subject.tree):
        yield Found(
            subject.tree.span,
            "every request meets this condition, so it restricts nothing",
            "the role assignment grants the same without it",
        )


RULE = Rule(
    code="COR401",
    slug="always-true",
    title="condition or clause that every request meets",
    severity=Severity.ERROR,
    needs=Needs.CONDITION,
    why="The clause reads like a restriction and lets everything pass, so the role grants all that "
    "it grants without a condition. Reviewers see a condition and stop looking, and whoever finds "
    "out can reach every queue.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringLike 'orders-*'
  OR
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringNotLike 'orders-*'
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringLike 'orders-*'
  AND
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringNotLike '*-dead'
 )
)""",
    page="conditions-format",
    find=find,
    silences=("COR403", "STY507"),
)
