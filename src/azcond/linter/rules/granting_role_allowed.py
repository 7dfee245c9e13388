"""SEC302: an allow-list with a role that gives roles to anyone."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.diagnostics import Severity
from azcond.kinds import guid_value
from azcond.linter.role_fixes import remove_role
from azcond.linter.role_sets import role_literals
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.showing import shown_role
from azcond.linter.subject import Subject

GOOD = """\
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 OR @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
AND
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 OR @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
"""


def _find(subject: Subject) -> Iterator[Found]:
    allowed = subject.delegation.assignable
    if not allowed.is_allow_list:
        return
    granting = subject.settings.roles.granting
    left = allowed.ids & granting.keys()
    for comparison in subject.delegation.assigning_lists if left else ():
        for literal in role_literals(comparison):
            guid = guid_value(literal.value)
            if guid in left:
                left -= {guid}
                name = shown_role(granting[guid])
                yield Found(
                    literal.span,
                    f"the allow-list contains {name}, and whoever has that role can assign any",
                    "list only roles that cannot grant roles, such as `Reader`",
                    remove_role(subject, guid, f"remove {name}"),
                )


RULE = Rule(
    code="SEC302",
    slug="granting-role-allowed",
    title="allow-list with a role that can grant any role",
    severity=Severity.SECURITY,
    needs=Needs.CATALOGUE,
    why=(
        "Owner, User Access Administrator, Role Based Access Control Administrator and custom "
        "roles like them assign roles without any limit. A delegate who may hand out one of them "
        "gives it to an account of their own and is rid of the condition."
    ),
    bad=GOOD.replace(
        "GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}",
        "GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7,\n"
        "      8e3af657-a8ff-443c-a75c-2fe8c4bcb635}",
    ),
    good=GOOD,
    page="delegate-role-assignments-examples",
    find=_find,
    mends=Mends.UNSAFE,
    fix="The role can no longer be assigned or removed, which some delegate may have relied on.",
)
