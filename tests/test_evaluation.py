"""The language-neutral cases, through the interpreter, the compiled program and the oracle."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

import azcond
import oracle
from azcond.ast import Comparison
from azcond.interpreter import Missing
from azcond.operators import QUANTIFIERS, RELATIONS
from conftest import FIXTURES

FILES = sorted((FIXTURES / "evaluation").glob("*.json"))
OUTCOMES = {
    True: azcond.Truth.TRUE,
    False: azcond.Truth.FALSE,
    "unknown": azcond.Truth.UNKNOWN,
    None: azcond.Truth.UNKNOWN,  # as the oracle says it
}
EXPECTED = {"unknown": "expected", "false": "expected_missing_false"}


@cache
def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in FILES
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]
    ]


def text_of(case: dict[str, Any]) -> str:
    if "condition_file" in case:
        path = FIXTURES / "conditions" / str(case["condition_file"])
        return path.read_text(encoding="utf-8")
    return str(case["condition"])


@pytest.mark.parametrize("mode", ["unknown", "false"])
@pytest.mark.parametrize("case", cases())
def test_a_case_gives_what_it_expects(case: dict[str, Any], mode: Missing) -> None:
    condition = azcond.parse(text_of(case))
    request = azcond.Request.from_json(case["request"])
    expected = OUTCOMES[case[EXPECTED[mode]]]
    assert azcond.evaluate(condition, request, mode) is expected
    assert azcond.compile(condition, mode)(request) is (expected is azcond.Truth.TRUE)
    assert OUTCOMES[oracle.decide(condition.ast, case["request"], mode)] is expected


def test_the_cases_cover_every_relation_with_every_outcome() -> None:
    trees = [
        (azcond.parse(text_of(case)).ast, case["expected"])
        for param in cases()
        for case in param.values
    ]
    seen = {(tree.operator.name, was) for tree, was in trees if isinstance(tree, Comparison)}
    outcomes = (True, False, "unknown")
    plain = {(row.name, outcome) for row in RELATIONS for outcome in outcomes}
    quantified = {
        (f"{quantifier.name}:{row.name}", outcome)
        for quantifier in QUANTIFIERS
        for row in RELATIONS
        if row.quantifiable
        for outcome in outcomes
    }
    assert plain | quantified <= seen


def test_names_of_cases_are_unique() -> None:
    names = [param.id for param in cases()]
    assert len(names) == len(set(names))


def test_every_fixture_condition_has_cases_with_more_than_one_outcome() -> None:
    outcomes: dict[str, set[object]] = {}
    for param in cases():
        for case in param.values:
            outcomes.setdefault(case.get("condition_file"), set()).add(case["expected"])
    for path in sorted((FIXTURES / "conditions").glob("*.cond")):
        assert len(outcomes[path.name]) > 1, path.name


def test_another_reading_of_missing_attributes_is_refused() -> None:
    condition = azcond.parse("Exists @Resource[a:b]")
    wrong: Any = "maybe"
    with pytest.raises(ValueError, match="missing"):
        azcond.evaluate(condition, azcond.Request("a/b"), wrong)
    with pytest.raises(ValueError, match="missing"):
        azcond.compile(condition, wrong)
