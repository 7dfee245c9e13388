"""Tests of one comparable value against the constants on the right of an operator.

Over a set the test is computed from what the relation means, not by trying every value:
membership for equality, the smallest or largest value for order, a pattern each for `Like`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from azcond.compiler.constants import Constants
from azcond.operators import (
    AT_LEAST,
    AT_MOST,
    EQUAL,
    LESS,
    LIKE,
    MORE,
    NOT_EQUAL,
    NOT_LIKE,
    NOT_STARTS,
    STARTS,
    Relation,
    like_pattern,
)
from azcond.wildcards import Shape, Wildcard

ElementTest = Callable[[str], str]
"""From the text of a value to the text of the test, whose operators bind tighter than `not`."""


def element_test(
    relation: Relation, values: tuple[Any, ...], over: Callable[..., bool], constants: Constants
) -> ElementTest:
    """The test "the relation holds between the value and any, or all, of the constants"."""
    predicate = relation.predicate
    if predicate in (EQUAL, NOT_EQUAL):
        return _equality(predicate is EQUAL, values, over, constants)
    if predicate in (LESS, AT_MOST, MORE, AT_LEAST):
        loosest = max if predicate in (LESS, AT_MOST) else min
        strictest = min if predicate in (LESS, AT_MOST) else max
        bound = constants.name((loosest if over is any else strictest)(values))
        return lambda value: predicate.source.format(left=value, right=bound)
    patterns = dict.fromkeys(values)
    if predicate in (LIKE, NOT_LIKE):
        tests = [wildcard_test(like_pattern(pattern), constants) for pattern in patterns]
    elif predicate in (STARTS, NOT_STARTS):
        tests = [_prefix_test(constants.name(prefix)) for prefix in patterns]
    else:
        raise AssertionError(relation.name)
    negative = predicate in (NOT_LIKE, NOT_STARTS)
    joined = _joined(tests, "or" if (over is any) != negative else "and")
    return _negated(joined) if negative else joined


def _equality(
    positive: bool,
    values: tuple[Any, ...],
    over: Callable[..., bool],
    constants: Constants,
) -> ElementTest:
    distinct = frozenset(values)
    if positive == (over is any):
        return membership_test(distinct, constants, positive=positive)
    if len(distinct) == 1:
        return membership_test(distinct, constants, positive=positive)
    return lambda _: "False" if positive else "True"


def membership_test(
    values: frozenset[Any], constants: Constants, *, positive: bool = True
) -> ElementTest:
    """Whether a value is (or is not) one of the constants."""
    if len(values) == 1:
        (only,) = values
        name, operator = constants.name(only), "==" if positive else "!="
    else:
        name, operator = constants.name(values), "in" if positive else "not in"
    return lambda value: f"{value} {operator} {name}"


def wildcard_test(wildcard: Wildcard, constants: Constants) -> ElementTest:
    """Whether a value matches a compiled pattern, by the cheapest means."""
    if wildcard.shape is Shape.ANYTHING:
        return lambda _: "True"
    if wildcard.shape is Shape.GENERAL:
        matcher = constants.name(wildcard.matches)
        return lambda value: f"{matcher}({value})"
    text = constants.name(wildcard.text)
    match wildcard.shape:
        case Shape.EXACT:
            return lambda value: f"{value} == {text}"
        case Shape.PREFIX:
            return _prefix_test(text)
        case Shape.SUFFIX:
            return lambda value: f"{value}.endswith({text})"
        case Shape.INFIX:
            return lambda value: f"{text} in {value}"


def any_pattern_test(
    patterns: Iterable[Wildcard], constants: Constants, *, holds: bool
) -> ElementTest:
    """Whether a name matches any of several patterns, or none; exact ones are one set."""
    rest = [pattern for pattern in patterns if pattern.shape is not Shape.EXACT]
    exact = frozenset(pattern.text for pattern in patterns if pattern.shape is Shape.EXACT)
    if not rest:
        return membership_test(exact, constants, positive=holds)
    tests = [membership_test(exact, constants)] if exact else []
    joined = _joined([*tests, *(wildcard_test(each, constants) for each in rest)], "or")
    return joined if holds else _negated(joined)


def _prefix_test(prefix: str) -> ElementTest:
    return lambda value: f"{value}.startswith({prefix})"


def _joined(tests: list[ElementTest], connective: str) -> ElementTest:
    if len(tests) == 1:
        return tests[0]
    return lambda value: "(" + f" {connective} ".join(test(value) for test in tests) + ")"


def _negated(test: ElementTest) -> ElementTest:
    def negated(value: str) -> str:
        text = test(value)
        return "False" if text == "True" else f"(not {text})"

    return negated
