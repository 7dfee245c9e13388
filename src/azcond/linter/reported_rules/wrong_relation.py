"""Metadata of TYP103; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "TYP103",
    needs=Needs.CATALOGUE,
    why=(
        "A role is compared as a GUID; compared as a string it never matches, so the clause "
        "refuses every role. The delegate cannot work, and the next edit tends to be one that "
        "refuses nothing."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 )
 OR
 (
  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
  StringEquals 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
 )
)
AND
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 )
 OR
 (
  @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
  GuidEquals acdd72a7-3385-48ef-bd42-f606fba81ae7
 )
)
""",
    good="""\
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 )
 OR
 (
  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
  GuidEquals acdd72a7-3385-48ef-bd42-f606fba81ae7
 )
)
AND
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 )
 OR
 (
  @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
  GuidEquals acdd72a7-3385-48ef-bd42-f606fba81ae7
 )
)
""",
    page="conditions-authorization-actions-attributes",
    mends=Mends.UNSAFE,
    fix="Another relation compares other kinds of value, so other requests meet the condition.",
)
