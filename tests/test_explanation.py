"""Explanations: golden texts and JSON, what they claim, and their bounds."""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from azcond.ast import MAX_DEPTH, And, Attribute, Condition, Expression, Not, Or, fold_nodes
from azcond.explanation import Explanation, LeafStep, explain
from azcond.explanation.tracing import deciding_nodes
from azcond.interpreter import Missing, evaluate, truths
from azcond.kinds import fold
from azcond.parser import parse
from azcond.references import KEY_CASE_SENSITIVE
from azcond.request import Request
from azcond.truth import Truth, conjoin, disjoin, negate
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
def test_an_explanation_agrees_with_the_evaluation(
    tree: Expression, given_: dict[str, Any]
) -> None:
    condition, request = condition_of(tree), Request(**given_)
    verdicts = {reading: evaluate(condition, request, reading) for reading in READINGS}
    for reading in READINGS:
        explanation = explain(condition, request, reading)
        (other,) = set(READINGS) - {reading}
        assert explanation.verdict is verdicts[reading]
        assert explanation.other_verdict is verdicts[other]
        assert explanation.met is (verdicts[reading] is Truth.TRUE)
        assert explanation.readings_disagree is (
            bool(verdicts["unknown"]) != bool(verdicts["false"])
        )
        assert explanation.met is (explanation.to_text().startswith("MET "))
        json.dumps(explanation.to_json(), allow_nan=False)


@given(trees(), requests(), st.sampled_from(Truth))
def test_what_did_not_decide_does_not_matter(
    tree: Expression, given_: dict[str, Any], other: Truth
) -> None:
    found = truths(tree, Request(**given_))
    deciding = deciding_nodes(tree, found)
    verdict = found[id(tree)]
    assume(verdict is not Truth.UNKNOWN)

    def combine(node: Expression, operands: Sequence[Truth]) -> Truth:
        match node:
            case And():
                return conjoin(operands)
            case Or():
                return disjoin(operands)
            case Not():
                return negate(*operands)
            case _:
                return found[id(node)] if id(node) in deciding else other

    assert fold_nodes(tree, combine) is verdict


@given(trees(), requests())
def test_a_clause_is_not_met_while_what_it_requires_is_unknown(
    tree: Expression, given_: dict[str, Any]
) -> None:
    explanation = explain(condition_of(tree), Request(**given_))
    for clause in explanation.clauses:
        for step in clause.steps:
            if isinstance(step, LeafStep) and step.required and step.truth is Truth.UNKNOWN:
                assert clause.truth is not Truth.TRUE


@given(trees(), requests())
def test_the_examples_of_a_remedy_meet_the_condition(
    tree: Expression, given_: dict[str, Any]
) -> None:
    condition = condition_of(tree)
    for reading in READINGS:
        explanation = explain(condition, Request(**given_), reading)
        if not explanation.remedy.is_possible:
            continue
        # Keys listed by themselves and the keys of entries are told apart by a remedy.
        assume("&$keys$&" not in repr(tree))
        changed = with_examples(given_, explanation)
        assert evaluate(condition, changed, reading) is Truth.TRUE, explanation.remedy


def with_examples(given_: dict[str, Any], explanation: Explanation) -> Request:
    """The request with the example values in the place of what it has."""
    before = Request(**given_)
    changed: dict[str, Any] = {"action": before.action, "suboperation": before.suboperation}
    for source in ("resource", "request", "principal", "environment"):
        changed[source] = {
            name: value
            for name, value in given_.get(source, {}).items()
            if fold(name) != "suboperation"
        }
    for example in explanation.remedy.examples:
        if isinstance(example.subject, Attribute):
            put(changed[example.subject.source.value.lower()], example.subject.id, example.value)
        else:
            changed[example.subject.value] = example.value
    return Request(**changed)


