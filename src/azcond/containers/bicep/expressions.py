"""What expressions of Bicep come to, as far as the file tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from azcond.containers.bicep.functions import call
from azcond.containers.bicep.source import BicepFile
from azcond.containers.bicep.strings import Code, string_segments
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
    shared,
    told,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_DEEPEST = 48
"""Expressions nested deeper, and names that lead to names for longer, are not followed."""

_ACCESSES = frozenset({"member_expression", "subscript_expression"})
_WORD = re.compile(r"[A-Za-z_]\w*")


class Expressions:
    """Evaluates the expressions of a file. What is not told there is `Unknown`; so are parameters,
    whose default values need not be the ones in use, unless it `has_defaults`.

    Evaluation recurses, but never deeper than `_DEEPEST`; nothing is raised for any text.
    """

    def __init__(
        self,
        file: BicepFile,
        beside: Callable[[str], Mapping[str, str]],
        *,
        has_defaults: bool = False,
    ) -> None:
        self.file = file
        self.beside = beside
        self.tree = file.tree
        self._depth = 0
        self._values = {**file.defaults, **file.variables} if has_defaults else file.variables
        self._with_defaults = None if has_defaults else Expressions(file, beside, has_defaults=True)
        self._variables: dict[str, Value | None] = {}

    def unknown(self, node: Node) -> Unknown:
        """A node as something that is not told."""
        return Unknown(self.tree.written(node), self.tree.span(node))

    def evaluate(self, node: Node) -> Value:
        """The value of an expression."""
        if self._depth >= _DEEPEST or node.has_error:
            return self.unknown(node)
        self._depth += 1
        try:
            return self._evaluate(node)
        finally:
            self._depth -= 1

    def _evaluate(self, node: Node) -> Value:
        match node.type:
            case "string":
                return self._string(node)
            case "identifier":
                return self._identifier(node)
            case "call_expression":
                return call(self, node)
            case "parenthesized_expression":
                inner = [child for child in node.named_children if child.type != "comment"]
                return self.evaluate(inner[0]) if len(inner) == 1 else self.unknown(node)
            case "array":
                inner = [child for child in node.named_children if child.type != "comment"]
                return Items(tuple(map(self.evaluate, inner)))
            case "object":
                members = object_members(self.file, node)
                return Record({name: partial(self.evaluate, value) for name, value in members})
            case kind if kind in _ACCESSES:
                return self._member(node)
            case _:
                return self._scalar(node)

    def _scalar(self, node: Node) -> Value:
        match node.type:
            case "number" | "boolean":
                return told(self.tree.written(node), self.tree.span(node))
            case "null":
                return Null()
            case _:
                return self.unknown(node)

    def _member(self, node: Node) -> Value:
        """`object.name`, `object['name']` and `list[0]`, however they are spelled."""
        inner = [child for child in node.named_children if child.type != "comment"]
        if len(inner) > 1:
            value, last = self.evaluate(inner[0]), inner[-1]
            key = self.tree.written(last)
            if last.type != "property_identifier":
                index = self.evaluate(last)
                key = (isinstance(index, Text) and index.known) or ""
            if isinstance(value, Record) and key in value.members:
                return value.members[key]()
            if isinstance(value, Items) and key.isdecimal() and int(key) < len(value.values):
                return value.values[int(key)]
        return self.unknown(node)

    def _identifier(self, node: Node) -> Value:
        value = self._variable(self.tree.written(node))
        if value is None:
            return self.unknown(node)
        if isinstance(value, Unknown):
            return self.unknown(node)._replace(origin=value.origin or value.expression)
        return value

    # --- variables -------------------------------------------------------------------------

    def _variable(self, name: str) -> Value | None:
        """The value of a variable; nothing while that is being worked out."""
        if name in self.file.bound or name not in self._values:
            return None
        if name not in self._variables:
            self._variables[name] = None  # whoever asks meanwhile is part of a circle
            self._variables[name] = self.evaluate(self._values[name])
        value = self._variables[name]
        if value is None or isinstance(value, Unknown):
            return value
        return value if self._is_used_once(name) else shared(value)

    def has_followed(self, name: str) -> bool:
        """Whether a variable was asked for."""
        return name in self._variables

    def _is_used_once(self, name: str) -> bool:
        """Whether a change of a variable changes just one place that uses it."""
        return self.file.names[name] == 2  # noqa: PLR2004  # where it is declared, and there

    # --- strings ---------------------------------------------------------------------------

    def _string(self, node: Node) -> Value:
        segments = string_segments(self.tree, node)
        runs = ((one,) if isinstance(one, Piece) else self._code(one) for one in segments)
        return concatenated(runs) or self.unknown(node)

    def _code(self, code: Code) -> Iterator[Piece]:
        """An interpolation as pieces of the text around it."""
        value = self._value(code)
        if isinstance(value, Text):
            yield from value.pieces
        else:
            is_list = isinstance(value, Items | Record)
            unknown = Unknown(code.expression, code.place, is_list)
            yield hole(self.tree.text[slice(*code.place)], unknown, self._default(code))

    def _default(self, code: Code) -> Value | None:
        """What an interpolation is if no parameter is given."""
        others = self._with_defaults
        return None if others is None else others.value_within(code, self._depth)

    def value_within(self, code: Code, depth: int) -> Value | None:
        """The value of an interpolation in an expression that is nested so deeply."""
        self._depth = depth
        return self._value(code)

    def _value(self, code: Code) -> Value | None:
        if code.node is None:
            return self._variable(code.expression) if _WORD.fullmatch(code.expression) else None
        inner = [child for child in code.node.named_children if child.type != "comment"]
        return self.evaluate(inner[0]) if len(inner) == 1 else None


def object_members(file: BicepFile, node: Node) -> Iterator[tuple[str, Node]]:
    """The names of an object, without quotes, and the expressions under them."""
    for element in node.children:
        if element.type == "object_property":
            inner = [child for child in element.named_children if child.type != "comment"]
            if len(inner) > 1:
                yield file.tree.written(inner[0]).strip("'"), inner[-1]
