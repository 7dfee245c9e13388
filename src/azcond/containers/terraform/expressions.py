"""What expressions of Terraform come to, as far as the files of a folder tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from azcond.containers.terraform.folder import Folder, Named, SourceFile, body_of
from azcond.containers.terraform.functions import call
from azcond.containers.terraform.loops import loop
from azcond.containers.terraform.role_data import role_data
from azcond.containers.terraform.strings import (
    directive_of,
    heredoc_segments,
    inner_of,
    is_strip,
    number_text,
    quoted_segments,
)
from azcond.containers.values import (
    Items,
    Null,
    Piece,
    Record,
    Text,
    Unknown,
    Value,
    concatenated,
    hole,
    relocated,
    shared,
    told,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_DEEPEST = 48
"""Expressions nested deeper, and names that lead to names for longer, are not followed."""

_MOST_STEPS = 100_000
"""So many expressions are looked at for one: loops in loops could make them any number."""

_DATA = ["data", "azurerm_role_definition"]


class _Effort:
    """How deep in an expression evaluation is, and how many expressions it has looked at."""

    def __init__(self) -> None:
        self.depth = 0
        self.steps = 0


class _Family:
    """The expressions of each file of a folder, which lead from one to the other; with defaults,
    variables have these.
    """

    def __init__(self, folder: Folder, effort: _Effort, *, has_defaults: bool = False) -> None:
        self.folder = folder
        self.effort = effort
        self.with_defaults = None if has_defaults else _Family(folder, effort, has_defaults=True)
        self._members: dict[SourceFile, Expressions] = {}

    def of(self, file: SourceFile) -> Expressions:
        if file not in self._members:
            self._members[file] = Expressions(self, file)
        return self._members[file]


def expressions_of(folder: Folder) -> Expressions:
    """What evaluates the expressions of the file that is read."""
    return _Family(folder, _Effort()).of(folder.own)


class Expressions:
    """Evaluates the expressions of one file. What is not told there or beside it is `Unknown`.

    Evaluation recurses, but never deeper than `_DEEPEST`; nothing is raised for any text.
    """

    def __init__(self, family: _Family, file: SourceFile) -> None:
        self.file = file
        self.folder = family.folder
        self._family = family
        self._tree = file.tree
        self._locals: dict[str, Value | None] = {}
        self._bound: Mapping[str, Value] = {}

    def unknown(self, node: Node, *, is_list: bool = False) -> Unknown:
        """A node as something that is not told."""
        return Unknown(self._tree.written(node), self._tree.span(node), is_list)

    def evaluate(self, node: Node) -> Value:
        """The value of an expression."""
        effort = self._family.effort
        if not effort.depth:
            effort.steps = 0
        effort.steps += 1
        if effort.depth >= _DEEPEST or effort.steps > _MOST_STEPS or node.has_error:
            return self.unknown(node)
        effort.depth += 1
        try:
            return self._evaluate(node)
        finally:
            effort.depth -= 1

    def evaluate_with(self, bound: Mapping[str, Value], node: Node) -> Value:
        """The value of an expression in which some names stand for values, and no others do."""
        with self.binding(bound):
            return self.evaluate(node)

    @contextmanager
    def binding(self, bound: Mapping[str, Value]) -> Iterator[None]:
        """A time in which some names stand for values, and no others do."""
        before, self._bound = self._bound, bound
        try:
            yield
        finally:
            self._bound = before

    def _evaluate(self, node: Node) -> Value:
        match node.type:
            case "expression":
                return self._expression(node)
            case "literal_value" | "template_expr" | "collection_value":
                return self._evaluate(node.children[0])
            case "string_lit" | "quoted_template":
                return self._template(node, list(quoted_segments(self._tree, node)))
            case "heredoc_template":
                return self._template(node, list(heredoc_segments(self._tree, node)))
            case "tuple" | "object":
                return self._collection(node)
            case "function_call":
                return call(self, self._tree, node)
            case "for_expr":
                return loop(self, self._tree, node, self._bound)
            case _:
                return self._scalar(node)

    def _scalar(self, node: Node) -> Value:
        match node.type:
            case "numeric_lit":
                return told(number_text(self._tree.written(node)), self._tree.span(node))
            case "bool_lit":
                return told(self._tree.written(node), self._tree.span(node))
            case "null_lit":
                return Null()
            case _:
                return self.unknown(node)

    def _collection(self, node: Node) -> Value:
        if node.type == "tuple":
            inner = (child for child in node.children if child.type == "expression")
            return Items(tuple(map(self.evaluate, inner)))
        members = object_members(self.file, node)
        evaluate = partial(self.evaluate_with, self._bound)
        return Record({name: partial(evaluate, value) for name, value in members})

    def _expression(self, node: Node) -> Value:
        """An expression is something and then perhaps accesses to its members."""
        children = [child for child in node.children if child.type != "comment"]
        first, accesses = children[0], children[1:]
        if first.type == "(":
            value, accesses = self.evaluate(children[1]), children[3:]
        elif first.type == "variable_expr":
            value, accesses = self._named(node, first, accesses)
        else:
            value = self.evaluate(first)
        for access in accesses:
            value = self._member(value, access)
            if isinstance(value, Unknown):
                break
        return self.unknown(node) if accesses and isinstance(value, Unknown) else value

    def _named(self, node: Node, first: Node, accesses: list[Node]) -> tuple[Value, list[Node]]:
        """What a name stands for, and the accesses that are not part of that name."""
        words = [self._tree.written(first), *map(self._word, accesses)]
        if words[0] == "local" and len(words) > 1 and words[1]:
            return self._local(words[1], node), accesses[1:]
        if words[0] == "var" and len(words) > 1 and self._family.with_defaults is None:
            return self._default(words[1], node), accesses[1:]
        if words[0] in self._bound:
            return self._bound[words[0]], accesses
        if words[:2] == _DATA and len(words) > len(_DATA):
            value = role_data(self, ".".join(words[: len(_DATA) + 1]), self.unknown(node))
            return (self.unknown(node), []) if value is None else (value, accesses[len(_DATA) :])
        return self.unknown(node), []

    def _word(self, access: Node) -> str:
        """The name in `.name`; empty for any other access."""
        is_name = access.type == "get_attr" and len(access.children) > 1
        return self._tree.written(access.children[1]) if is_name else ""

    def _member(self, value: Value, access: Node) -> Value:
        key = self._word(access) or self._index(access)
        if isinstance(value, Record) and key in value.members:
            return value.members[key]()
        if isinstance(value, Items) and key.isdecimal() and int(key) < len(value.values):
            return value.values[int(key)]
        return self.unknown(access)

    def _index(self, access: Node) -> str:
        """The literal in `[literal]`; empty for any other access."""
        inner = [child for one in access.children for child in one.children]
        found = next((child for child in inner if child.type == "expression"), None)
        value = None if found is None else self.evaluate(found)
        return (isinstance(value, Text) and value.known) or ""

    # --- names -----------------------------------------------------------------------------

    def _local(self, name: str, node: Node) -> Value:
        found = self.folder.local(name)
        if found is None:
            return self.unknown(node)
        value = self._family.of(found.file).value_of_local(name, found)
        if value is None:
            return self.unknown(node)
        if isinstance(value, Unknown):
            return self.unknown(node)._replace(origin=value.origin or value.expression)
        if found.file is not self.file:
            return relocated(value, self._tree.span(node))
        return value if self.folder.is_used_once(name) else shared(value)

    def _default(self, name: str, node: Node) -> Value:
        found = self.folder.default(name)
        if found is None:
            return self.unknown(node)
        return self._family.of(found.file).evaluate_with({}, found.node)

    def value_of_local(self, name: str, found: Named) -> Value | None:
        """The value of a local of this file; nothing while that is being worked out."""
        if name not in self._locals:
            self._locals[name] = None  # whoever asks meanwhile is part of a circle
            self._locals[name] = self.evaluate_with({}, found.node)
        return self._locals[name]

    def has_followed(self, name: str) -> bool:
        """Whether a local value of this file was asked for."""
        return name in self._locals

    def texts_of(self, found: Named) -> dict[str, str]:
        """The attributes of a block whose values are known texts."""
        expressions = self._family.of(found.file)
        values = {
            found.file.tree.written(one.children[0]): expressions.evaluate(one.children[-1])
            for one in body_of(found.node)
            if one.type == "attribute"
        }
        return {
            name: value.known
            for name, value in values.items()
            if isinstance(value, Text) and value.known is not None
        }

    def of(self, file: SourceFile) -> Expressions:
        """The expressions of some file of the folder."""
        return self._family.of(file)

    # --- templates -------------------------------------------------------------------------

    def _template(self, node: Node, segments: list[Piece | Node]) -> Value:
        if len(segments) == 1 and not isinstance(segments[0], Piece):
            return self._interpolation_alone(node, segments[0])
        runs = ((one,) if isinstance(one, Piece) else self._code(one) for one in segments)
        return concatenated(runs) or self.unknown(node)

    def _interpolation_alone(self, node: Node, code: Node) -> Value:
        """`"${…}"` has the value in it, whatever that is."""
        inner = inner_of(code)
        value = None if inner is None else self.evaluate(inner)
        if value is None or isinstance(value, Unknown) or node.type == "heredoc_template":
            return Text(tuple(self._code(code)))
        return value

    def _code(self, code: Node) -> Iterator[Piece]:
        """An interpolation or a directive as pieces of the text around it."""
        written, place, inner = self._tree.written(code), self._tree.span(code), inner_of(code)
        if inner is None:
            yield hole(written, Unknown(directive_of(written), place))
            return
        value = self.evaluate(inner)
        if isinstance(value, Text) and not is_strip(code):
            yield from value.pieces
        else:
            is_list = isinstance(value, Items | Record)
            expression, others = self._tree.written(inner), self._family.with_defaults
            given = None if others is None or is_strip(code) else others.of(self.file)
            default = None if given is None else given.evaluate_with(self._bound, inner)
            yield hole(written, Unknown(expression, place, is_list), default)


def object_members(file: SourceFile, node: Node) -> Iterator[tuple[str, Node]]:
    """The names of an object, without quotes, and the expressions under them."""
    for element in node.children:
        if element.type == "object_elem" and not element.has_error:
            inner = [child for child in element.children if child.type == "expression"]
            yield file.tree.written(inner[0]).strip('"'), inner[-1]
