"""Metadata of TYP105; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "TYP105",
    needs=Needs.CATALOGUE,
    why=(
        "A principal type is `User`, `Group` or `ServicePrincipal`; managed identities are "
        "service principals. A comparison with any other word is never true, so the pipelines "
        "that it was written for are refused."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 )
 OR
 (
  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
  GuidEquals acdd72a7-3385-48ef-bd42-f606fba81ae7
  AND
  @Request[Microsoft.Authorization/roleAssignments:PrincipalType]
  StringEqualsIgnoreCase 'ManagedIdentity'
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
  AND
  @Resource[Microsoft.Authorization/roleAssignments:PrincipalType]
  StringEqualsIgnoreCase 'ServicePrincipal'
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
  AND
  @Request[Microsoft.Authorization/roleAssignments:PrincipalType]
  StringEqualsIgnoreCase 'ServicePrincipal'
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
  AND
  @Resource[Microsoft.Authorization/roleAssignments:PrincipalType]
  StringEqualsIgnoreCase 'ServicePrincipal'
 )
)
""",
    page="conditions-authorization-actions-attributes",
    mends=Mends.UNSAFE,
    fix="The nearest value of the domain is a guess at what was meant.",
)
