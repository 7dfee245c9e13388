"""Metadata of TYP104; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Needs

RULE = reported(
    "TYP104",
    needs=Needs.CONDITION,
    why=(
        "A GUID with a digit too few stands for no role, and Azure refuses it. A list that was "
        "shortened by hand to get past the error may lack the one role that mattered."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 )
 OR
 (
  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
  ForAnyOfAnyValues:GuidEquals {'acdd72a7-3385-48ef-bd42-f606fba8'}
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
  ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}
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
  ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}
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
  ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}
 )
)
""",
    page="conditions-troubleshoot",
)
