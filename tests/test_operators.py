"""The operator table: its rows are complete, and every example in it is run."""

from __future__ import annotations

import json
from itertools import product

import pytest

import azcond
from azcond.interpreter import Missing
from azcond.kinds import Kind
from azcond.operators import QUANTIFIERS, RELATIONS, Relation, quantifier_named, relation_named
from azcond.operators.quantifiers import Quantifier
from azcond.truth import Truth, negate

ATTRIBUTE = "Example/items:value"
MODES: tuple[Missing, ...] = ("unknown", "false")


def outcomes(text: str, value: object) -> dict[Missing, Truth]:
    """What the interpreter says in both readings; the compiled programs must say the same."""
    condition = azcond.parse(text)
    request = azcond.Request("Example/items/read", resource={ATTRIBUTE: value})
    found: dict[Missing, Truth] = {}
    for mode in MODES:
        found[mode] = azcond.evaluate(condition, request, mode)
        program = azcond.compile(condition, mode)
        assert program(request) is (found[mode] is Truth.TRUE), (text, value, mode)
    return found


def in_false_mode(expected: Truth, value: object) -> Truth:
    return Truth.FALSE if value is None else expected


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda row: row.name)
def test_examples_of_a_relation_hold(relation: Relation) -> None:
    for example in relation.examples:
        text = f"@Resource[{ATTRIBUTE}] {relation.name} {example.right}"
        expected = {
            "unknown": example.expected,
            "false": in_false_mode(example.expected, example.left),
        }
        assert outcomes(text, example.left) == expected, text
        denied = {mode: negate(outcome) for mode, outcome in expected.items()}
        assert outcomes(f"NOT {text}", example.left) == denied, text


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda row: row.name)
def test_a_relation_has_a_true_a_false_and_an_absent_example(relation: Relation) -> None:
    assert {Truth.TRUE, Truth.FALSE} <= {example.expected for example in relation.examples}
    assert any(example.left is None for example in relation.examples)


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda row: row.name)
def test_the_negation_of_a_relation_denies_it_for_present_values(relation: Relation) -> None:
    opposite = relation_named(relation.negation)
    assert opposite is not None
    assert opposite.negation == relation.name
    assert (opposite.kind, opposite.ignore_case) == (relation.kind, relation.ignore_case)
    for example in relation.examples:
        text = f"@Resource[{ATTRIBUTE}] {opposite.name} {example.right}"
        assert outcomes(text, example.left)["unknown"] is negate(example.expected), text


def test_the_table_holds_the_documented_relations() -> None:
    text_forms = [
        f"String{negation}{form}{suffix}"
        for form, negation, suffix in product(
            ("Equals", "StartsWith", "Like"), ("", "Not"), ("", "IgnoreCase")
        )
    ]
    orders = ("Equals", "NotEquals", "GreaterThan", "GreaterThanEquals", "LessThan")
    ordered = [
        f"{family}{order}"
        for family in ("Numeric", "DateTime")
        for order in (*orders, "LessThanEquals")
    ]
    pairs = ["BoolEquals", "BoolNotEquals", "GuidEquals", "GuidNotEquals"]
    assert sorted(row.name for row in RELATIONS) == sorted([*text_forms, *ordered, *pairs])


def test_exactly_sixteen_relations_take_a_quantifier() -> None:
    quantifiable = [row for row in RELATIONS if row.quantifiable]
    assert len(quantifiable) * len(QUANTIFIERS) == 64
    assert not [
        row.name
        for row in quantifiable
        if "StartsWith" in row.name or row.kind in (Kind.BOOLEAN, Kind.DATETIME)
    ]


@pytest.mark.parametrize("quantifier", QUANTIFIERS, ids=lambda row: row.name)
def test_examples_of_a_quantifier_hold(quantifier: Quantifier) -> None:
    for example in quantifier.examples:
        text = f"@Resource[{ATTRIBUTE}] {quantifier.name}:{example.relation} {example.right}"
        found = outcomes(text, list(example.left))
        assert found == dict.fromkeys(MODES, example.expected), (text, json.dumps(example.left))


@pytest.mark.parametrize("row", [*RELATIONS, *QUANTIFIERS], ids=lambda row: row.name)
def test_names_are_found_in_any_case(row: Relation | Quantifier) -> None:
    find = relation_named if isinstance(row, Relation) else quantifier_named
    assert find(row.name.lower()) is find(row.name.upper()) is row
    assert find(row.name + "x") is None
