"""Partial evaluation: what is left of a condition once part of a request is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from azcond.actions import is_wildcard
from azcond.ast import (
    ActionMatches,
    And,
    Attribute,
    Comparison,
    Exists,
    Expression,
    Leaf,
    Not,
    Or,
    SubOperationMatches,
    fold_nodes,
    operand_attributes,
    polarities,
)
from azcond.interpreter import truths
from azcond.references import KEYS
from azcond.request import Request, Table, lookup, place_of
from azcond.request_values import DictionaryValue
from azcond.truth import Truth

Residue = Expression | bool
"""What is left: an expression, or a decided outcome."""


def reduce(tree: Expression, known: Request, *, any_other_action: bool = False) -> Residue:
    """What is left of a tree when the present parts of a request are filled in.

    An attribute or a suboperation that `known` does not have is open, not absent; so are more keys
    of a dictionary that is not given as one map. Every request that has all of `known` meets what
    is left exactly when it meets the tree (with `missing="unknown"`); parts that are unknown for
    every such request are decided accordingly. With `any_other_action` the action is open too, but
    for being none that the tree names in full.
    """
    positive = polarities(tree)
    found = truths(tree, known)

    def combine(node: Expression, operands: Sequence[Residue]) -> Residue:
        match node:
            case And():
                return _join(node, operands, absorbing=False)
            case Or():
                return _join(node, operands, absorbing=True)
            case Not():
                (operand,) = operands
                if isinstance(operand, bool):
                    return not operand
                return operand.operand if isinstance(operand, Not) else Not(operand, node.span)
            case ActionMatches() | SubOperationMatches() | Exists() | Comparison():
                if not _is_decided(node, known, any_other_action=any_other_action):
                    return node
                outcome = found[id(node)]
                if any_other_action and isinstance(node, ActionMatches):
                    return False
                # Unknown never helps a condition to be met, whichever way it is read.
                return outcome is Truth.TRUE if positive[id(node)] else outcome is not Truth.FALSE
            case _:
                assert_never(node)

    return fold_nodes(tree, combine)


def _join(node: And | Or, operands: Sequence[Residue], *, absorbing: bool) -> Residue:
    if any(operand is absorbing for operand in operands):
        return absorbing
    left = [operand for operand in operands if not isinstance(operand, bool)]
    if not left:
        return not absorbing
    return left[0] if len(left) == 1 else type(node)(tuple(left), node.span)


def _is_decided(leaf: Leaf, known: Request, *, any_other_action: bool) -> bool:
    match leaf:
        case ActionMatches():
            patterns = [str(pattern.value) for pattern in leaf.patterns]
            return not (any_other_action and any(map(is_wildcard, patterns)))
        case SubOperationMatches():
            return known.suboperation is not None
        case Exists() | Comparison():
            return all(_is_known(one, known) for one in operand_attributes(leaf))
        case _:
            assert_never(leaf)


def _is_known(attribute: Attribute, known: Request) -> bool:
    place = place_of(attribute)
    if place.table is Table.KEYS:
        values = known.values(place.source)
        given = values.get(place.key + KEYS) is not None
        return given or isinstance(values.get(place.key), DictionaryValue)
    return lookup(known, attribute) is not None
