"""IAC702: an assignment in infrastructure code that does not say what its principal is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from azcond.containers import Fact, Holder
from azcond.diagnostics import Fix, Severity
from azcond.linter.host_file import HostFile
from azcond.linter.rule import Found, Mends, Needs, Rule

_TYPES = (
    (re.compile(r"azuread_group\b"), "Group"),
    (re.compile(r"azuread_user\b"), "User"),
    (
        re.compile(
            r"identity|service_?principal|\.(?:properties|outputs)\.principalId\b", re.IGNORECASE
        ),
        "ServicePrincipal",
    ),
)
"""What the expression for a principal tells of its type."""

_MADE_WITH_IT = re.compile(r"(?:\)|\.properties|\.identity)\.principalId\b")
"""A principal that a template makes; Terraform tries again until Azure knows the principal."""


def _find(file: HostFile) -> Iterator[Found]:
    conditional = _conditional(file)
    for holder in file.contents.assignments:
        if not holder.is_declared or holder.is_pim or Fact.PRINCIPAL_TYPE in holder.facts:
            continue
        principal = holder.facts.get(Fact.PRINCIPAL)
        if principal is None or not (
            holder.name in conditional or _MADE_WITH_IT.search(principal.written)
        ):
            continue
        yield Found(
            file.place(holder, Fact.PRINCIPAL),
            "the type of this principal is not said, so Azure has to look it up",
            "say whether it is a `User`, a `Group` or a `ServicePrincipal`; managed identities are "
            "service principals",
            _fix(holder, principal.written),
        )


def _conditional(file: HostFile) -> frozenset[str]:
    """The names of the assignments with conditions of which something is known.

    A module that only hands on what it is given may be given groups and users as well.
    """
    return frozenset(
        holder.name for condition, holder in file.held() if file.known_text(condition).strip("_")
    )


def _fix(holder: Holder, written: str) -> Fix | None:
    found = next((name for pattern, name in _TYPES if pattern.search(written)), None)
    edit = holder.setting(Fact.PRINCIPAL_TYPE, found) if found else None
    return Fix(f"say `{found}`", (edit,), safe=False) if edit else None


_BICEP = """\
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {{
  name: 'ingest'
  location: resourceGroup().location
}}

resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {{
  name: guid(resourceGroup().id, 'ingest', 'read')
  properties: {{
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')
    principalId: identity.properties.principalId
{}    condition: '''
      (
       (
        !(ActionMatches{{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}})
       )
       OR
       (
        @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'
       )
      )
    '''
    conditionVersion: '2.0'
  }}
}}
"""

RULE = Rule(
    code="IAC702",
    slug="principal-type",
    title="assignment in code that does not say the type of its principal",
    severity=Severity.WARNING,
    needs=Needs.HOST,
    why=(
        "Azure looks the principal up, and does not find one that was made a moment before, so "
        "the first deployment fails. Whoever may only assign roles to some types of principals is "
        "always refused: Azure tests the type that the request names."
    ),
    bad=_BICEP.format(""),
    good=_BICEP.format("    principalType: 'ServicePrincipal'\n"),
    example_file="main.bicep",
    page="role-assignments-template",
    find_in_file=_find,
    mends=Mends.UNSAFE,
    fix=(
        "The type is taken from how the principal is named, as no other place tells it; of another "
        "type the assignment is refused."
    ),
)
