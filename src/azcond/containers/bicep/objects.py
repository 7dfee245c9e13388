"""The objects of Bicep in which role assignments and conditions stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from azcond.containers.bicep.source import (
    BicepFile,
    is_existing,
    object_of,
    resource_type,
    value_of,
)
from azcond.containers.bicep.strings import INTERPOLATION
from azcond.containers.objects import Attribute, Object
from azcond.containers.surroundings import Member
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_ASSIGNMENT = re.compile(
    r"(?:.*/)?(?:Microsoft\.Authorization|providers)/(?:roleAssignments"
    r"|(?P<pim>role(?:Assignment|Eligibility)ScheduleRequests))(?:@|\Z)",
    re.IGNORECASE,
)
_DEPLOYMENT = re.compile(r"Microsoft\.Resources/deployment", re.IGNORECASE)
_KEYWORDS = frozenset({"module_declaration", "resource_declaration"})


class _Place(NamedTuple):
    """A node to look into, with the name of what it is the value of."""

    node: Node
    name: str
    home: str
    is_looped: bool = False
    introduction: Span | None = None
    is_elsewhere: bool = False


def find_objects(file: BicepFile, declaration: Node) -> Iterator[Object | Span]:
    """The objects of a declaration, outer before inner; just the words that introduce it for a role
    assignment whose properties are not told.
    """
    pending = [_Place(declaration, "", "")]
    while pending:
        place = pending.pop()
        match place.node.type:
            case "resource_declaration" if found := _assignment(file, place.node):
                yield found
                inner = []
            case "resource_declaration" | "module_declaration":
                inner = _value(file, place)
            case "variable_declaration" | "parameter_declaration":
                yield _variable(file, place.node)
                inner = _value(file, place)
            case "object":
                yield _literal(file, place)
                inner = _properties(file, place)
            case "array":
                inner = _elements(place)
            case "string" | "comment":
                inner = []
            case kind:
                is_looped = place.is_looped or kind == "for_statement"
                inner = [
                    place._replace(node=child, is_looped=is_looped)
                    for child in place.node.named_children
                ]
        pending.extend(reversed(inner))


def _introduction(file: BicepFile, declaration: Node) -> Span:
    """What a declaration begins with: its keyword, its name and, where it has one, its type."""
    words = [child for child in declaration.children if child.type in {"identifier", "string"}]
    is_typed = declaration.type in _KEYWORDS
    last = words[-1] if words and is_typed else (words or declaration.children)[0]
    return Span(file.tree.span(declaration).start, file.tree.span(last).end)


def _assignment(file: BicepFile, declaration: Node) -> Object | Span | None:
    match = _ASSIGNMENT.match(resource_type(file.tree, declaration))
    if match is None or is_existing(declaration):
        return None
    introduction = _introduction(file, declaration)
    resource, is_looped = object_of(value_of(declaration))
    members = (
        {} if resource is None else {one.member.name: one for one in attributes(file, resource)}
    )
    properties = members.get("properties")
    if properties is None or properties.node.type != "object":
        return introduction
    scope = members.get("scope")
    return Object(
        file.name_of(declaration),
        introduction,
        tuple(attributes(file, properties.node)),
        outer=() if scope is None else (scope,),
        home="" if scope is not None else file.target_scope,
        is_assignment=True,
        is_pim=match["pim"] is not None,
        is_looped=is_looped,
        is_camel=True,
    )


def _value(file: BicepFile, place: _Place) -> list[_Place]:
    name = file.name_of(place.node)
    value = value_of(place.node)
    if value is None:
        return []
    is_resource = place.node.type == "resource_declaration"
    is_elsewhere = is_resource and not _DEPLOYMENT.match(resource_type(file.tree, place.node))
    return [_Place(value, name, name, place.is_looped, is_elsewhere=is_elsewhere)]


def _variable(file: BicepFile, declaration: Node) -> Object:
    """A variable or a parameter as a member that has its name."""
    name, introduction = file.name_of(declaration), _introduction(file, declaration)
    value = value_of(declaration)
    if value is None:
        return Object(name, introduction, (), is_block=True)
    place = file.tree.span(value)
    member = Member(name, Span(introduction.start, place.end), place, is_literal=False)
    return Object(name, introduction, (Attribute(member, value),), is_block=True)


def _literal(file: BicepFile, place: _Place) -> Object:
    introduction = place.introduction or file.tree.span(place.node.children[0])
    return Object(
        place.name,
        introduction,
        tuple(attributes(file, place.node)),
        home=place.home,
        is_looped=place.is_looped,
        is_camel=True,
        is_elsewhere=place.is_elsewhere,
    )


def _properties(file: BicepFile, place: _Place) -> list[_Place]:
    """The values of an object, and the resources that are declared in it."""
    found = []
    for one in place.node.named_children:
        inner = [child for child in one.named_children if child.type == "resource_declaration"]
        found += [place._replace(node=child, introduction=None) for child in inner]
        for member, value in attributes(file, one) if not inner else ():
            introduction = Span(member.whole.start, member.value.start)
            name = f"{place.name}.{member.name}"
            found.append(place._replace(node=value, name=name, introduction=introduction))
    return found


def _elements(place: _Place) -> list[_Place]:
    members = [child for child in place.node.named_children if child.type != "comment"]
    return [
        place._replace(node=child, name=f"{place.name}[{index}]", introduction=None)
        for index, child in enumerate(members)
    ]


def attributes(file: BicepFile, node: Node) -> Iterator[Attribute]:
    """The members of an object, or a property as the only one."""
    for one in [node] if node.type == "object_property" else node.children:
        inner = [child for child in one.named_children if child.type not in {"comment", "ERROR"}]
        if one.type == "object_property" and len(inner) > 1:
            name, value = inner[0], inner[-1]
            place = file.tree.span(value)
            whole = Span(file.tree.span(name).start, place.end)
            spelled = file.tree.written(name).strip("'")
            yield Attribute(Member(spelled, whole, place, is_literal=_is_literal(value)), value)


def _is_literal(value: Node) -> bool:
    if value.type != "string":
        return value.type in {"boolean", "null", "number"}
    return not any(child.type == INTERPOLATION for child in value.children)


def alternatives(expression: Node) -> Iterator[Node]:
    """What an expression may come to: `a ? b : c` is one of two, anything else itself."""
    pending = [expression]
    while pending:
        node = pending.pop()
        inner = [child for child in node.named_children if child.type != "comment"]
        while node.type == "parenthesized_expression" and len(inner) == 1:
            node = inner[0]
            inner = [child for child in node.named_children if child.type != "comment"]
        if node.type == "ternary_expression":
            pending.extend(reversed(inner[1:]))
        else:
            yield node
