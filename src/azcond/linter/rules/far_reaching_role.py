"""SEC318: an allow-list with a role that reaches identities or machines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from azcond.access.models import RoleDefinition
from azcond.actions import action_matches
from azcond.diagnostics import Severity
from azcond.kinds import guid_value
from azcond.linter.role_sets import role_literals
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.showing import shown_role
from azcond.linter.subject import Subject

GOOD = """\
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 OR @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
AND
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 OR @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
"""

_REACHES = {
    "Microsoft.Compute/virtualMachines/runCommand/action": "run commands on virtual machines",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write": (
        "sign in as managed identities"
    ),
}


def _find(subject: Subject) -> Iterator[Found]:
    allowed = subject.delegation.assignable
    if not allowed.is_allow_list:
        return
    left = allowed.ids - subject.settings.roles.granting.keys()
    for comparison in subject.delegation.assigning_lists:
        for literal in role_literals(comparison):
            guid = guid_value(literal.value)
            role = subject.settings.roles.find(guid) if guid in left else None
            reach = _reach(role) if role is not None else None
            if role is not None and guid is not None and reach is not None:
                left -= {guid}
                yield Found(
                    literal.span,
                    f"{shown_role(role)} can {reach}, and so have the rights of identities there",
                    "list it only if the delegate may come to have those rights",
                )


@lru_cache(maxsize=1024)
def _reach(role: RoleDefinition) -> str | None:
    return next((what for action, what in _REACHES.items() if _grants(role, action)), None)


def _grants(role: RoleDefinition, action: str) -> bool:
    return any(
        not entry.condition
        and any(action_matches(pattern.strip(), action) for pattern in entry.actions)
        and not any(action_matches(pattern.strip(), action) for pattern in entry.not_actions)
        for entry in role.permissions
    )


RULE = Rule(
    code="SEC318",
    slug="far-reaching-role",
    title="allow-list with a role that reaches identities or machines",
    severity=Severity.INFO,
    needs=Needs.CATALOGUE,
    why=(
        "A role that runs commands on a machine, or adds credentials to a managed identity, has "
        "the rights of that identity too. A delegate assigns it to themselves and goes on from "
        "there with rights that no one assigned to them."
    ),
    bad=GOOD.replace(
        "{acdd72a7-3385-48ef-bd42-f606fba81ae7}", "{b24988ac-6180-42a0-ab88-20f7382dd24c}"
    ),
    good=GOOD,
    page="delegate-role-assignments-overview",
    find=_find,
)
