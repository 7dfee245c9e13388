"""Those functions of Bicep that conditions and ids of roles are made with (Bicep, "Functions")."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from azcond.containers.below import text_below
from azcond.containers.formats import with_items
from azcond.containers.trees import Tree
from azcond.containers.values import (
    Items,
    Piece,
    Text,
    Unknown,
    Value,
    concatenated,
    joined,
    of_one_text,
    pieces_of,
    replaced,
    told,
    trimmed,
    with_case,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_BLANKS = " \t\n\r\v\f\x85\xa0"
_RESOURCE_IDS = frozenset(
    {
        "extensionresourceid",
        "managementgroupresourceid",
        "resourceid",
        "subscriptionresourceid",
        "tenantresourceid",
    }
)
_ROLES = "microsoft.authorization/roledefinitions"


class Evaluator(Protocol):
    """What a function needs of the expressions around it."""

    tree: Tree
    beside: Callable[[str], Mapping[str, str]]

    def evaluate(self, node: Node) -> Value:
        """The value of an expression."""

    def unknown(self, node: Node) -> Unknown:
        """A node as something that is not told."""


def call(evaluator: Evaluator, node: Node) -> Value:
    """What a call comes to; not known where the function or an argument of it is not."""
    name = evaluator.tree.written(node.children[0]).rpartition(".")[2].strip().lower()
    unknown = evaluator.unknown(node)
    if name not in _FUNCTIONS and name not in _RESOURCE_IDS and name != _LOAD:
        return unknown
    values = [
        evaluator.evaluate(one)
        for arguments in node.children
        if arguments.type == "arguments"
        for one in arguments.named_children
        if one.type != "comment"
    ]
    if name in _RESOURCE_IDS:
        return _role_id(values, unknown)
    if name == _LOAD:
        return _loaded(evaluator, values, unknown)
    return _FUNCTIONS[name](values) or unknown


def _role_id(values: Sequence[Value], unknown: Unknown) -> Value:
    """The resource id of a role, whose end is known though its scope may not be."""
    texts = [value.known if isinstance(value, Text) else None for value in values]
    lower = [text.lower() if text is not None else None for text in texts]
    if _ROLES not in lower or texts[-1] is None:
        return unknown
    scope = Piece(unknown.expression, unknown.place, verbatim=False, expression=unknown.expression)
    role = told(f"/providers/Microsoft.Authorization/roleDefinitions/{texts[-1]}", unknown.place)
    return Text((scope, *role.pieces))


_LOAD = "loadtextcontent"


def _loaded(evaluator: Evaluator, values: Sequence[Value], unknown: Unknown) -> Value:
    """The text of a file that stands in the same folder, or below it."""
    name = values[0].known if len(values) == 1 and isinstance(values[0], Text) else None
    text = None if name is None else text_below(evaluator.beside, name)
    return unknown if text is None else told(text, unknown.place)


def _join(values: Sequence[Value]) -> Value | None:
    match values:
        case [Items(items), Text() as separator]:
            return joined(items, separator)
        case _:
            return None


def _replace(values: Sequence[Value]) -> Value | None:
    match values:
        case [Text() as text, Text() as old, new] if old.known is not None:
            pieces = pieces_of(new)
            return None if pieces is None else replaced(text, old.known, pieces)
        case _:
            return None


def _concat(values: Sequence[Value]) -> Value | None:
    if values and all(isinstance(value, Items) for value in values):
        lists = (value.values for value in values if isinstance(value, Items))
        return Items(tuple(one for members in lists for one in members))
    return concatenated(map(pieces_of, values))


def _format(values: Sequence[Value]) -> Value | None:
    match values:
        case [Text() as form, *arguments]:
            return with_items(form, arguments)
        case _:
            return None


_FUNCTIONS: dict[str, Callable[[Sequence[Value]], Value | None]] = {
    "any": of_one_text(lambda text: text),
    "concat": _concat,
    "format": _format,
    "join": _join,
    "replace": _replace,
    "string": of_one_text(lambda text: text),
    "tolower": of_one_text(lambda text: with_case(text, str.lower)),
    "toupper": of_one_text(lambda text: with_case(text, str.upper)),
    "trim": of_one_text(lambda text: trimmed(text, _BLANKS)),
}
