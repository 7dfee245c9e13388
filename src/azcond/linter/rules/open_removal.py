"""ACT209: roles can only be assigned within limits, and removed without any, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import AttributeSource
from azcond.diagnostics import Fix, Severity
from azcond.linter.amendments import add_clauses, all_of, guarded, with_source
from azcond.linter.questions import ASSIGN, PRINCIPALS, ROLE, UNASSIGN, can_ask, is_open, place_for
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 OR @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
"""

_ATTRIBUTES = PRINCIPALS | {ROLE}
_HARM = {
    UNASSIGN: "anyone's access can be removed",
    ASSIGN: "any role can be assigned to anyone",
}


def _find(subject: Subject) -> Iterator[Found]:
    for limited, free in ((ASSIGN, UNASSIGN), (UNASSIGN, ASSIGN)):
        if not subject.demands.of(limited).is_free and is_open(subject, free):
            yield Found(
                place_for(subject, limited),
                f"`{limited}` is limited and `{free}` is not, so {_HARM[free]}",
                f"add a clause for `{free}` with the same demands of `@{_source_of(free)}[…]`",
                _fix(subject, limited, free),
            )


def _source_of(action: str) -> AttributeSource:
    return AttributeSource.REQUEST if action == ASSIGN else AttributeSource.RESOURCE


def _fix(subject: Subject, limited: str, free: str) -> Fix | None:
    parts = subject.demands.of(limited).parts
    mirrored = with_source(parts, _ATTRIBUTES, _source_of(free))
    if not parts or not can_ask(free, mirrored):
        return None
    return add_clauses(subject, f"demand the same of `{free}`", [guarded([free], all_of(mirrored))])


RULE = Rule(
    code="ACT209",
    slug="open-removal",
    title="assigning roles limited and removing them not, or the reverse",
    severity=Severity.SECURITY,
    needs=Needs.CONDITION,
    why=(
        "Creating and deleting role assignments are two actions, and a clause for one says "
        "nothing about the other. A delegate who may only assign Reader removes the Owners of the "
        "subscription."
    ),
    bad=BAD,
    good=(
        BAD
        + """\
AND
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 OR @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
"""
    ),
    page="delegate-role-assignments-examples",
    find=_find,
    mends=Mends.UNSAFE,
    fix="It limits an action that was open before.",
)
