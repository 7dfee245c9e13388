"""SEC305: roles are denied by name, so all others are allowed."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.diagnostics import Severity
from azcond.linter.role_sets import denying_place
from azcond.linter.rule import Found, Needs, Rule
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


def _find(subject: Subject) -> Iterator[Found]:
    if subject.delegation.assignable.is_deny_list:
        yield Found(
            denying_place(subject.delegation),
            "a deny-list allows every role that it does not name, new and custom roles among them",
            "list the roles that may be assigned: `ForAnyOfAnyValues:GuidEquals {…}`",
        )


RULE = Rule(
    code="SEC305",
    slug="deny-list-of-roles",
    title="deny-list of roles where an allow-list would hold longer",
    severity=Severity.INFO,
    needs=Needs.CONDITION,
    why=(
        "Microsoft adds roles every month and teams add their own; none of them is on a deny-list "
        "that was written before. One of them may reach further than any role that was denied."
    ),
    bad=BAD,
    good=GOOD,
    page="delegate-role-assignments-examples",
    find=_find,
)
