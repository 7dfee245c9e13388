"""What holds for every condition and every request, on random ones."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given

import azcond
import oracle
from azcond.ast import (
    Attribute,
    Comparison,
    Condition,
    Expression,
    Literal,
    Operand,
    SetLiteral,
    operand_attributes,
    postorder,
)
from azcond.interpreter import Missing
from azcond.operators import QUANTIFIERS, RELATIONS
from spelling import spell
from strategies import random_request, random_tree, requests, texts

MODES: tuple[Missing, ...] = ("unknown", "false")
OUTCOMES = {True: azcond.Truth.TRUE, False: azcond.Truth.FALSE, None: azcond.Truth.UNKNOWN}
SAMPLE = 1500


def assert_all_agree(condition: Condition, given_request: dict[str, Any]) -> list[azcond.Truth]:
    """Interpreter, program and oracle give one answer in each reading of absent attributes."""
    request = azcond.Request(**given_request)
    found = []
    for mode in MODES:
        expected = OUTCOMES[oracle.decide(condition.ast, given_request, mode)]
        where = (condition.text, given_request, mode)
        assert azcond.evaluate(condition, request, mode) is expected, where
        program = azcond.compile(condition, mode)
        assert program(request) is (expected is azcond.Truth.TRUE), where
        found.append(expected)
    return found


@given(texts(), requests())
def test_interpreter_program_and_oracle_agree(text: str, request: dict[str, Any]) -> None:
    assert_all_agree(azcond.parse(text), request)


def test_they_agree_on_a_fixed_sample_that_reaches_every_outcome() -> None:
    outcomes: Counter[tuple[str, azcond.Truth]] = Counter()
    for seed in range(SAMPLE):
        rng = Random(seed)
        condition = azcond.parse(spell(random_tree(rng), rng))
        outcomes.update(zip(MODES, assert_all_agree(condition, random_request(rng)), strict=True))
    for mode, truth in product(MODES, azcond.Truth):
        assert outcomes[mode, truth] > SAMPLE / 20, outcomes


def test_the_sample_reaches_every_kind_of_node_operator_and_operand() -> None:
    seen: set[object] = set()
    for seed in range(SAMPLE):
        for node in postorder(random_tree(Random(seed))):
            seen.update(features(node))
    operators = {row.name for row in RELATIONS} | {
        f"{quantifier.name}:{row.name}"
        for quantifier in QUANTIFIERS
        for row in RELATIONS
        if row.quantifiable
    }
    nodes = {"And", "Or", "Not", "ActionMatches", "SubOperationMatches", "Exists", "Comparison"}
    sides = set(product(("left", "right"), ("Attribute", "Literal", "SetLiteral")))
    literals = {("literal", kind) for kind in ("string", "integer", "boolean", "guid")}
    sources = {("source", name) for name in ("Environment", "Principal", "Request", "Resource")}
    assert operators | nodes | sides | literals | sources <= seen


def features(node: Expression) -> Iterator[object]:
    yield type(node).__name__
    if isinstance(node, Comparison):
        yield node.operator.name
        yield ("left", type(node.left).__name__)
        yield ("right", type(node.right).__name__)
        for literal in (*literals_of(node.left), *literals_of(node.right)):
            yield ("literal", literal.kind.value)
        for attribute in operand_attributes(node):
            yield ("source", attribute.source.value)


def literals_of(operand: Operand) -> tuple[Literal, ...]:
    match operand:
        case Attribute():
            return ()
        case Literal():
            return (operand,)
        case SetLiteral():
            return operand.items


@pytest.mark.parametrize("quantifier", QUANTIFIERS, ids=lambda row: row.name)
@pytest.mark.parametrize("relation", ["NumericLessThan", "NumericEquals", "NumericNotEquals"])
def test_quantifiers_follow_their_truth_table(quantifier: Any, relation: str) -> None:
    """Every pair of lists of up to three of the numbers 0, 1 and 2."""
    condition = azcond.parse(
        f"@Resource[left] {quantifier.name}:{relation} @Resource[right]",
    )
    program = azcond.compile(condition)
    holds = {
        "NumericLessThan": int.__lt__,
        "NumericEquals": int.__eq__,
        "NumericNotEquals": int.__ne__,
    }[relation]
    lists = [list(values) for size in range(4) for values in product(range(3), repeat=size)]
    for left, right in product(lists, lists):
        request = azcond.Request("a/b", resource={"left": left, "right": right})
        expected = oracle.cross_product(quantifier.name, holds, left, right)
        assert program(request) is expected, (left, right)
        assert azcond.evaluate(condition, request) is OUTCOMES[expected], (left, right)


@given(texts())
def test_a_condition_survives_pickling(text: str) -> None:
    condition = azcond.parse(text)
    copy = pickle.loads(pickle.dumps(condition))
    assert copy == condition
    assert hash(copy) == hash(condition)
    assert repr(copy) == repr(condition)
    assert copy.text == text
    assert [node.span for node in postorder(copy.ast)] == [
        node.span for node in postorder(condition.ast)
    ]


@given(texts(), requests())
def test_a_program_survives_pickling(text: str, request: dict[str, Any]) -> None:
    program = azcond.compile(azcond.parse(text), "false")
    copy = pickle.loads(pickle.dumps(program))
    assert copy.source == program.source
    assert copy(azcond.Request(**request)) is program(azcond.Request(**request))


@given(texts())
def test_trees_are_equal_exactly_when_they_say_the_same(text: str) -> None:
    condition = azcond.parse(text)
    rng = Random(len(text))
    assert azcond.parse(spell(condition.ast, rng)) == condition
    denied = azcond.parse(f"NOT ({text})")
    assert denied != condition
    assert len({condition, denied, azcond.parse(f" ({text}) ")}) == 2


@given(texts(), requests())
def test_a_request_is_never_changed_by_an_evaluation(text: str, request: dict[str, Any]) -> None:
    condition, built = azcond.parse(text), azcond.Request(**request)
    before = pickle.dumps(request)
    first = azcond.evaluate(condition, built)
    azcond.compile(condition)(built)
    assert azcond.evaluate(condition, built) is first
    assert pickle.dumps(request) == before
