"""A condition as a monotone formula over what its leaves give.

With NOT pushed to the leaves, a condition is met exactly when AND and OR of its literals hold,
where a literal asks whether a leaf is TRUE (or, under NOT, FALSE). More literals that hold never
make a formula fail, which is what lets a search leave most states aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from azcond._dataclasses import dataclass
from azcond.ast import And, Expression, Leaf, Not, Or, children, polarities, postorder
from azcond.truth import Truth

Known = Mapping[int, Truth]
"""What leaves give, by number."""


class Leaves:
    """Numbers the distinct leaves of all the conditions of one question."""

    __slots__ = ("_numbers",)

    def __init__(self) -> None:
        self._numbers: dict[Leaf, int] = {}

    def number(self, leaf: Leaf) -> int:
        """The number of a leaf, the same for every equal one."""
        return self._numbers.setdefault(leaf, len(self._numbers))

    def all(self) -> list[Leaf]:
        """The distinct leaves, by number."""
        return list(self._numbers)


AND: Final = "and"
OR: Final = "or"


@dataclass(frozen=True, slots=True)
class Part:
    """AND or OR of earlier parts, or (`leaf` set) a literal that wants its leaf to be `wanted`."""

    connective: str
    parts: tuple[int, ...]
    leaf: int | None
    wanted: Truth


class Formula:
    """The literals of a tree and how they are joined, bottom-up; the last part is the whole."""

    __slots__ = ("literals", "parts")

    def __init__(self, tree: Expression, leaves: Leaves) -> None:
        positive = polarities(tree)
        self.parts: list[Part] = []
        place: dict[int, int] = {}
        for node in postorder(tree):
            if isinstance(node, Not):
                place[id(node)] = place[id(node.operand)]
                continue
            holds = positive[id(node)]
            wanted = Truth.TRUE if holds else Truth.FALSE
            if isinstance(node, And | Or):
                connective = AND if isinstance(node, And) == holds else OR
                below = tuple([place[id(child)] for child in children(node)])
                self.parts.append(Part(connective, below, None, wanted))
            else:
                self.parts.append(Part("", (), leaves.number(node), wanted))
            place[id(node)] = len(self.parts) - 1
        self.literals = frozenset((p.leaf, p.wanted) for p in self.parts if p.leaf is not None)

    def evaluate(self, known: Known) -> list[bool | None]:
        """Every part as far as it is known; the last is the outcome."""
        values: list[bool | None] = []
        for part in self.parts:
            if part.leaf is not None:
                value = known.get(part.leaf)
                values.append(None if value is None else value is part.wanted)
                continue
            below = [values[index] for index in part.parts]
            if part.connective == AND:
                values.append(False if False in below else None if None in below else True)
            else:
                values.append(True if True in below else None if None in below else False)
        return values

    def open_leaf(self, values: list[bool | None]) -> int:
        """A leaf that the outcome may depend on, given the values of parts so far."""
        at = len(self.parts) - 1
        while (leaf := self.parts[at].leaf) is None:
            at = next(index for index in self.parts[at].parts if values[index] is None)
        return leaf
