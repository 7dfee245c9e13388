"""Which role Terraform assigns: by its name or id, through a data source, or defined beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from azcond.containers.model import Field
from azcond.containers.rbac_json.role import read_definition
from azcond.containers.scan import Role
from azcond.containers.surroundings import guid_at_end, plain_name
from azcond.containers.terraform.expressions import Expressions
from azcond.containers.terraform.folder import Named, body_of, labels
from azcond.containers.values import Items, Text, Unknown, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from azcond.access.models import RoleDefinition

_REFERENCE = re.compile(r"(?P<address>(?:data\.)?azurerm_role_definition\.[\w-]+)\.\w+\Z")
_PERMISSIONS = "permissions"


def read_role(expressions: Expressions, node: Node) -> Role:
    """The role that an expression names."""
    written = expressions.file.tree.written(node)
    value = expressions.evaluate(node)
    expression = written if _REFERENCE.match(written) else _last_expression(value)
    reference = _REFERENCE.match(expression or "")
    found = expressions.folder.role(reference["address"]) if reference else None
    if found is None:
        return Role(_field(value, written))
    texts = expressions.texts_of(found)
    name = texts.get("name") or texts.get("role_definition_id")
    definition = None
    if found.node.children and next(labels(found.file.tree, found.node)) == "resource":
        definition = define_role(expressions, found)
    return Role(Field(name, name or written), definition)


def _field(value: Value, written: str) -> Field:
    """A role that is told as a text, or as an id of which at least the end is known."""
    if isinstance(value, Text) and value.known is not None:
        return Field(value.known, value.known)
    return Field(guid_at_end(value) if isinstance(value, Text) else None, written)


def _last_expression(value: Value) -> str | None:
    """The expression that a value is, or ends in."""
    match value:
        case Unknown():
            return value.origin or value.expression
        case Text([*_, last]):
            return last.expression
        case _:
            return None


def define_role(expressions: Expressions, found: Named) -> RoleDefinition | None:
    """The role that a block defines, if every list in it is told."""
    texts = expressions.texts_of(found)
    label = list(labels(found.file.tree, found.node))[-1]
    entries = [_entry(expressions, found, block) for block in _permissions(found)]
    name = texts.get("name") or label
    return read_definition(texts.get("role_definition_id") or name, name, entries)


def _permissions(found: Named) -> Iterator[Node]:
    """The blocks of a role that say what it grants."""
    for one in body_of(found.node):
        if one.type == "block" and next(labels(found.file.tree, one), "") == _PERMISSIONS:
            yield one


def _entry(expressions: Expressions, found: Named, block: Node) -> dict[str, object]:
    entry: dict[str, object] = {}
    for one in body_of(block):
        if one.type == "attribute":
            name = plain_name(found.file.tree.written(one.children[0]))
            entry[name] = _plain(expressions.of(found.file).evaluate(one.children[-1]))
    return entry


def _plain(value: Value) -> object:
    """A text or a list of texts; what is not told has a shape that no role has."""
    match value:
        case Text():
            return value.known
        case Items(values):
            return [_plain(one) for one in values]
        case _:
            return True