def put(attributes: dict[str, Any], attribute_id: str, value: Any) -> None:
    """Give an attribute a value, inside its dictionary if that is given as a map."""
    name = attribute_id.removesuffix(KEY_CASE_SENSITIVE)
    type_id, _, key = name.partition(":")
    for given_id, entries in attributes.items():
        if fold(given_id) == fold(type_id) and isinstance(entries, dict):
            # A dictionary that is compared as a whole would lose its entries.
            assume(key)
            attributes[given_id] = attributes = dict(entries)
            name = key
            break
    for other in [other for other in attributes if fold(bare(other)) == fold(name)]:
        del attributes[other]
    attributes[name] = value


def bare(attribute_id: str) -> str:
    return attribute_id.removesuffix(KEY_CASE_SENSITIVE)


TEST = "@Resource[a:b] NumericEquals 1"


@pytest.mark.parametrize(
    "text",
    [
        "NOT " * MAX_DEPTH + TEST,
        "NOT (" * (MAX_DEPTH // 2) + TEST + f" AND {TEST})" * (MAX_DEPTH // 2),
        "(" * 255 + TEST + "".join(f" {'AND' if n % 2 else 'OR'} {TEST})" for n in range(255)),
        "@Resource[x] ForAllOfAllValues:NumericNotEquals {" + "1," * 10_000 + "1}",
        "@Resource[x] ForAnyOfAnyValues:StringLike {" + "'*a*b*c'," * 3_000 + "'d'}",
        "ActionMatches{" + "'a/b/c'," * 3_000 + "'d'}",
        " OR ".join(f"@Resource[a:b{n}] NumericEquals {n}" for n in range(700)),
        " AND ".join(f"@Resource[a] StringNotEquals 'v{n}'" for n in range(700)),
        " AND ".join(f"(!(ActionMatches{{'a/{n}'}}) OR {TEST})" for n in range(400)),
        "@Resource[x] StringEquals '" + "v" * 60_000 + "'",
    ],
    ids=[
        "not", "not-and", "alternating", "set", "like", "patterns", "or", "attribute", "clauses",
        "string",
    ],
)  # fmt: skip
def test_large_conditions_are_explained_in_linear_time(text: str) -> None:
    condition = parse(text)
    values = ["*a*b*d" * 20, "v0", 5]
    for given_ in ({}, {"x": values, "a": "v0", "a:b": 2}):
        started = time.perf_counter()
        explanation = explain(condition, Request("a/b/c", resource=given_))
        rendered = explanation.to_text()
        json.dumps(explanation.to_json())
        assert time.perf_counter() - started < 10
        assert len(rendered) < 10 * len(text) + 1_000
        assert pickle.loads(pickle.dumps(explanation)).to_text() == rendered
        assert hash(explanation) is not None
        assert repr(explanation)


def test_numbers_that_text_and_json_cannot_hold() -> None:
    condition = parse("@Resource[x] NumericEquals 1 AND @Resource[y] NumericEquals 1")
    request = Request("a/b", resource={"x": 10**5000, "y": float("inf")})
    explanation = explain(condition, request)
    assert "about 10^5000" in explanation.to_text()
    assert "inf → unknown" in explanation.to_text()
    json.dumps(explanation.to_json(), allow_nan=False)


def test_values_of_python_types_are_shown_and_become_json() -> None:
    condition = parse(
        "@Resource[when] DateTimeLessThan '2026-01-01T00:00:00Z' "
        "AND @Resource[who] GuidEquals 8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
    )
    request = Request(
        "a/b",
        resource={
            "when": datetime(2026, 5, 1, tzinfo=UTC),
            "who": UUID("acdd72a7-3385-48ef-bd42-f606fba81ae7"),
        },
    )
    explanation = explain(condition, request)
    assert "value: 2026-05-01T00:00:00+00:00" in explanation.to_text()
    assert "value: acdd72a7-3385-48ef-bd42-f606fba81ae7 (Reader)" in explanation.to_text()
    assert '"2026-05-01T00:00:00+00:00"' in json.dumps(explanation.to_json())


@pytest.mark.parametrize("width", [0, 20, 80, 400])
def test_any_width_shows_the_same_words(width: int) -> None:
    path = FIXTURES / "explain" / "network-outside.case.json"
    assert load(path).to_text(width).split() == load(path).to_text().split()


def test_missing_attributes_are_listed_once_and_only_where_asked() -> None:
    text = (FIXTURES / "conditions" / "key-vault-secrets.cond").read_text(encoding="utf-8")
    explanation = explain(
        parse(text), Request("Microsoft.KeyVault/vaults/secrets/getSecret/action")
    )
    assert [attribute.id for attribute in explanation.missing_attributes] == [
        "Microsoft.KeyVault/vaults/secrets:name"
    ]


def test_another_reading_of_missing_attributes_is_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        explain(parse(TEST), Request("a/b"), "true")  # type: ignore[arg-type]  # what is tested


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        (
            "@Resource[x] ForAllOfAllValues:NumericLessThan {3, 5}",
            [7, 8],
            "@Resource[x] had only values that were less than each of 3, 5",
        ),
        (
            "NOT (@Resource[x] ForAnyOfAnyValues:StringLike {'a*', '*b'})",
            ["ab", "c"],
            "@Resource[x] had only values that matched none of 'a*', '*b'",
        ),
        (
            "NOT (@Resource[x] ForAllOfAnyValues:StringEquals {'a', 'b'})",
            ["a", "b"],
            "@Resource[x] had a value that was none of 'a', 'b'",
        ),
        (
            "@Resource[x] ForAnyOfAllValues:StringLike {'a*', '*b'}",
            "c",
            "@Resource[x] matched each of 'a*', '*b'",
        ),
        (
            "@Resource[x] StringStartsWith 'a' AND @Resource[x] StringLike '*b'",
            "c",
            "@Resource[x] started with 'a' and matched '*b'",
        ),
        ("NOT (Exists @Resource[x])", "c", "@Resource[x] were absent"),
        ("NOT ('a' StringEquals @Resource[x])", "a", "'a' StringEquals @Resource[x] failed"),
        (
            "@Resource[x] DateTimeGreaterThanEquals '2026-01-01T00:00:00Z'",
            "2025-01-01T00:00:00Z",
            "@Resource[x] were not before '2026-01-01T00:00:00Z'",
        ),
        (
            "@Resource[x] StringEquals @Resource[y]",
            "a",
            "@Resource[x] were @Resource[y] (both present)",
        ),
    ],
)
def test_what_would_have_to_differ(text: str, value: Any, expected: str) -> None:
    explanation = explain(parse(text), Request("a/b", resource={"x": value}))
    assert explanation.to_text().endswith(f"\nit would be met if {expected}\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SubOperationMatches{'A', 'B'}", "nothing else would meet it without a suboperation"),
        ("SubOperationMatches{'A', 'B'}", "it would be met if the suboperation were A or B"),
        ("NOT ActionMatches{'a/*'}", "nothing else would meet it for this action"),
        ("NOT ActionMatches{'a/*'}", "it would be met if the action did not match a/*"),
        (
            "@Resource[x] ForAnyOfAllValues:NumericEquals {1, 2}",
            "no change of the request was found that would meet it",
        ),
        (
            "@Resource[x] NumericEquals 1 OR @Resource[y] NumericEquals 2",
            "it would be met, for example, if @Resource[x] were 1",
        ),
        (
            "@Resource[x] NumericEquals 1 AND @Resource[x] NumericEquals 2",
            "the nearest would need, all at once, that @Resource[x] were 1 and were 2",
        ),
        (
            " AND ".join(f"@Resource[x{n}] NumericEquals {n}" for n in range(20)),
            "  and @Resource[x7] were 7\n  and 12 more tests came out differently",
        ),
    ],
)
def test_what_a_remedy_says_where_no_single_attribute_helps(text: str, said: str) -> None:
    assert said in explain(parse(text), Request("a/b")).to_text(width=200)
