"""Which role Bicep assigns: by its id, through a resource that exists, or defined beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from azcond.containers.bicep.expressions import Expressions
from azcond.containers.bicep.objects import attributes
from azcond.containers.bicep.source import is_existing, object_of, value_of
from azcond.containers.model import Field
from azcond.containers.rbac_json.role import read_definition
from azcond.containers.scan import Role
from azcond.containers.surroundings import guid_at_end
from azcond.containers.values import Items, Record, Text, Unknown, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from azcond.access.models import RoleDefinition

_REFERENCE = re.compile(r"(?P<name>[A-Za-z_]\w*)(?:\.id|\.name)\Z")


def read_role(expressions: Expressions, node: Node) -> Role:
    """The role that an expression names."""
    written = expressions.tree.written(node)
    value = expressions.evaluate(node)
    if isinstance(value, Text) and value.known is not None:
        return Role(Field(value.known, value.known))
    if isinstance(value, Text) and (guid := guid_at_end(value)):
        return Role(Field(guid, written))
    expression = value.origin or value.expression if isinstance(value, Unknown) else ""
    reference = _REFERENCE.match(expression)
    found = expressions.file.roles.get(reference["name"]) if reference else None
    if found is None:
        return Role(Field(None, written))
    definition = None if is_existing(found) else define_role(expressions, found)
    name = definition.name if definition else _member(expressions, found, "name")
    return Role(Field(name, name or written), definition)


def _member(expressions: Expressions, declaration: Node, name: str) -> str | None:
    """A member of a resource that is a known text."""
    resource, _ = object_of(value_of(declaration))
    found = () if resource is None else attributes(expressions.file, resource)
    for one in found:
        if one.member.name == name:
            value = expressions.evaluate(one.node)
            return value.known if isinstance(value, Text) else None
    return None


def define_role(expressions: Expressions, declaration: Node) -> RoleDefinition | None:
    """The role that a resource defines, if every list in it is told."""
    resource, _ = object_of(value_of(declaration))
    value = None if resource is None else _plain(expressions.evaluate(resource))
    properties = value.get("properties") if isinstance(value, dict) else None
    if not isinstance(properties, dict) or not isinstance(properties.get("permissions"), list):
        return None
    names = (properties.get("rolename"), expressions.file.name_of(declaration))
    title = next(name for name in names if isinstance(name, str) and name)
    return read_definition(
        _member(expressions, declaration, "name") or title, title, properties["permissions"]
    )


def _plain(value: Value) -> object:
    """A value as JSON has it; what is not told has a shape that no role has."""
    match value:
        case Text():
            return value.known
        case Items(values):
            return [_plain(one) for one in values]
        case Record(members):
            return {name.lower(): _plain(get()) for name, get in members.items()}
        case _:
            return True
