"""The four quantifiers of cross-product comparisons.

Source of the behaviour: conditions-format, "Cross product comparison operators". The 64 quantified
forms are these four over the 16 quantifiable relations; they are computed, never listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from azcond._dataclasses import dataclass
from azcond.truth import Truth

Fold = Callable[[Iterable[object]], bool]


@dataclass(frozen=True, slots=True, eq=False)
class QuantifierExample:
    """`left` (values of an attribute) against `right` (a set as written) under a relation."""

    left: tuple[str | int, ...]
    relation: str
    right: str
    expected: Truth


@dataclass(frozen=True, slots=True, eq=False)
class Quantifier:
    """How many left values must stand in the relation to how many right values.

    `over_left` and `over_right` are `any` or `all`, and the left one is outermost.
    """

    name: str
    over_left: Fold
    over_right: Fold
    summary: str
    examples: tuple[QuantifierExample, ...]


def _row(
    name: str,
    over_left: Fold,
    over_right: Fold,
    summary: str,
    *examples: tuple[tuple[str | int, ...], str, str, Truth],
) -> Quantifier:
    rows = tuple(QuantifierExample(*example) for example in examples)
    return Quantifier(name, over_left, over_right, summary, rows)


QUANTIFIERS: tuple[Quantifier, ...] = (
    _row(
        "ForAnyOfAnyValues",
        any,
        any,
        "some left value stands in the relation to some right value",
        (("red", "blue"), "StringEquals", "{'blue', 'green'}", Truth.TRUE),
        (("red", "blue"), "StringEquals", "{'orange', 'green'}", Truth.FALSE),
        ((), "StringEquals", "{'blue'}", Truth.FALSE),
    ),
    _row(
        "ForAllOfAnyValues",
        all,
        any,
        "every left value stands in the relation to some right value",
        (("red", "blue"), "StringEquals", "{'orange', 'red', 'blue'}", Truth.TRUE),
        (("red", "blue"), "StringEquals", "{'red', 'green'}", Truth.FALSE),
        ((), "StringEquals", "{'blue'}", Truth.TRUE),
    ),
    _row(
        "ForAnyOfAllValues",
        any,
        all,
        "some left value stands in the relation to every right value",
        ((10, 20), "NumericLessThan", "{15, 18}", Truth.TRUE),
        ((16, 20), "NumericLessThan", "{15, 18}", Truth.FALSE),
        ((), "NumericLessThan", "{15}", Truth.FALSE),
    ),
    _row(
        "ForAllOfAllValues",
        all,
        all,
        "every left value stands in the relation to every right value",
        ((10, 20), "NumericLessThan", "{5, 15, 18}", Truth.FALSE),
        ((10, 20), "NumericLessThan", "{25, 30}", Truth.TRUE),
        ((10, 20), "NumericLessThan", "{15, 25, 30}", Truth.FALSE),
        ((), "NumericLessThan", "{5}", Truth.TRUE),
    ),
)

_BY_NAME = {quantifier.name.lower(): quantifier for quantifier in QUANTIFIERS}


def quantifier_named(name: str) -> Quantifier | None:
    """The quantifier of that name, in any case."""
    return _BY_NAME.get(name.lower())
