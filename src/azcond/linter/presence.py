"""Which comparisons read an attribute that may be absent, and have not asked whether it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from azcond.ast import (
    And,
    Attribute,
    Comparison,
    Exists,
    Expression,
    Not,
    Or,
    operand_attributes,
)
from azcond.linter.chains import joined
from azcond.linter.questions import known_attribute_of
from azcond.request import Place, place_of


class Unsettled(NamedTuple):
    """A comparison that may be asked about an absent attribute.

    `parent` is what it is an operand of, nested groups dissolved; `is_denied` says whether an odd
    number of NOTs stands around it.
    """

    comparison: Comparison
    attribute: Attribute
    parent: Expression | None
    is_denied: bool


class _Place(NamedTuple):
    node: Expression
    parent: Expression | None
    is_denied: bool
    settled: frozenset[Place]


def find_unsettled(root: Expression) -> Iterator[Unsettled]:
    """The comparisons of a tree whose outcome is open when the attribute is absent.

    `Exists x AND …` and `NOT Exists x OR …` settle what happens then, so whatever they are joined
    with is left out. So are attributes that the catalogue does not know.
    """
    pending = [_Place(root, None, is_denied=False, settled=frozenset())]
    while pending:
        place = pending.pop()
        node, parent, is_denied, settled = place
        match node:
            case Comparison():
                attribute = _open_attribute(node, settled)
                if attribute is not None:
                    yield Unsettled(node, attribute, parent, is_denied)
            case Not():
                pending.append(_Place(node.operand, node, not is_denied, settled))
            case And() | Or():
                operands = joined(node, type(node))
                asked = {found for o in operands if (found := _asked(o, type(node))) is not None}
                below = settled | asked if asked else settled
                pending += [_Place(o, node, is_denied, below) for o in reversed(operands)]
            case _:
                pass


def _open_attribute(comparison: Comparison, settled: frozenset[Place]) -> Attribute | None:
    for attribute in operand_attributes(comparison):
        known = known_attribute_of(attribute)
        if known is not None and known.may_be_absent and place_of(attribute) not in settled:
            return attribute
    return None


def _asked(operand: Expression, connective: type[And | Or]) -> Place | None:
    """The attribute that `Exists x` asks for before an AND, or `NOT Exists x` before an OR."""
    if connective is Or:
        if not isinstance(operand, Not):
            return None
        operand = operand.operand
    return place_of(operand.attribute) if isinstance(operand, Exists) else None
