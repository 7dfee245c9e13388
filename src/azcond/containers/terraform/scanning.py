"""Finding conditions in Terraform (azurerm, "azurerm_role_assignment"; azapi, "azapi_resource").

Resources that assign roles are known by their type. Elsewhere, in the arguments of modules, in
variables and in local values, what is meant is told by names and words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from azcond.containers.commenting import speaks_to_azcond
from azcond.containers.model import Contents, Host
from azcond.containers.objects import Object
from azcond.containers.scan import Role, Scan
from azcond.containers.terraform.expressions import Expressions, expressions_of
from azcond.containers.terraform.folder import Folder, Named, SourceFile, labels, statements
from azcond.containers.terraform.objects import (
    LOCALS,
    alternatives,
    azapi_assignment,
    find_objects,
    is_azapi,
)
from azcond.containers.terraform.roles import define_role, read_role
from azcond.containers.terraform.rounds import find_rounds
from azcond.containers.terraform.strings import encode_quoted
from azcond.containers.values import Text, Value

if TYPE_CHECKING:
    from tree_sitter import Node

_OF_INTEREST = re.compile(r"condition|role_?assignment|role_?definition", re.IGNORECASE)
_ROLE = ["resource", "azurerm_role_definition"]


def find_in_terraform(text: str, beside: Callable[[str], Mapping[str, str]]) -> Contents:
    """Every condition in a file of Terraform, with the role assignments and roles around it.

    `beside` gives the other files of the folder, which may say what a name stands for.
    """
    if not _OF_INTEREST.search(text) and not speaks_to_azcond(text):
        return Contents()
    file = SourceFile(text)
    terraform = _Terraform(expressions_of(Folder(file, beside)))
    scan, roles, local_values = Scan(terraform), [], []
    for statement in statements(file.tree.root):
        start, end = file.tree.span(statement)
        if not _OF_INTEREST.search(text, start, end):
            continue
        if statement.type == "block" and list(labels(file.tree, statement))[:2] == _ROLE:
            roles.append(define_role(terraform.expressions, Named(file, statement)))
        for found in _objects(scan, terraform, statement):
            if found.name.partition(".")[0] == LOCALS:
                local_values.append(found)
            else:
                _read(scan, terraform, found)
    for found in local_values:  # last: others tell which of them are used as conditions
        _read_local(scan, terraform, found)
    return scan.contents(role for role in roles if role is not None)


def _read(scan: Scan, terraform: _Terraform, found: Object) -> None:
    """Read a block or an object, once for each thing that it stands for."""
    for one, bound in find_rounds(terraform.expressions, found):
        with terraform.expressions.binding(bound):
            scan.read(one)


def _read_local(scan: Scan, terraform: _Terraform, found: Object) -> None:
    """Read the local values, or an object in them, as far as no condition was found by them."""
    if found.name == LOCALS:
        unused = (one for one in found.attributes if not terraform.uses(one.member.name))
        scan.read(found._replace(attributes=tuple(unused)))
    elif not any(scan.has_taken(one.member.value) for one in found.attributes):
        scan.read(found)


def _objects(scan: Scan, terraform: _Terraform, statement: Node) -> Iterator[Object]:
    """The objects of a block or an attribute at the top of the file."""
    file = terraform.expressions.file
    for found in find_objects(file, statement):
        kind = terraform.azapi_type(found)
        if kind is None:
            yield found
            continue
        try:
            within = azapi_assignment(file, found, kind)
        except ValueError:  # a resource of another type
            yield found
            continue
        if within is None:
            message = "the body of this role assignment is not written here, so it was not read"
            scan.leave_unread(message, found.introduction.start)
        else:
            yield within
        return


class _Terraform:
    """The language, as far as a scan of one file asks for it."""

    host = Host.TERRAFORM

    def __init__(self, expressions: Expressions) -> None:
        self.expressions = expressions
        self.tree = expressions.file.tree

    def evaluate(self, node: Node) -> Value:
        return self.expressions.evaluate(node)

    def alternatives(self, node: Node) -> Iterator[Node]:
        return alternatives(node)

    def read_role(self, node: Node) -> Role:
        return read_role(self.expressions, node)

    def quote(self, text: str) -> str | None:
        encoded = encode_quoted(text)
        return None if encoded is None else f'"{encoded}"'

    def uses(self, name: str) -> bool:
        """Whether a local value is part of a condition that is found where it is used."""
        return self.expressions.has_followed(name) or self.expressions.folder.is_used_beside(name)

    def azapi_type(self, found: Object) -> str | None:
        """The type of a resource in the shape of the REST API."""
        if not is_azapi(found):
            return None
        types = [one for one in found.attributes if one.member.name == "type"]
        value = self.evaluate(types[0].node) if types else None
        return value.written if isinstance(value, Text) else None
