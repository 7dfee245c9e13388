"""Explanations: golden texts and JSON, what they claim, and their bounds."""

from __future__ import annotations

import json
import pickle
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given

from azcond.ast import MAX_DEPTH, Attribute, Condition, Expression
from azcond.errors import RequestError
from azcond.explanation import Explanation, GroupStep, LeafStep, explain
from azcond.interpreter import Missing, evaluate
from azcond.kinds import fold
from azcond.parser import parse
from azcond.references import KEY_CASE_SENSITIVE
from azcond.request import Request
from azcond.source import Span
from azcond.truth import Truth
from conftest import FIXTURES, Golden
from strategies import requests, trees

CASES = sorted((FIXTURES / "explain").glob("*.case.json"), key=lambda path: path.name)
READINGS: tuple[Missing, Missing] = ("unknown", "false")


def load(path: Path) -> Explanation:
    case = json.loads(path.read_text(encoding="utf-8"))
    text = case.get("condition") or (FIXTURES / case["condition_file"]).read_text(encoding="utf-8")
    return explain(parse(text), Request.from_json(case["request"]), case["missing"])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name.removesuffix(".case.json"))
def test_golden_case(path: Path, golden: Golden) -> None:
    explanation = load(path)
    stem = path.name.removesuffix(".case.json")
    golden(path.with_name(f"{stem}.txt"), explanation.to_text())
    document = json.dumps(explanation.to_json(), indent=2, ensure_ascii=False)
    golden(path.with_name(f"{stem}.json"), document + "\n")


def condition_of(tree: Expression) -> Condition:
    return Condition("", tree)


@given(trees(), requests())
def test_an_explanation_agrees_with_the_evaluation(tree: Expression, given_: dict[str, Any]) -> None:
    condition, request = condition_of(tree), Request(**given_)
    verdicts = {reading: evaluate(condition, request, reading) for reading in READINGS}
    for reading in READINGS:
        explanation = explain(condition, request, reading)
        (other,) = set(READINGS) - {reading}
        assert explanation.verdict is verdicts[reading]
        assert explanation.other_verdict is verdicts[other]
        assert explanation.met is (verdicts[reading] is Truth.TRUE)
        assert explanation.readings_disagree is (bool(verdicts["unknown"]) != bool(verdicts["false"]))
        assert explanation.met is (explanation.to_text().startswith("MET "))
        json.dumps(explanation.to_json(), allow_nan=False)


@given(trees(), requests())
def test_what_decided_is_there_and_is_no_more_than_the_verdict(
    tree: Expression, given_: dict[str, Any]
) -> None:
    explanation = explain(condition_of(tree), Request(**given_))
    assert any(clause.decided for clause in explanation.clauses)
    for step in explanation.leaves:
        if step.decided and isinstance(step.leaf.span, Span) and not explanation.met:
            assert step.truth is not Truth.TRUE or not is_plain(tree)


def is_plain(tree: Expression) -> bool:
    """Without NOT the truth of a deciding leaf is the verdict's own."""
    return "Not(" not in repr(tree)


@given(trees(), requests())
def test_the_examples_of_a_remedy_meet_the_condition(
    tree: Expression, given_: dict[str, Any]
) -> None:
    condition = condition_of(tree)
    for reading in READINGS:
        explanation = explain(condition, Request(**given_), reading)
        if not explanation.remedy.is_possible:
            continue
        changed = with_examples(given_, explanation)
        assert evaluate(condition, changed, reading) is Truth.TRUE, explanation.remedy


def with_examples(given_: dict[str, Any], explanation: Explanation) -> Request:
    """The request with the example values in the place of what it has."""
    changed: dict[str, Any] = {
        "action": given_["action"],
        "suboperation": given_.get("suboperation"),
    }
    for source in ("resource", "request", "principal", "environment"):
        changed[source] = flat(given_.get(source, {}))
    for example in explanation.remedy.examples:
        if not isinstance(example.subject, Attribute):
            changed[example.subject.value] = example.value
            changed["request"].pop("suboperation", None)
            continue
        # Keys listed by themselves and keys of entries, or one key in two cases, are told apart
        # by the remedy though a request holds them together.
        assume("&$keys$&" not in example.subject.id)
        place = changed[example.subject.source.value.lower()]
        name = example.subject.id.removesuffix(KEY_CASE_SENSITIVE)
        for other in [other for other in place if fold(other) == fold(name)]:
            assume(other == name or example.subject.id == name)
            del place[other]
        place[name] = example.value
    try:
        return Request(**changed)
    except RequestError:
        assume(False)
        raise


def flat(attributes: dict[str, Any]) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for name, value in attributes.items():
        if isinstance(value, dict):
            entries.update({f"{name}:{key}": entry for key, entry in value.items()})
        else:
            entries[name] = value
    return entries
