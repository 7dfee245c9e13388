"""IAC704: a role that is assigned twice to the same principal at the same scope."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.access.known import KnownRoles
from azcond.containers import Fact, Holder
from azcond.diagnostics import Severity
from azcond.linter.host_file import HostFile
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.same_facts import comparable, role_of
from azcond.linter.showing import shown

_Key = tuple[str, str, str]


def _find(file: HostFile) -> Iterator[Found]:
    first: dict[_Key, Holder] = {}
    for holder in file.contents.assignments:
        key = _key(holder, file.settings.roles)
        if key is None:
            continue
        other = first.setdefault(key, holder)
        if other is holder or other.name == holder.name:
            continue  # one assignment may be listed twice
        if file.varies(other):
            first[key] = holder
            continue
        if file.varies(holder):
            continue
        line, _ = file.source.line_column(file.place(other).start)
        yield Found(
            file.place(holder),
            f"{shown(other.name)} at line {line} gives the same role to the same principal at the "
            "same scope",
            "make one assignment of them, whose condition joins the two by OR",
        )


def _key(holder: Holder, roles: KnownRoles) -> _Key | None:
    """Role, principal and scope as far as they can be compared."""
    if holder.is_pim:
        return None  # one may be eligible and active, or at other times
    role = comparable(holder, Fact.ROLE)
    principal, scope = comparable(holder, Fact.PRINCIPAL), comparable(holder, Fact.SCOPE)
    if role is None or principal is None or scope is None:
        return None
    known = role_of(holder, roles)
    return known.id if known else role.rpartition("/")[2], principal, scope


_HCL = """\
resource "azurerm_role_assignment" "reads" {{
  scope                = azurerm_storage_account.lake.id
  role_definition_name = "Storage Blob Data Reader"
  principal_id         = azuread_group.analysts.object_id
  principal_type       = "Group"
  condition_version    = "2.0"
  condition            = <<-EOT
    (
     (
      !(ActionMatches{{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}})
     )
     OR
     (
      @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]
      ForAnyOfAnyValues:StringEquals {{{}}}
     )
    )
  EOT
}}
"""
_TWICE = """
resource "azurerm_role_assignment" "reads_models" {
  scope                = azurerm_storage_account.lake.id
  role_definition_id   = "/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
  principal_id         = azuread_group.analysts.object_id
  principal_type       = "Group"
}
"""

RULE = Rule(
    code="IAC704",
    slug="duplicate-assignment",
    title="role assigned twice to the same principal at the same scope",
    severity=Severity.ERROR,
    needs=Needs.HOST,
    why=(
        "Azure refuses the second assignment, because it has room for one only, whatever the "
        "conditions are. Which of the two there is depends on what was deployed first, and with it "
        "what the principal may do."
    ),
    bad=_HCL.format("'logs', 'metrics'") + _TWICE,
    good=_HCL.format("'logs', 'metrics', 'models'"),
    example_file="main.tf",
    page="conditions-faq",
    find_in_file=_find,
)
