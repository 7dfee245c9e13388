"""ACT214: a demand that is made of every action."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.actions import is_wildcard
from azcond.ast import Attribute, AttributeSource, Expression, leaves, operand_attributes
from azcond.catalogue import Status, all_actions
from azcond.clauses import Clause, ClauseKind
from azcond.diagnostics import Fix, Severity
from azcond.formatter import format_expression
from azcond.linter.amendments import guarded, replace
from azcond.linter.questions import can_ask, can_be_met, known_attribute_of, may_grant
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject

BAD = """\
@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'
"""

_OF_ACTIONS = (AttributeSource.RESOURCE, AttributeSource.REQUEST)

_MOST_FIXES = 16
"""Looking for the actions of a demand is slow, so one text gets this many answers at most."""


def _find(subject: Subject) -> Iterator[Found]:
    if _has_one_action(subject):
        return
    loose = [clause for clause in subject.clauses if clause.kind is ClauseKind.UNGUARDED]
    for at, clause in enumerate(loose):
        if _is_of_actions(clause.expression):
            yield Found(
                clause.span,
                "no action is named here, so this is demanded of every action, and those without "
                "the attribute are refused",
                "name the actions that it is for: `!(ActionMatches{'…'}) OR (…)`",
                _fix(subject, clause) if at < _MOST_FIXES else None,
            )


def _fix(subject: Subject, clause: Clause) -> Fix | None:
    """Name the actions that have all the attributes, of those that the role grants."""
    assert clause.expression is not None
    parts = [clause.expression]
    actions = [
        action.id
        for action in all_actions()
        if can_ask(action.id, parts) and may_grant(subject, action.id)
    ]
    if not actions or not all(known_attribute_of(one) for one in _attributes(clause.expression)):
        return None
    written = guarded(actions, format_expression(clause.expression))
    return replace("name the actions that have the attribute", (clause.span, written))


def _attributes(expression: Expression) -> Iterator[Attribute]:
    for leaf in leaves(expression):
        yield from operand_attributes(leaf)


def _is_of_actions(expression: Expression | None) -> bool:
    """Whether an action without the attributes of its resource or request does not meet it."""
    return expression is not None and not can_be_met(expression, _belongs_to_action)


def _belongs_to_action(attribute: Attribute) -> bool:
    known = known_attribute_of(attribute)
    return (
        attribute.source in _OF_ACTIONS
        and known is not None
        and known.status is not Status.INTERNAL
    )


def _has_one_action(subject: Subject) -> bool:
    """Whether the permission entry under lint grants a single action, which needs no guard."""
    if subject.role is None or subject.entry is None:
        return False
    entry = subject.role.permissions[subject.entry].permission
    actions = [*entry.actions, *entry.data_actions]
    return len(actions) == 1 and not is_wildcard(actions[0])


RULE = Rule(
    code="ACT214",
    slug="no-action-guard",
    title="demand without an action",
    severity=Severity.WARNING,
    needs=Needs.CONDITION,
    why=(
        "A demand that names no action is made of all of them, and most have no such attribute. "
        "The assignment then no longer grants those: finding blobs by tags, or getting a key for "
        "a signature, stops working."
    ),
    bad=BAD,
    good=f"""\
(!(ActionMatches{{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}})
 OR {BAD.strip()})
""",
    page="conditions-format",
    find=_find,
    mends=Mends.UNSAFE,
    fix="Actions without the attribute are open afterwards.",
)
