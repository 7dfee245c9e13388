"""Lists and maps that Terraform makes from others, and what it repeats blocks for (Terraform, "for
Expressions", "The for_each Meta-Argument").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol

from azcond.containers.trees import Tree
from azcond.containers.values import Items, Record, Text, Unknown, Value, shared, told
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_NOT_TOLD = frozenset({"ellipsis", "for_cond"})


class Evaluator(Protocol):
    """What a loop needs of the expressions around it."""

    def evaluate(self, node: Node) -> Value:
        """The value of an expression."""

    def evaluate_with(self, bound: Mapping[str, Value], node: Node) -> Value:
        """The value of an expression in which some names stand for values."""

    def unknown(self, node: Node) -> Unknown:
        """A node as something that is not told."""


def loop(evaluator: Evaluator, tree: Tree, node: Node, bound: Mapping[str, Value]) -> Value:
    """A list or a map made from another; a filter may leave out anything, so with it nothing is
    known.

    The names in `bound` stand for values in the loop, too. What is made in a loop is no member of
    the list itself, so it cannot be changed where that is.
    """
    made = node.children[0]
    intro = next((one for one in made.children if one.type == "for_intro"), None)
    bodies = [one for one in made.children if one.type == "expression"]
    if intro is None or any(one.type in _NOT_TOLD for one in made.children):
        return evaluator.unknown(node)
    names = [tree.written(one) for one in intro.children if one.type == "identifier"]
    lists = [one for one in intro.children if one.type == "expression"]
    if not names or len(lists) != 1:
        return evaluator.unknown(node)
    members = _members(evaluator.evaluate(lists[0]), tree.span(lists[0]))
    if members is None:
        return evaluator.unknown(node)
    rounds = ({**bound, **dict(zip(names[::-1], pair, strict=False))} for pair in members)
    found = [[evaluator.evaluate_with(one, body) for body in bodies] for one in rounds]
    value = _made(made, found) or evaluator.unknown(node)
    return value if tree.written(bodies[-1]) in names else shared(value)


def _made(made: Node, rounds: list[list[Value]]) -> Value | None:
    """The list or the map of what the rounds of a loop give; nothing for any unknown key."""
    if made.type == "for_tuple_expr":
        return Items(tuple(one for (one,) in rounds))
    pairs = {key.known: one for key, one in rounds if isinstance(key, Text)}
    entries = {key: given(one) for key, one in pairs.items() if key is not None}
    return Record(entries) if len(entries) == len(rounds) else None


def _members(value: Value, place: Span) -> list[tuple[Value, Value]] | None:
    """The values to loop over, each before its key or its number."""
    match value:
        case Items(values):
            return [(one, told(str(index), place)) for index, one in enumerate(values)]
        case Record(members):
            return [(members[name](), told(name, place)) for name in sorted(members)]
        case _:
            return None


def each_of(value: Value, place: Span) -> dict[str, Record] | None:
    """What `each` is for every entry of a map or a set, by the keys; nothing where not all of them
    are told. The keys get a place.
    """
    match value:
        case Items(values):
            texts = [(one.known, one) for one in values if isinstance(one, Text)]
            entries = {key: given(one) for key, one in texts if key is not None}
            return _each(entries, place) if len(entries) == len(values) else None
        case Record(members):
            return _each(members, place)
        case _:
            return None


def given(value: Value) -> Callable[[], Value]:
    """A member of an object that has a value."""
    return lambda: value


def _each(entries: Mapping[str, Callable[[], Value]], place: Span) -> dict[str, Record]:
    return {
        key: Record({"key": partial(told, key, place), "value": get})
        for key, get in entries.items()
    }
