"""Objects with named members, in which role assignments and conditions stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from azcond.containers.surroundings import Member
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node


class Attribute(NamedTuple):
    """A member of an object, and the expression that is its value."""

    member: Member
    node: Node


class Object(NamedTuple):
    """An object: how it is called, what introduces it, and its members.

    `is_assignment` says that it is one for sure. `outer` are members of an object around it that
    are about it too. `home` is what it stands in, whose scope it has. In a loop (`is_looped`) one
    expression has many values. A block (`is_block`) takes just the members that it is known for.
    What is part of a resource that assigns no roles `is_elsewhere`.
    """

    name: str
    introduction: Span
    attributes: tuple[Attribute, ...]
    outer: tuple[Attribute, ...] = ()
    home: str = ""
    is_assignment: bool = False
    is_pim: bool = False
    is_looped: bool = False
    is_block: bool = False
    is_camel: bool = False
    is_elsewhere: bool = False


def is_camel(attributes: tuple[Attribute, ...]) -> bool:
    """Whether the names of members are spelled like `principalId`."""
    names = [one.member.name for one in attributes]
    return any(name != name.lower() for name in names) and not any("_" in name for name in names)
