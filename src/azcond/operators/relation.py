"""What a row of the operator table holds."""

from __future__ import annotations

from collections.abc import Callable

from azcond._dataclasses import dataclass
from azcond.kinds import CONVERSIONS, Comparable, Kind, folded_value
from azcond.operators.predicates import NOT_EQUAL, NOT_LIKE, NOT_STARTS, Predicate
from azcond.truth import Truth


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """An attribute value (`None`: absent), a literal as written, and what the relation gives."""

    left: str | int | bool | None
    right: str
    expected: Truth


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """A comparison that Azure documents, `Quantifier:` aside.

    `negation` is the relation that holds for two present values exactly when this one does not.
    `comparable` turns a raw value into what `predicate` compares; `None` means ill-typed.
    """

    name: str
    kind: Kind
    predicate: Predicate
    negation: str
    quantifiable: bool
    ignore_case: bool
    summary: str
    examples: tuple[Example, ...]

    @property
    def comparable(self) -> Callable[[object], Comparable | None]:
        """The conversion of a raw value into the form that is compared."""
        return folded_value if self.ignore_case else CONVERSIONS[self.kind]

    @property
    def is_negative(self) -> bool:
        """Whether the relation is the `Not` form of another one."""
        return self.predicate in (NOT_EQUAL, NOT_STARTS, NOT_LIKE)
