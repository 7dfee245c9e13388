"""SEC317: a role that can give any role to anyone, assigned without a condition."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.access.models import fold_id
from azcond.containers import Fact
from azcond.diagnostics import Severity
from azcond.linter.host_file import HostFile
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.same_facts import role_of
from azcond.linter.showing import shown_role


def _find(file: HostFile) -> Iterator[Found]:
    roles = file.settings.roles
    for holder in file.contents.assignments:
        role = role_of(holder, roles)
        if role is None or fold_id(role.id) not in roles.granting or file.is_conditional(holder):
            continue
        yield Found(
            file.place(holder, Fact.ROLE),
            f"{shown_role(role)} without a condition can give every role to anyone",
            "limit in a condition which roles it assigns and to whom, or assign a role that cannot",
        )


_HCL = """\
resource "azurerm_role_assignment" "platform" {{
  scope                = azurerm_resource_group.apps.id
  role_definition_name = "Role Based Access Control Administrator"
  principal_id         = azuread_group.platform.object_id
  principal_type       = "Group"
{}}}
"""
_CONDITION = """\
  condition_version    = "2.0"
  condition            = <<-EOT
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
  EOT
"""

RULE = Rule(
    code="SEC317",
    slug="unconditional-delegation",
    title="role that can give any role to anyone, assigned without a condition",
    severity=Severity.WARNING,
    needs=Needs.HOST,
    why=(
        "Whoever takes over this principal gives itself Owner, and with it everything below the "
        "scope. A condition keeps the right to assign roles to those that are needed."
    ),
    bad=_HCL.format(""),
    good=_HCL.format(_CONDITION),
    example_file="main.tf",
    opt_in=True,
    page="delegate-role-assignments-overview",
    find_in_file=_find,
)
