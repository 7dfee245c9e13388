"""Lists that Terraform makes from other lists (Terraform, "for Expressions")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from azcond.containers.trees import Tree
from azcond.containers.values import Items, Record, Unknown, Value, shared, told
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node


class Evaluator(Protocol):
    """What a loop needs of the expressions around it."""

    def evaluate(self, node: Node) -> Value:
        """The value of an expression."""

    def evaluate_with(self, bound: Mapping[str, Value], node: Node) -> Value:
        """The value of an expression in which some names stand for values."""

    def unknown(self, node: Node) -> Unknown:
        """A node as something that is not told."""


def loop(evaluator: Evaluator, tree: Tree, node: Node, bound: Mapping[str, Value]) -> Value:
    """A list made from another one; a filter may leave out anything, so with it nothing is known.

    The names in `bound` stand for values in the loop, too.
    """
    made = node.children[0]
    parts = {child.type: child for child in made.children}
    if made.type != "for_tuple_expr" or "for_cond" in parts or "for_intro" not in parts:
        return evaluator.unknown(node)
    intro = parts["for_intro"]
    names = [tree.written(one) for one in intro.children if one.type == "identifier"]
    lists = [one for one in intro.children if one.type == "expression"]
    body = parts.get("expression")
    if not names or len(lists) != 1 or body is None:
        return evaluator.unknown(node)
    members = _members(evaluator.evaluate(lists[0]), tree.span(lists[0]))
    if members is None:
        return evaluator.unknown(node)
    rounds = ({**bound, **dict(zip(names[::-1], pair, strict=False))} for pair in members)
    return Items(tuple(shared(evaluator.evaluate_with(names, body)) for names in rounds))


def _members(value: Value, place: Span) -> list[tuple[Value, Value]] | None:
    """The values to loop over, each before its key or its number."""
    match value:
        case Items(values):
            return [(shared(one), told(str(index), place)) for index, one in enumerate(values)]
        case Record(members):
            return [(shared(members[name]()), told(name, place)) for name in sorted(members)]
        case _:
            return None
