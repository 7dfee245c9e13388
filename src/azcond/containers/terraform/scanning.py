"""Finding conditions in Terraform (azurerm, "azurerm_role_assignment"; azapi, "azapi_resource").

Resources that assign roles are known by their type. Elsewhere, in the arguments of modules, in
variables and in local values, an object is taken for a role assignment by the names of its members,
and a condition by the words of its language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from azcond.access.models import RoleDefinition
from azcond.containers.broken import find_broken
from azcond.containers.model import Contents, EmbeddedCondition, Holder, Host, Unread
from azcond.containers.recognising import looks_like_condition
from azcond.containers.remarks import find_comments
from azcond.containers.surroundings import is_an_assignment, is_of_an_assignment, plain_name
from azcond.containers.terraform.expressions import Expressions, expressions_of
from azcond.containers.terraform.facts import read_assignment
from azcond.containers.terraform.folder import Folder, Named, SourceFile, labels, statements
from azcond.containers.terraform.objects import (
    LOCALS,
    Attribute,
    Object,
    alternatives,
    azapi_assignment,
    find_objects,
    is_azapi,
)
from azcond.containers.terraform.roles import define_role
from azcond.containers.values import Items, Piece, Record, Text, Unknown, condition_of, hole
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_CONDITION = "condition"
_OF_INTEREST = re.compile(r"condition|role_?assignment|role_?definition", re.IGNORECASE)
_ADDRESSED = re.compile("azcond:", re.IGNORECASE)


def find_in_terraform(text: str, beside: Callable[[str], Mapping[str, str]]) -> Contents:
    """Every condition in a file of Terraform, with the role assignments and roles around it.

    `beside` gives the other files of the folder, which may say what a name stands for.
    """
    if not _OF_INTEREST.search(text) and not _ADDRESSED.search(text):
        return Contents()
    file = SourceFile(text)
    scan = _Scan(file, expressions_of(Folder(file, beside)))
    for statement in statements(file.tree.root):
        start, end = file.tree.span(statement)
        if _OF_INTEREST.search(text, start, end):
            scan.read(statement)
    return scan.contents()


class _Scan:
    """What has been found in one file so far."""

    def __init__(self, file: SourceFile, expressions: Expressions) -> None:
        self._file = file
        self._expressions = expressions
        self._conditions: list[tuple[int, EmbeddedCondition]] = []
        self._locals: list[Object] = []
        self._unread = list(find_broken(file.tree, Host.TERRAFORM))
        self._roles: list[RoleDefinition] = []
        self._assignments: list[tuple[Span, Holder]] = []

    def contents(self) -> Contents:
        """Everything, in text order."""
        for found in self._locals:  # last: others tell which of them are used as conditions
            unused = (one for one in found.attributes if not self._is_used(one.member.name))
            self._read_object(found._replace(attributes=tuple(unused)))
        return Contents(
            tuple(one for _, one in sorted(self._conditions, key=itemgetter(0))),
            tuple(sorted(self._unread, key=attrgetter("offset"))),
            tuple(self._roles),
            tuple(one for _, one in sorted(self._assignments, key=itemgetter(0))),
            tuple(find_comments(self._file.tree)),
        )

    def read(self, statement: Node) -> None:
        """Read a block or an attribute at the top of the file."""
        words = list(labels(self._file.tree, statement)) if statement.type == "block" else []
        if words[:2] == ["resource", "azurerm_role_definition"]:
            definition = define_role(self._expressions, Named(self._file, statement))
            self._roles += [] if definition is None else [definition]
        for found in find_objects(self._file, statement):
            if is_azapi(found) and self._read_azapi(found):
                return
            if found.name == LOCALS:
                self._locals.append(found)
            else:
                self._read_object(found)

    def _is_used(self, name: str) -> bool:
        """Whether a local value is part of a condition that is found where it is used."""
        return self._expressions.has_followed(name) or self._expressions.folder.is_used_beside(name)

    # --- what holds conditions --------------------------------------------------------------

    def _read_azapi(self, block: Object) -> bool:
        """Read a resource that may be of another type; gives whether it is a role assignment."""
        kinds = [one for one in block.attributes if one.member.name == "type"]
        kind = self._expressions.evaluate(kinds[0].node) if kinds else None
        try:
            found = azapi_assignment(
                self._file, block, kind.written if isinstance(kind, Text) else ""
            )
        except ValueError:
            return False
        if found is None:
            message = "the body of this role assignment is not written here, so it was not read"
            self._unread.append(Unread(message, block.introduction.start))
        else:
            self._read_object(found)
        return True

    def _read_object(self, found: Object) -> None:
        names = [one.member.name for one in found.attributes]
        own = [one for one in found.attributes if plain_name(one.member.name) == _CONDITION]
        is_assignment = (
            found.is_assignment
            or (bool(own) and is_of_an_assignment(names))
            or (not found.is_block and is_an_assignment(names))
        )
        if is_assignment:
            holder = read_assignment(self._expressions, found)
            self._assignments.append((found.introduction, holder))
            for one in own:
                self._read_condition(one, holder)
            return
        for one in found.attributes:
            name = one.member.name
            if plain_name(name).endswith(_CONDITION) and self._is_meant(one):
                is_named = one in own or found.name.rpartition(".")[2] == name
                title = found.name if is_named else f"{found.name}.{name}"
                self._read_condition(one, Holder("object", title, frozenset({title})))

    def _is_meant(self, one: Attribute) -> bool:
        """Whether what is called a condition uses the words of the language."""
        values = map(self._expressions.evaluate, alternatives(one.node))
        return any(isinstance(one, Text) and looks_like_condition(one.written) for one in values)

    # --- conditions ------------------------------------------------------------------------

    def _read_condition(self, one: Attribute, holder: Holder) -> None:
        start, end = one.member.whole
        if one.node.has_error:
            if not any(start <= known.offset < end for known in self._unread):
                message = "this condition cannot be read: its Terraform is broken"
                self._unread.append(Unread(message, one.member.value.start))
            return
        for node in alternatives(one.node):
            value = self._expressions.evaluate(node)
            if isinstance(value, Unknown):
                value = Text((hole(value.expression, value),))
            if isinstance(value, Text):
                self._take(value, start, holder)
            elif isinstance(value, Items | Record):
                kind = "a list" if isinstance(value, Items) else "an object"
                message = f"`{one.member.name}` must be a string or null, got {kind}"
                self._unread.append(Unread(message, self._file.tree.span(node).start))

    def _take(self, text: Text, at: int, holder: Holder) -> None:
        """Take a text as a condition, unless it is empty, which is none."""
        condition = condition_of(text, holder, Host.TERRAFORM) if text.written else None
        broken = next((piece for piece in text.pieces if _breaks_its_line(piece)), None)
        if broken is not None:
            message = "a quoted string cannot span lines: write `\\n`, or use a heredoc"
            self._unread.append(Unread(message, broken.place.start + broken.text.index("\n")))
        elif condition is not None:
            self._conditions.append((at, condition))


def _breaks_its_line(piece: Piece) -> bool:
    """Whether a quoted string goes on after the end of its line, which the grammar lets pass."""
    quoting = piece.quoting
    return piece.verbatim and "\n" in piece.text and quoting is not None and not quoting.has_lines
