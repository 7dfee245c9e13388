"""LIM606: an attribute of the principal in a condition that PIM handles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from azcond.diagnostics import Severity
from azcond.linter.host_file import HostFile
from azcond.linter.rule import Found, Needs, Rule
from azcond.source import Span

_ATTRIBUTE = re.compile(r"'(?:\\'|[^'])*+'|(@\s*+principal\s*+\[[^\]\r\n]*+\]?)", re.IGNORECASE)
"""Strings are passed over."""


def _find(file: HostFile) -> Iterator[Found]:
    for condition, holder in file.held():
        if not holder.is_pim:
            continue
        for match in _ATTRIBUTE.finditer(file.known_text(condition)):
            if match[1]:
                yield Found(
                    condition.span_in_file(Span(*match.span(1))),
                    "attributes of the principal are not taken by Privileged Identity Management",
                    "make an active assignment with this condition outside of it, or compare with "
                    "values instead",
                )


_HEAD = """\
resource "azurerm_pim_eligible_role_assignment" "readers" {
  scope              = azurerm_storage_account.lake.id
  role_definition_id = "/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
  principal_id       = azuread_group.readers.object_id
  condition_version  = "2.0"
  condition          = <<-EOT
    (
     (
      !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
     )
     OR
     (
      @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]
"""
_TAIL = """
     )
    )
  EOT
}
"""

RULE = Rule(
    code="LIM606",
    slug="pim-principal",
    title="attribute of the principal in an assignment of Privileged Identity Management",
    severity=Severity.ERROR,
    needs=Needs.HOST,
    why=(
        "Privileged Identity Management refuses the request for such an assignment, so nobody "
        "becomes eligible. It is noticed when someone has to activate the role in an incident."
    ),
    bad=f"""{_HEAD}      StringEquals @Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Data_Container]{_TAIL}""",
    good=f"""{_HEAD}      StringEquals 'logs'{_TAIL}""",
    example_file="main.tf",
    page="conditions-troubleshoot",
    find_in_file=_find,
)
