"""What a condition in JSON belongs to: a role, a role assignment or some other object."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from azcond.access.models import RoleDefinition
from azcond.containers.model import Fact, Field, Holder
from azcond.containers.rbac_json.document import Around, Document, Members, is_permission, written
from azcond.containers.rbac_json.facts import find_facts, place_of, scope_of, setting_of
from azcond.containers.rbac_json.names import (
    BESIDE_A_CONDITION,
    CONDITION,
    FACT_NAMES,
    OF_A_ROLE,
    OF_PIM,
    names_of,
)
from azcond.containers.rbac_json.role import read_definition
from azcond.jsontext import Path

_PIM_TYPES = ("roleeligibilityschedule", "roleassignmentschedule", "azurerm_pim_")
_RESOURCE = re.compile(r"\bMicrosoft\.Authorization/role|^azurerm_\w*role_", re.IGNORECASE)
"""How types and ids begin that only resources of Azure have, or of Terraform for them."""
_OF_A_ROLE_ENTRY = (Fact.VERSION,)
_OF_AN_ASSIGNMENT = tuple(FACT_NAMES)


def find_holder(document: Document, path: Path) -> Holder | None:
    """What the object at a path is, or belongs to; nothing for a document without a name."""
    around = document.around(path)
    if is_permission(path):
        entries = around[-2][1][str(path[-2])]
        return _role(document, around[:-1], int(path[-1]) + 1, entries, path)
    own = names_of(around[-1][1])
    if not OF_A_ROLE.isdisjoint(own):
        return _role(document, around, 1, [around[-1][1]], path)
    if not BESIDE_A_CONDITION.isdisjoint(own):
        return read_assignment(document, path)
    return Holder("object", written(path)) if path else None


def _role(
    document: Document, around: Around, entry: int, entries: Sequence[Any], path: Path
) -> Holder:
    """The role definition of some objects that are one; the entry is the object at the path."""
    names, definition = read_role(document, around, entries)
    own = [(path, one) for one in entries[entry - 1 : entry] if isinstance(one, Mapping)]
    return Holder(
        "role",
        names[0] if names else "without a name",
        frozenset(names),
        entry,
        len(entries),
        definition,
        find_facts(document, document.members(own), _OF_A_ROLE_ENTRY),
        is_resource=True,
        place=partial(place_of, document, path),
        setting=partial(setting_of, document, path, _OF_A_ROLE_ENTRY),
    )


def read_role(
    document: Document, around: Around, entries: Sequence[Any]
) -> tuple[list[str], RoleDefinition | None]:
    """What a role definition is called, and the definition itself where it can be read."""
    members = document.members(around)
    own = members.text("id")
    names = [members.text("rolename"), members.text("name"), _last_segment(own), own]
    names = [one for one in names if one]
    guid = _last_segment(members.text("roledefinitionid") or own) or members.text("name")
    return names, read_definition(guid, names[0] if names else "without a name", entries)


def read_assignment(document: Document, path: Path) -> Holder:
    """The role assignment whose facts stand in the object at a path."""
    around = document.around(path)
    members = document.members(around)
    facts = find_facts(document, members, _OF_AN_ASSIGNMENT)
    if Fact.SCOPE not in facts and (scope := scope_of(document, members, path)):
        facts[Fact.SCOPE] = scope
    own_id = members.text("id", "roleassignmentid")
    name = _terraform_name(path) or members.text("address", "name", "roleassignmentname")
    name = name or _last_segment(own_id)
    role, principal = _shown(members, facts.get(Fact.ROLE))
    title = name or written(path) or "without a name"
    title += f", role {role}" if role else ""
    title += f", principal {principal}" if principal else ""
    role_id = _last_segment(members.text("roledefinitionid"))
    identifiers = frozenset([one for one in (name, own_id, role, role_id) if one])
    return Holder(
        "assignment",
        title,
        identifiers,
        facts=facts,
        is_pim=_is_pim(members, own_id, name),
        is_declared="apiversion" in members.values or bool(_terraform_name(path)),
        is_resource=_is_resource(members, path, own_id),
        has_condition=_has_condition(around[-1][1]),
        place=partial(place_of, document, path),
        setting=partial(setting_of, document, path, _OF_AN_ASSIGNMENT),
    )


def _has_condition(members: Mapping[str, Any]) -> bool:
    """Whether the object with the facts has a condition; that of a resource of an ARM template says
    whether there is one.
    """
    names = names_of(members)
    given = members.get(names.get(CONDITION, ""))
    return given is not None and given != "" and "apiversion" not in names


def _is_resource(members: Members, path: Path, own_id: str) -> bool:
    """Whether an assignment has the shape that Azure knows or gives: as a body, as a resource of a
    template or of Terraform, or as an answer with its id or its type.
    """
    is_body = any(str(part).lower() == "properties" for part in path[-1:])
    told = (members.plain("type"), own_id)
    return is_body or bool(_terraform_name(path)) or any(map(_RESOURCE.search, told))


def _is_pim(members: Members, own_id: str, name: str) -> bool:
    if not OF_PIM.isdisjoint(members.values):
        return True
    told = f"{members.plain('type')} {own_id} {name}".lower()
    return any(one in told for one in _PIM_TYPES)


def _shown(members: Members, given: Field | None) -> tuple[str, str]:
    """The role and the principal of an assignment, as people know them."""
    expanded = members.values.get("expandedproperties")
    role = members.text("roledefinitionname", "roledefinitionidorname")
    role = role or _display_name(expanded, "roleDefinition")
    if given is not None and not role:
        role = _last_segment(given.value) if isinstance(given.value, str) else given.written
    principal = _display_name(expanded, "principal")
    of_principal = ("principalname", "displayname", "principalid", "objectid")
    return role, principal or members.text(*of_principal)


def _display_name(expanded: Any, part: str) -> str:
    given = expanded.get(part) if isinstance(expanded, dict) else None
    name = given.get("displayName") if isinstance(given, dict) else None
    return name if isinstance(name, str) else ""


def _terraform_name(path: Path) -> str:
    """The address of a resource in Terraform's JSON syntax."""
    if len(path) > 2 and path[0] == "resource":  # noqa: PLR2004  # kind and name follow
        return ".".join([part for part in path[1:] if isinstance(part, str)])
    return ""


def _last_segment(resource_id: str) -> str:
    return resource_id.rstrip("/").rpartition("/")[2]
