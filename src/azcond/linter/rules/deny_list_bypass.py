"""SEC304: a deny-list of roles for someone who can make roles."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.diagnostics import Severity
from azcond.linter.questions import is_open
from azcond.linter.role_sets import denying_place
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.showing import own_role
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 OR @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAllValues:GuidNotEquals {8e3af657-a8ff-443c-a75c-2fe8c4bcb635,
      18d7d88d-d35e-4fb5-a5c3-7773c20a72d9, f58310d9-a9f6-439a-9e8d-f62e7b41a168})
AND
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 OR @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAllValues:GuidNotEquals {8e3af657-a8ff-443c-a75c-2fe8c4bcb635,
      18d7d88d-d35e-4fb5-a5c3-7773c20a72d9, f58310d9-a9f6-439a-9e8d-f62e7b41a168})
"""

GOOD = """\
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 OR @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
AND
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 OR @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
"""

_DEFINE = "Microsoft.Authorization/roleDefinitions/write"


def _find(subject: Subject) -> Iterator[Found]:
    if subject.role is None:
        return
    if subject.delegation.assignable.is_deny_list and is_open(subject, _DEFINE):
        yield Found(
            denying_place(subject.delegation),
            f"{own_role(subject)} can also create roles, and a new role is on no deny-list",
            "list the roles that may be assigned, and give `Role Based Access Control "
            "Administrator` instead of this role",
        )


RULE = Rule(
    code="SEC304",
    slug="deny-list-bypass",
    title="deny-list of roles beside the right to create roles",
    severity=Severity.SECURITY,
    needs=Needs.ROLE,
    why=(
        "Whoever can write role definitions makes a custom role with every permission that the "
        "denied roles have, and its GUID is on no deny-list. They assign it to themselves, and "
        "the condition is met."
    ),
    bad=BAD,
    good=GOOD,
    page="delegate-role-assignments-overview",
    find=_find,
    role="Owner",
    good_role="Role Based Access Control Administrator",
    silences=("SEC312",),
)
