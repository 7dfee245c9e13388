"""SEC316: it is said to whom roles can be assigned, and not which."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.diagnostics import Severity
from azcond.linter.questions import ASSIGN, PRINCIPALS, ROLE, readers
from azcond.linter.role_sets import always_constrains
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 OR @Request[Microsoft.Authorization/roleAssignments:PrincipalType]
    StringEqualsIgnoreCase 'Group')
AND
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 OR @Resource[Microsoft.Authorization/roleAssignments:PrincipalType]
    StringEqualsIgnoreCase 'Group')
"""

GOOD = """\
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 OR (@Request[Microsoft.Authorization/roleAssignments:PrincipalType]
      StringEqualsIgnoreCase 'Group'
     AND @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
      ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}))
AND
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 OR (@Resource[Microsoft.Authorization/roleAssignments:PrincipalType]
      StringEqualsIgnoreCase 'Group'
     AND @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
      ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}))
"""


def _find(subject: Subject) -> Iterator[Found]:
    parts = subject.demands.of(ASSIGN).parts
    if always_constrains(parts, frozenset({ROLE})):
        return
    first = next(readers(parts, PRINCIPALS), None)
    if first is not None:
        yield Found(
            first.span,
            "the principals are limited, but any role can be assigned to them, `Owner` included",
            "add `AND @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] "
            "ForAnyOfAnyValues:GuidEquals {…}` with the roles that may be assigned",
        )


RULE = Rule(
    code="SEC316",
    slug="any-role",
    title="principals limited, roles not",
    severity=Severity.SECURITY,
    needs=Needs.CONDITION,
    why=(
        "A delegate who may assign any role to a group makes a group an Owner and joins it. "
        "Limiting who is given a role does not limit what the role can do."
    ),
    bad=BAD,
    good=GOOD,
    page="delegate-role-assignments-examples",
    find=_find,
)
