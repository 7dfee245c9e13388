"""What AND or OR joins, however it is grouped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from azcond.ast import And, Expression, Not, Or, children, polarities, postorder

MOST_COMPARED = 64
"""In longer chains operands are not compared with each other, which takes quadratic time."""


class Chain(NamedTuple):
    """All operands that one connective joins, nested groups of the same connective dissolved.

    `node` is the outermost of these groups.
    """

    node: And | Or
    operands: tuple[Expression, ...]


def joined(node: Expression, connective: type[And | Or]) -> tuple[Expression, ...]:
    """The operands that a connective joins in a tree, in text order; the tree itself if none."""
    pending, found = [node], []
    while pending:
        current = pending.pop()
        if isinstance(current, connective):
            pending.extend(reversed(current.operands))
        else:
            found.append(current)
    return tuple(found)


def find_chains(root: Expression) -> Iterator[Chain]:
    """Every chain of a tree, inner ones first."""
    inner: set[int] = set()
    connectives = [node for node in postorder(root) if isinstance(node, And | Or)]
    for node in connectives:
        inner.update([id(child) for child in node.operands if type(child) is type(node)])
    for node in connectives:
        if id(node) not in inner:
            yield Chain(node, joined(node, type(node)))


def find_demands(root: Expression) -> Iterator[tuple[Expression, ...]]:
    """Every group of expressions that must hold together; a lone one is a group of its own.

    What stands under NOT is left aside: there, AND asks for something else.
    """
    positive = polarities(root)
    pending = [root]
    while pending:
        node = pending.pop()
        if not positive[id(node)]:
            continue
        group = joined(node, And)
        yield group
        for member in group:
            pending.extend(children(member))


def find_absorbed(chain: Chain) -> dict[int, Expression]:
    """By number, the operands that hold all parts of another operand and more; and which one.

    In `(a AND b) OR a` that is `a AND b`; the same with AND and OR exchanged.
    """
    inner = Or if isinstance(chain.node, And) else And
    is_long = len(chain.operands) > MOST_COMPARED
    if is_long or not any(isinstance(operand, inner) for operand in chain.operands):
        return {}
    parts = [frozenset(map(_key, joined(operand, inner))) for operand in chain.operands]
    found = {}
    for at, mine in enumerate(parts):
        smaller = next((n for n, other in enumerate(parts) if other < mine), None)
        if smaller is not None:
            found[at] = chain.operands[smaller]
    return found


def _key(part: Expression) -> object:
    """Leaves are compared; groups are only themselves, because comparing them takes long."""
    return id(part) if isinstance(part, And | Or | Not) else part
