"""The objects of Terraform in which role assignments and conditions stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from azcond.containers.objects import Attribute, Object, is_camel
from azcond.containers.surroundings import Member
from azcond.containers.terraform.folder import SourceFile, body_of, labels
from azcond.containers.terraform.strings import CODE
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_PIM = frozenset({"azurerm_pim_active_role_assignment", "azurerm_pim_eligible_role_assignment"})
_ASSIGNMENTS = frozenset({"azurerm_marketplace_role_assignment", "azurerm_role_assignment", *_PIM})
_AZAPI = frozenset({"azapi_resource", "azapi_update_resource", "azapi_resource_action"})
_AZAPI_TYPE = re.compile(
    r"Microsoft\.Authorization/(?:roleAssignments|(?P<pim>role(?:Assignment|Eligibility)Schedule"
    r"Requests))(?:@|\Z)",
    re.IGNORECASE,
)
LOCALS = "local"
"""How the object of all local values is called."""

_CHECKS = frozenset({"assert", "check", "lifecycle", "postcondition", "precondition", "validation"})
"""Blocks whose `condition` is a check of the configuration itself."""


_WITHOUT_OBJECTS = frozenset({"comment", "literal_value", "template_expr", "variable_expr"})


class _Place(NamedTuple):
    """A node to look into, with the name of what it is the value of."""

    node: Node
    name: str
    home: str
    is_looped: bool
    introduction: Span | None = None


def find_objects(file: SourceFile, statement: Node) -> Iterator[Object]:
    """The objects of a block or an attribute at the top of a file, outer before inner."""
    pending = [_Place(statement, "", "", is_looped=False)]
    while pending:
        place = pending.pop()
        match place.node.type:
            case "block":
                found, inner = _block(file, place)
            case "attribute":
                found, inner = _attribute(file, place)
            case "object":
                found, inner = _literal(file, place)
            case "tuple":
                found, inner = None, _members_of_tuple(place)
            case kind if kind in _WITHOUT_OBJECTS:
                found, inner = None, []
            case kind:
                is_looped = place.is_looped or kind == "for_expr"
                found = None
                inner = [
                    place._replace(node=child, is_looped=is_looped)
                    for child in place.node.named_children
                ]
        if found is not None:
            yield found
        pending.extend(reversed(inner))


def _block(file: SourceFile, place: _Place) -> tuple[Object | None, list[_Place]]:
    words = list(labels(file.tree, place.node))
    if not words or words[0] in _CHECKS:
        return None, []
    name = _address(words, place.name)
    home = place.home or name
    members = list(body_of(place.node))
    attributes = tuple(_attributes(file, members))
    is_looped = any(one.member.name in {"count", "for_each"} for one in attributes)
    inner = [
        _Place(one, name, home, place.is_looped or is_looped)
        for one in members
        if words[0] != "variable"
    ]
    introduction = _introduction(file, place.node)
    found = Object(name, introduction, attributes, is_looped=is_looped, is_block=True, home=home)
    if words[0] == "variable":
        default = [one for one in attributes if one.member.name == "default"]
        renamed = tuple(one._replace(member=one.member._replace(name=words[-1])) for one in default)
        inner = [_Place(one.node, name, home, is_looped=False) for one in default]
        return found._replace(attributes=renamed), inner
    if words[0] == "resource" and _ASSIGNMENTS.intersection(words[1:2]):
        return found._replace(is_assignment=True, is_pim=words[1] in _PIM, home=""), []
    return found._replace(is_elsewhere=words[0] == "resource"), inner


def _address(words: list[str], around: str) -> str:
    """How expressions call a block; one inside of another has the name of that before its own."""
    match words:
        case [kind, *others] if around:
            return ".".join((around, kind, *others))
        case ["resource", *others] if others:
            return ".".join(others)
        case ["locals"]:
            return LOCALS
        case ["variable", *others]:
            return ".".join(("var", *others))
        case _:
            return ".".join(words)


def _introduction(file: SourceFile, block: Node) -> Span:
    """The type and the labels of a block."""
    words = [child for child in block.children if child.type in {"identifier", "string_lit"}]
    return Span(file.tree.span(words[0]).start, file.tree.span(words[-1]).end)


def _attribute(file: SourceFile, place: _Place) -> tuple[Object | None, list[_Place]]:
    """An attribute of a block is a member of that; one at the top of a file stands for itself."""
    found = list(_attributes(file, [place.node]))
    if not found:
        return None, []
    member, value = found[0]
    name = f"{place.name}.{member.name}" if place.name else member.name
    key = file.tree.span(place.node.children[0])
    inner = [place._replace(node=value, name=name, home=place.home or name, introduction=key)]
    if place.name:
        return None, inner
    return Object(name, key, tuple(found), is_block=True), inner


def _literal(file: SourceFile, place: _Place) -> tuple[Object | None, list[_Place]]:
    elements = [child for child in place.node.children if child.type == "object_elem"]
    attributes = tuple(_attributes(file, elements))
    inner = [
        place._replace(
            node=value,
            name=f"{place.name}.{member.name}",
            introduction=Span(member.whole.start, member.value.start),
        )
        for member, value in attributes
    ]
    introduction = place.introduction or file.tree.span(place.node.children[0])
    found = Object(place.name, introduction, attributes, is_looped=place.is_looped, home=place.home)
    return found._replace(is_camel=is_camel(attributes)), inner


def _members_of_tuple(place: _Place) -> list[_Place]:
    members = [child for child in place.node.children if child.type == "expression"]
    return [
        place._replace(node=child, name=f"{place.name}[{index}]", introduction=None)
        for index, child in enumerate(members)
    ]


def _attributes(file: SourceFile, nodes: list[Node]) -> Iterator[Attribute]:
    """The attributes among the members of a block or of an object, but for broken ones."""
    for node in nodes:
        inner = [child for child in node.children if child.type == "expression"]
        if node.type == "attribute" and inner:
            name, value = node.children[0], inner[-1]
        elif node.type == "object_elem" and len(inner) > 1:
            name, value = inner[0], inner[-1]
        else:
            continue
        whole = Span(file.tree.span(name).start, file.tree.span(value).end)
        spelled = file.tree.written(name).strip('"')
        member = Member(spelled, whole, file.tree.span(value), is_literal=_is_literal(value))
        yield Attribute(member, value)


def _is_literal(expression: Node) -> bool:
    children = expression.children
    if len(children) != 1 or children[0].type not in {"literal_value", "template_expr"}:
        return False
    return not any(part.type in CODE for one in children[0].children for part in one.children)


def alternatives(expression: Node) -> Iterator[Node]:
    """What an expression may come to: `a ? b : c` is one of two, anything else itself."""
    pending = [expression]
    while pending:
        node = pending.pop()
        inner = node.children
        while node.type == "expression" and (len(inner) == 1 or inner[0].type == "("):
            node = inner[0] if len(inner) == 1 else inner[1]
            inner = node.children
        if node.type == "conditional":
            branches = [child for child in inner if child.type == "expression"]
            pending.extend(reversed(branches[1:]))
        else:
            yield node


# --- azapi ---------------------------------------------------------------------------------


def is_azapi(block: Object) -> bool:
    """Whether a block is a resource of the provider that takes the shapes of the REST API."""
    return block.is_block and block.name.partition(".")[0] in _AZAPI


def azapi_assignment(file: SourceFile, block: Object, kind: str) -> Object | None:
    """The role assignment in the body of a resource of a type, if it is told.

    Raises `ValueError` if the type is another one.
    """
    match = _AZAPI_TYPE.match(kind)
    if match is None:
        raise ValueError(kind)
    by_name = {one.member.name: one for one in block.attributes}
    body = by_name.get("body")
    properties = None if body is None else _object_in(file, body.node, "properties")
    if properties is None:
        return None
    elements = [child for child in properties.children if child.type == "object_elem"]
    outer = tuple(
        one._replace(member=one.member._replace(name="scope"))
        for one in block.attributes
        if one.member.name == "parent_id"
    )
    return block._replace(
        attributes=tuple(_attributes(file, elements)),
        is_assignment=True,
        is_pim=match["pim"] is not None,
        is_camel=True,
        home="",
        outer=outer,
    )


def _object_in(file: SourceFile, expression: Node, name: str) -> Node | None:
    """The object under a name of an object, which may be given to `jsonencode`."""
    outer = _object(expression)
    for one in () if outer is None else _attributes(file, outer.children):
        if one.member.name == name:
            return _object(one.node)
    return None


_WRAPPERS = frozenset({"collection_value", "expression", "function_arguments", "function_call"})


def _object(node: Node) -> Node | None:
    """The object that an expression is, or is made from."""
    while node.type in _WRAPPERS:
        inner = [one for one in node.named_children if one.type not in {"identifier", "comment"}]
        if len(inner) != 1:
            return None
        node = inner[0]
    return node if node.type == "object" else None
