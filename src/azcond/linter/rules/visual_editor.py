"""A condition that the portal's visual editor cannot show."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import ActionMatches, And, Comparison, Exists, Expression, Not, Or, postorder
from azcond.clauses import Clause, ClauseKind
from azcond.diagnostics import Severity
from azcond.linter.questions import attribute_key
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject

_MOST_EXPRESSIONS = 5
_WITH_EXISTS = ("encryption-scope", "snapshot", "version-id")


def find(subject: Subject) -> Iterator[Found]:
    """The first thing in the condition that the visual editor has no place for."""
    for clause in subject.clauses:
        found = _examine_clause(clause) or _examine_tree(clause)
        if found is not None:
            place, reason = found
            yield Found(
                place.span,
                f"the portal's visual editor cannot show this: {reason}",
                "edit it in the code editor; saving it from the visual one may drop parts",
            )
            return


def _examine_clause(clause: Clause) -> tuple[Expression, str] | None:
    if clause.kind is not ClauseKind.GUARDED:
        return clause.node, "it has only clauses of the form `!(ActionMatches{…}) OR (…)`"
    if clause.expression is None:
        return clause.node, "it has only clauses with an expression"
    for node in postorder(clause.node):
        if isinstance(node, ActionMatches) and len(node.patterns) > 1:
            return node, "it has one action in each `ActionMatches`"
    return None


def _examine_tree(clause: Clause) -> tuple[Expression, str] | None:
    assert clause.expression is not None
    comparisons, connectives = 0, set()
    for node in postorder(clause.expression):
        match node:
            case Exists() if attribute_key(node.attribute) not in _WITH_EXISTS:
                return node, "it offers `Exists` for few attributes only"
            case Not(operand=And() | Or()):
                return node, "it cannot negate a group"
            case And() | Or():
                connectives.add(type(node))
            case Comparison():
                comparisons += 1
            case _:
                pass
        if len(connectives) > 1:
            return node, "it has either AND or OR between the expressions of a clause"
        if comparisons > _MOST_EXPRESSIONS:
            return node, f"it has at most {_MOST_EXPRESSIONS} expressions in a clause"
    return None


RULE = Rule(
    code="LIM603",
    slug="visual-editor",
    title="condition that the portal's visual editor cannot show",
    severity=Severity.INFO,
    needs=Needs.CONDITION,
    why="Whoever opens such a condition in the portal sees a part of it, or nothing. Saving what "
    "is shown then removes the rest, and with it the restriction.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Environment[isPrivateLink] BoolEquals true
  AND
  (
   @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders'
   OR
   @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringLike 'test-*'
  )
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Environment[isPrivateLink] BoolEquals true
  AND
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringLike 'test-*'
 )
)""",
    page="conditions-format",
    find=find,
)
