"""Finding conditions in Bicep (role-assignments-template; Azure Verified Modules, "Role").

Resources that assign roles are known by their type. Elsewhere, in the parameters of modules and in
variables, what is meant is told by names and words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from azcond.containers.bicep.expressions import Expressions
from azcond.containers.bicep.objects import alternatives, find_objects
from azcond.containers.bicep.roles import define_role, read_role
from azcond.containers.bicep.source import BicepFile, is_existing
from azcond.containers.bicep.strings import encode_quoted
from azcond.containers.commenting import speaks_to_azcond
from azcond.containers.model import Contents, Host
from azcond.containers.objects import Object
from azcond.containers.scan import Role, Scan
from azcond.containers.values import Value

if TYPE_CHECKING:
    from tree_sitter import Node

_OF_INTEREST = re.compile(
    r"condition|roleAssignment|role(?:Assignment|Eligibility)Schedule|roleDefinition", re.IGNORECASE
)
_SCANNED = frozenset(
    {
        "module_declaration",
        "parameter_declaration",
        "resource_declaration",
        "variable_declaration",
    }
)


def find_in_bicep(text: str, beside: Callable[[str], Mapping[str, str]]) -> Contents:
    """Every condition in a file of Bicep, with the role assignments and roles around it.

    `beside` gives the other files of the folder, whose text a condition may be loaded from.
    """
    if not _OF_INTEREST.search(text) and not speaks_to_azcond(text):
        return Contents()
    file = BicepFile(text)
    bicep = _Bicep(Expressions(file, beside))
    scan = Scan(bicep)
    variables: list[Object] = []
    for declaration in file.declarations():
        start, end = file.tree.span(declaration)
        if declaration.type not in _SCANNED or not _OF_INTEREST.search(text, start, end):
            continue
        for found in find_objects(file, declaration):
            if not isinstance(found, Object):
                message = "the properties of this role assignment are not written here, so they "
                scan.leave_unread(f"{message}were not read", found.start)
            elif declaration.type == "variable_declaration" and found.is_block:
                variables.append(found)
            else:
                scan.read(found)
    for found in variables:  # last: others tell which of them are used as conditions
        if not bicep.expressions.has_followed(found.name):
            scan.read(found)
    roles = (
        define_role(bicep.expressions, one) for one in file.roles.values() if not is_existing(one)
    )
    return scan.contents(role for role in roles if role is not None)


class _Bicep:
    """The language, as far as a scan of one file asks for it."""

    host = Host.BICEP

    def __init__(self, expressions: Expressions) -> None:
        self.expressions = expressions
        self.tree = expressions.tree

    def evaluate(self, node: Node) -> Value:
        return self.expressions.evaluate(node)

    def alternatives(self, node: Node) -> Iterator[Node]:
        return alternatives(node)

    def read_role(self, node: Node) -> Role:
        return read_role(self.expressions, node)

    def quote(self, text: str) -> str:
        return f"'{encode_quoted(text)}'"
