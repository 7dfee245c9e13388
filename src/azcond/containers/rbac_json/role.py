"""The role definition around a condition in JSON: what the role grants, as far as it can be read.

Reading here is for knowing more about a condition, so what has another shape is left out, without
an error; `azcond.access.documents` is strict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from azcond.access.models import Permission, RoleDefinition
from azcond.containers.rbac_json.names import names_of

_LISTS = ("actions", "notactions", "dataactions", "notdataactions")


def read_definition(guid: str, name: str, entries: Sequence[Any]) -> RoleDefinition | None:
    """The role of some permission entries; nothing unless each says what it grants."""
    permissions = [_permission(entry) for entry in entries]
    known = [permission for permission in permissions if permission is not None]
    if not known or len(known) < len(permissions):
        return None
    return RoleDefinition(guid, name, tuple(known))


def _permission(entry: Any) -> Permission | None:
    if not isinstance(entry, Mapping):
        return None
    members = {folded: entry[name] for folded, name in names_of(entry).items()}
    if not any(name in members for name in _LISTS):
        return None
    lists = [members.get(name) or [] for name in _LISTS]
    if not all(isinstance(one, list) and _are_texts(one) for one in lists):
        return None
    condition, version = (members.get(name) for name in ("condition", "conditionversion"))
    actions, not_actions, data_actions, not_data_actions = (tuple(one) for one in lists)
    return Permission(
        actions,
        not_actions,
        data_actions,
        not_data_actions,
        condition if isinstance(condition, str) else None,
        version if isinstance(version, str) else None,
    )


def _are_texts(values: Sequence[Any]) -> bool:
    return all(isinstance(value, str) for value in values)
