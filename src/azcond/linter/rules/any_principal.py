"""SEC306: it is said which roles can be assigned, and not to whom."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.diagnostics import Severity
from azcond.linter.questions import PRINCIPALS, ROLE
from azcond.linter.role_sets import always_constrains
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 OR @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
AND
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 OR @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
"""

GOOD = """\
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
      ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}
     AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType]
      StringEqualsIgnoreCase 'Group'))
AND
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
      ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}
     AND @Resource[Microsoft.Authorization/roleAssignments:PrincipalType]
      StringEqualsIgnoreCase 'Group'))
"""


def _find(subject: Subject) -> Iterator[Found]:
    delegation = subject.delegation
    if not delegation.assigning_lists or delegation.assignable.is_everything:
        return
    parts = delegation.assigning
    if always_constrains(parts, frozenset({ROLE})) and not always_constrains(parts, PRINCIPALS):
        yield Found(
            delegation.assigning_lists[0].span,
            "the roles are limited, but anyone can be given them, the delegate included",
            "add `AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] "
            "StringEqualsIgnoreCase 'Group'`, or a list of principal ids",
        )


RULE = Rule(
    code="SEC306",
    slug="any-principal",
    title="roles limited, principals not",
    severity=Severity.INFO,
    needs=Needs.CONDITION,
    why=(
        "A delegate can assign the listed roles to their own account or to a guest from outside. "
        "If one of the roles reaches data, the delegate reaches it too."
    ),
    bad=BAD,
    good=GOOD,
    page="delegate-role-assignments-examples",
    find=_find,
)
