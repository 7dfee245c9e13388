"""What data sources of Terraform say about roles (azurerm, "azurerm_role_definition")."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol

from azcond.containers.terraform.folder import Folder, SourceFile, body_of
from azcond.containers.terraform.loops import each_of, given
from azcond.containers.values import Record, Text, Unknown, Value, hole, relocated, told

if TYPE_CHECKING:
    from tree_sitter import Node


class Evaluator(Protocol):
    """What is needed of the expressions around a data source."""

    folder: Folder

    def of(self, file: SourceFile) -> Evaluator:
        """The expressions of another file."""

    def evaluate(self, node: Node) -> Value:
        """The value of an expression."""

    def evaluate_with(self, bound: Mapping[str, Value], node: Node) -> Value:
        """The value of an expression in which some names stand for values."""


def role_data(expressions: Evaluator, address: str, reference: Unknown) -> Value | None:
    """What is known of a role that is looked up by its name: an object, or with `for_each` one for
    each key. Nothing if it is not told what is looked up. `reference` is where that is used.
    """
    found = expressions.folder.role(address)
    if found is None:
        return None
    there = expressions.of(found.file)
    attributes = {
        found.file.tree.written(one.children[0]): one.children[-1]
        for one in body_of(found.node)
        if one.type == "attribute"
    }
    if "name" not in attributes or "count" in attributes:
        return None
    role = partial(_role, there, attributes["name"], reference)
    if "for_each" not in attributes:
        return role({})
    each = each_of(there.evaluate(attributes["for_each"]), reference.place)
    if each is None:
        return None
    return Record({key: partial(role, {"each": one}) for key, one in each.items()})


def _role(there: Evaluator, node: Node, reference: Unknown, bound: Mapping[str, Value]) -> Value:
    """The role of a name. Only built-in ones have a GUID that is known."""
    from azcond.catalogue import role_guid  # noqa: PLC0415  # seldom needed

    name = there.evaluate_with(bound, node)
    guid = role_guid(name.known) if isinstance(name, Text) and name.known else None
    if guid is None:
        return Record({})
    place = reference.place
    path = told(f"/providers/Microsoft.Authorization/roleDefinitions/{guid}", place)
    members: dict[str, Value] = {
        "id": Text((hole(reference.expression, reference), *path.pieces)),  # which scope is unknown
        "name": relocated(name, place),
        "role_definition_id": told(guid, place),
    }
    return Record({name: given(value) for name, value in members.items()})
