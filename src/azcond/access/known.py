"""The roles that can be asked about without a tenant: the built-in ones, and those given."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from azcond.access.built_in import with_built_in_roles
from azcond.access.models import RoleDefinition, fold_id
from azcond.actions import action_matches
from azcond.kinds import fold

GRANTING_ACTION = "Microsoft.Authorization/roleAssignments/write"
"""The action that gives a role to someone."""


class KnownRoles:
    """Role definitions by GUID and by name. Where a built-in role is given too, that one stands."""

    def __init__(self, given: Iterable[RoleDefinition] = ()) -> None:
        self._given = tuple(given)

    @cached_property
    def _by_guid(self) -> dict[str, RoleDefinition]:
        return {fold_id(role.id): role for role in with_built_in_roles(self._given)}

    @cached_property
    def _by_name(self) -> dict[str, RoleDefinition]:
        return {fold(role.name): role for role in self._by_guid.values()}

    def find(self, role: str) -> RoleDefinition | None:
        """The role of a GUID (dashed or not), of a full role definition id or of a name."""
        last = role.rstrip("/").rpartition("/")[2]
        return self._by_guid.get(fold_id(last)) or self._by_name.get(fold(role))

    @cached_property
    def granting(self) -> dict[str, RoleDefinition]:
        """By GUID, the roles that can give roles to anyone: no condition stands in their way."""
        return {guid: role for guid, role in self._by_guid.items() if can_grant_roles(role)}

    @cached_property
    def named_actions(self) -> frozenset[str]:
        """Every action that a role names, folded; patterns with a wildcard among them."""
        return frozenset(
            fold(action)
            for role in self._by_guid.values()
            for entry in role.permissions
            for action in (*entry.actions, *entry.data_actions)
        )


def can_grant_roles(role: RoleDefinition) -> bool:
    """Whether an entry of the role allows creating role assignments, and has no condition."""
    return any(
        not entry.condition
        and any(action_matches(pattern, GRANTING_ACTION) for pattern in entry.actions)
        and not any(action_matches(pattern, GRANTING_ACTION) for pattern in entry.not_actions)
        for entry in role.permissions
    )


BUILT_IN = KnownRoles()
"""What is known when nothing is given."""
