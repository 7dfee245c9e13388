"""A condition or a clause that no request meets."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.analysis import is_never_met
from azcond.ast import And, Comparison, Expression
from azcond.clauses import Clause, ClauseKind
from azcond.diagnostics import Severity
from azcond.linter.equivalence import is_certain, is_open, is_well_typed, narrowest, requests_of
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject

_OTHER_ACTION = "none/of/those/named"


def find(subject: Subject) -> Iterator[Found]:
    """Demands of clauses that are never met; else the whole condition, if it is not.

    A guard without a demand refuses its actions, and says so.
    """
    requests = requests_of(subject)

    def is_unmet(expression: Expression) -> bool:
        return not is_open(expression) and is_certain(
            subject, lambda budget: is_never_met(expression, requests, budget)
        )

    found = False
    for clause in subject.clauses:
        demand = clause.expression
        if demand is not None and is_well_typed(demand) and is_unmet(demand):
            found = True
            place = narrowest(demand, is_unmet, And)
            grants = "its actions are never allowed" if clause.targets else "nothing is allowed"
            yield Found(place.span, f"no request meets this, so {grants}", _advice(place))
    if found or not any(map(_concerns_any_action, subject.clauses)):
        return  # an action that no guard names meets the whole
    if is_well_typed(subject.tree) and is_unmet(subject.tree):
        yield Found(
            subject.tree.span,
            "no request meets this condition, so the role assignment grants nothing",
            "each part can be met, but not all of them at once",
        )


def _concerns_any_action(clause: Clause) -> bool:
    return clause.kind is not ClauseKind.GUARDED or clause.is_for(_OTHER_ACTION)


def _advice(place: Expression) -> str:
    match place:
        case Comparison(operator=operator) if operator.quantifier is not None:
            if operator.quantifier.over_right is all and not operator.relation.is_negative:
                better = f"ForAnyOfAnyValues:{operator.relation.name}"
                return f"`{operator.name}` asks for all values of the set at once; write `{better}`"
        case _:
            pass
    return "were alternatives meant? join them by OR"


RULE = Rule(
    code="COR402",
    slug="always-false",
    title="condition or clause that no request meets",
    severity=Severity.ERROR,
    needs=Needs.CONDITION,
    why="No queue has two names at once, so nobody reads any, and finds out during the incident. "
    "What usually follows is an assignment without any condition.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name]
  ForAnyOfAllValues:StringEquals {'orders', 'returns'}
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
    silences=("COR403", "STY507"),
)
