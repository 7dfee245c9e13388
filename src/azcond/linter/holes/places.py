"""What is known of the places of holes: the form that the rest of a condition gives them."""

from __future__ import annotations

from enum import StrEnum

from azcond._dataclasses import dataclass, field
from azcond.catalogue import KnownAttribute, find_attribute_by_id
from azcond.linter.holes.tokens import Token
from azcond.operators import Relation, relation_named
from azcond.source import Span


class Position(StrEnum):
    """What a hole stands for, as far as its neighbours tell."""

    CLAUSE = "an operand of AND, OR and NOT"
    TEST = "such an operand, which may also test the action for what is beside it"
    GUARD = "such an operand joined by OR, which may say for which actions the rest is"
    TARGET = "an operand beside a test of the action"
    PREFIX = "something before an operand, such as NOT"
    SUFFIX = "something after an operand"
    CONNECTIVE = "AND or OR, perhaps with operands"
    HEAD = "the left operand and the operator"
    TAIL = "the operator and the right operand"
    OPERATOR = "the operator, or a part of it"
    QUANTIFIER = "the quantifier"
    OPERAND = "the left operand, or an attribute reference"
    REFERENCE = "a part of an attribute reference"
    KEY = "a part of the key of a dictionary"
    VALUE = "the right operand"
    MEMBER = "values of a set"
    MORE = "more values after one of a set"
    TEXT = "a part of a string"
    FRAGMENT = "a part of a bare value"
    NOTHING = "what another hole beside it stands for"


@dataclass(slots=True)
class Leaf:
    """A comparison or a test. `function` is the folded name of a test, and empty otherwise.

    `attribute` is the id of an attribute in it, with marks for holes in its key, and `literals` are
    those without a hole. `left_is_open` says that its left operand is no attribute, and has a hole.
    """

    start: int
    end: int
    function: str = ""
    attribute: str = ""
    operator: list[str] = field(default_factory=list)
    literals: list[Token] = field(default_factory=list)
    left_is_open: bool = False
    right_is_set: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    @property
    def relation(self) -> Relation | None:
        """The relation, where it is known."""
        return relation_named(self.operator[-1]) if self.operator else None

    @property
    def known(self) -> KnownAttribute | None:
        """The attribute, where the catalogue knows it."""
        return find_attribute_by_id(self.attribute) if self.attribute else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where one hole stands: its number, its position, and the token and the leaf around it."""

    hole: int
    position: Position
    token: Span
    leaf: Leaf | None = None
    in_set: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of the form of a condition with holes: a place for each, and the leaves."""

    text: str
    holes: tuple[Span, ...]
    mark: str
    tokens: tuple[Token, ...]
    places: tuple[Place, ...]
    leaves: tuple[Leaf, ...]
