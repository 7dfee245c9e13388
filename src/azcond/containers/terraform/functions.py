"""Those functions of Terraform that conditions are put together with (Terraform, "Functions")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from json import dumps
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

from azcond.containers.formats import with_verbs
from azcond.containers.terraform import loading
from azcond.containers.trees import Tree
from azcond.containers.values import (
    Items,
    Null,
    Record,
    Text,
    Unknown,
    Value,
    cut,
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
_Function = Callable[[Sequence[Value]], Value | None]


class Evaluator(loading.Evaluator, Protocol):
    """What a function needs of the expressions around it."""

    def evaluate(self, node: Node) -> Value:
        """The value of an expression."""

    def unknown(self, node: Node, *, is_list: bool = False) -> Unknown:
        """A node as something that is not told."""


def call(evaluator: Evaluator, tree: Tree, node: Node) -> Value:
    """What a call comes to; not known where the function or an argument of it is not."""
    name = tree.written(node.children[0])
    if name not in _FUNCTIONS and name not in loading.LOADING and name != "jsonencode":
        return evaluator.unknown(node)
    arguments = [
        child for one in node.children if one.type == "function_arguments" for child in one.children
    ]
    if any(one.type == "ellipsis" for one in arguments):
        return evaluator.unknown(node)
    values = [evaluator.evaluate(one) for one in arguments if one.type == "expression"]
    if name == "jsonencode":
        written = _json(values[0]) if len(values) == 1 else None
        return evaluator.unknown(node) if written is None else told(written, tree.span(node))
    if name in loading.LOADING:
        return loading.load(evaluator, name, values, evaluator.unknown(node))
    value = _FUNCTIONS[name](values)
    return evaluator.unknown(node) if value is None else value


def _join(values: Sequence[Value]) -> Value | None:
    match values:
        case [Text() as separator, *lists] if all(isinstance(one, Items) for one in lists):
            return joined((one for items in lists for one in _members(items)), separator)
        case _:
            return None


def _members(value: Value) -> tuple[Value, ...]:
    return value.values if isinstance(value, Items) else ()


def _replace(values: Sequence[Value]) -> Value | None:
    match values:
        case [Text() as text, Text() as old, new] if old.known is not None:
            is_pattern = len(old.known) > 1 and old.known[0] == old.known[-1] == "/"
            pieces = pieces_of(new)
            return None if is_pattern or pieces is None else replaced(text, old.known, pieces)
        case _:
            return None


def _concat(values: Sequence[Value]) -> Value | None:
    if not all(isinstance(value, Items) for value in values):
        return None
    return Items(tuple(one for value in values for one in _members(value)))


def _same(values: Sequence[Value]) -> Value | None:
    """A function that gives what it takes, as far as texts are concerned."""
    return values[0] if len(values) == 1 else None


def _list(values: Sequence[Value]) -> Value | None:
    return values[0] if len(values) == 1 and isinstance(values[0], Items) else None


def _base_name(values: Sequence[Value]) -> Value | None:
    """The end of a path, of which the rest need not be known."""
    match values:
        case [Text([*_, last]) as path] if last.expression is None:
            start = path.written.rfind("/") + 1
            is_known = start or path.known is not None
            return Text(tuple(cut(path.pieces, start, len(path.written)))) if is_known else None
        case _:
            return None


def _sort(values: Sequence[Value]) -> Value | None:
    return _sorted(values, keep_all=True)


def _set(values: Sequence[Value]) -> Value | None:
    """A list as a set, which has its members once and in order."""
    return _sorted(values, keep_all=False)


def _sorted(values: Sequence[Value], *, keep_all: bool) -> Value | None:
    found = _known(values)
    if found is None:
        return None
    found.sort(key=itemgetter(0))
    return Items(tuple(text for _, text in found) if keep_all else tuple(dict(found).values()))


def _known(values: Sequence[Value]) -> list[tuple[str, Value]] | None:
    """The members of the one list, each with what it is; nothing if one of them is not known."""
    match values:
        case [Items(items)]:
            found = [(one.known, one) for one in items if isinstance(one, Text)]
            known: list[tuple[str, Value]] = [(k, one) for k, one in found if k is not None]
            return known if len(known) == len(items) else None
        case _:
            return None


def _distinct(values: Sequence[Value]) -> Value | None:
    found = _known(values)
    return None if found is None else Items(tuple(dict(found).values()))


def _values(values: Sequence[Value]) -> Value | None:
    match values:
        case [Record(members)]:
            return Items(tuple(members[name]() for name in sorted(members)))
        case _:
            return None


def _format(values: Sequence[Value]) -> Value | None:
    match values:
        case [Text() as form, *arguments]:
            return with_verbs(form, arguments)
        case _:
            return None


def _format_list(values: Sequence[Value]) -> Value | None:
    """As `format`, once for each member of the one list among the arguments."""
    match values:
        case [Text() as form, Items(items)]:
            found = [_format((form, item)) for item in items]
            known = [value for value in found if value is not None]
            return Items(tuple(known)) if len(known) == len(found) else None
        case _:
            return None


def _json(value: Value) -> str | None:
    """A value in JSON, as Terraform writes it; nothing if it is not known."""
    match value:
        case Text() if value.known is not None:
            return _for_html(dumps(value.known, ensure_ascii=False))
        case Items(values):
            members = [_json(one) for one in values]
            known = [one for one in members if one is not None]
            return f"[{','.join(known)}]" if len(known) == len(members) else None
        case Text() | Record() | Unknown() | Null():
            return None


def _for_html(text: str) -> str:
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


_FUNCTIONS: dict[str, _Function] = {
    "basename": _base_name,
    "chomp": of_one_text(lambda text: trimmed(text, "\r\n", start=False)),
    "concat": _concat,
    "distinct": _distinct,
    "format": _format,
    "formatlist": _format_list,
    "join": _join,
    "lower": of_one_text(lambda text: with_case(text, str.lower)),
    "nonsensitive": _same,
    "replace": _replace,
    "sensitive": _same,
    "sort": _sort,
    "tolist": _list,
    "toset": _set,
    "tostring": _same,
    "trimspace": of_one_text(lambda text: trimmed(text, _BLANKS)),
    "upper": of_one_text(lambda text: with_case(text, str.upper)),
    "values": _values,
}
