"""What data sources of Terraform say about roles (azurerm, "azurerm_role_definition")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol

from azcond.containers.terraform.folder import Folder, SourceFile, body_of
from azcond.containers.values import Items, Record, Text, Unknown, Value, hole, relocated, told
from azcond.source import Span

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
    given = {
        found.file.tree.written(one.children[0]): one.children[-1]
        for one in body_of(found.node)
        if one.type == "attribute"
    }
    if "name" not in given or "count" in given:
        return None
    role = partial(_role, there, given["name"], reference)
    if "for_each" not in given:
        return role({})
    keys = there.evaluate(given["for_each"])
    match keys:
        case Items(values):
            texts = {one.known: one for one in values if isinstance(one, Text) and one.known}
            pairs = {key: _given(value) for key, value in texts.items()}
        case Record(members):
            pairs = dict(members)
        case _:
            return None
    return Record(
        {key: partial(_each, role, key, get, reference.place) for key, get in pairs.items()}
    )


def _each(
    role: Callable[[Mapping[str, Value]], Value], key: str, get: Callable[[], Value], place: Span
) -> Value:
    each: dict[str, Callable[[], Value]] = {"key": partial(told, key, place), "value": get}
    return role({"each": Record(each)})


def _given(value: Value) -> Callable[[], Value]:
    return lambda: value


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
    return Record({name: _given(value) for name, value in members.items()})
