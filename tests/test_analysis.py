"""What conditions mean over all requests, against enumeration and against real decisions."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import azcond
from azcond.analysis import (
    Budget,
    Range,
    UndecidedError,
    everything,
    find_failure,
    find_met,
    is_always_met,
    is_never_met,
    keeps_decisions,
    same_decisions,
)
from azcond.analysis.texts import TextPattern, combinations
from azcond.ast import Attribute, Expression
from azcond.operators import like_pattern, like_segments
from azcond.truth import Truth

PATTERNS = ("a", "b", "ab", "a*", "*b", "?")
TEXTS = [
    "",
    *PATTERNS,
    *map(str.upper, PATTERNS),
    "aB",
    "abc",
    "ba",
    "xb",
    "xab",
    "xx",
    "a*x",
    "*bx",
]
LISTS = [(), ("a", "b"), ("b", "x"), ("ab", "A"), ("x", "xx"), ("a", "ab", "x"), ("b", "ab", "xx")]


def tree(text: str) -> Expression:
    return azcond.parse(text).ast


@st.composite
def texts_of_conditions(draw: st.DrawFn) -> str:
    """Small conditions over two text attributes, an action and a suboperation."""
    quantified = [f"{q}:String{r}" for q in _QUANTIFIERS for r in ("Equals", "NotEquals", "Like")]
    leaf = st.one_of(
        st.builds(
            "{} String{} '{}'".format,
            st.sampled_from(("@Resource[p]", "@Request[q]")),
            st.sampled_from(("Equals", "NotEquals", "StartsWith", "Like", "EqualsIgnoreCase")),
            st.sampled_from(PATTERNS),
        ),
        st.builds(
            "{} {} {{'{}', '{}'}}".format,
            st.sampled_from(("@Resource[p]", "@Request[q]")),
            st.sampled_from(quantified),
            st.sampled_from(("a", "b")),
            st.sampled_from(("b", "ab")),
        ),
        st.sampled_from(("Exists @Resource[p]", "ActionMatches{'x/*'}", "ActionMatches{'x/y'}")),
        st.just("SubOperationMatches{'s'}"),
    )
    expression = st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds("NOT ({})".format, inner),
            st.builds("({}) AND ({})".format, inner, inner),
            st.builds("({}) OR ({})".format, inner, inner),
        ),
        max_leaves=4,
    )
    return draw(expression)


_QUANTIFIERS = ("ForAnyOfAnyValues", "ForAllOfAnyValues", "ForAnyOfAllValues", "ForAllOfAllValues")


def requests() -> list[azcond.Request]:
    """More sorts of request than the conditions above tell apart."""
    values = [None, 0.5, *TEXTS, *LISTS]
    names = itertools.product(("x/y", "x/z", "other"), (None, "s", "t"))
    return [
        azcond.Request(action, suboperation, resource={"p": p}, request={"q": q})
        for (action, suboperation), p, q in itertools.product(names, values, values)
    ]


REQUESTS = requests()
SOME_REQUESTS = REQUESTS[::97]


@given(texts_of_conditions())
def test_always_and_never_are_those_of_enumeration(text: str) -> None:
    program = azcond.compile(azcond.parse(text))
    met = {program(request) for request in REQUESTS}
    assert is_always_met(tree(text), everything) == (met == {True})
    assert is_never_met(tree(text), everything) == (met == {False})


@given(texts_of_conditions(), texts_of_conditions())
def test_same_decisions_are_those_of_enumeration(one: str, other: str) -> None:
    first, second = (azcond.compile(azcond.parse(text)) for text in (one, other))
    alike = all(first(request) == second(request) for request in REQUESTS)
    assert same_decisions(tree(one), tree(other)) == alike


@given(texts_of_conditions(), texts_of_conditions())
def test_decisions_are_kept_in_both_readings(one: str, other: str) -> None:
    alike = all(
        azcond.compile(azcond.parse(one), missing)(request)
        == azcond.compile(azcond.parse(other), missing)(request)
        for missing in ("unknown", "false")
        for request in SOME_REQUESTS
    )
    assert keeps_decisions(tree(one), tree(other)) <= alike
    assert keeps_decisions(tree(one), tree(one))


def test_what_differs_only_where_an_attribute_is_absent_is_not_kept() -> None:
    one = "NOT @Request[q] StringEquals 'b' AND @Request[q] StringStartsWith ''"
    other = "NOT @Request[q] StringEquals 'b'"
    assert same_decisions(tree(one), tree(other))
    assert not keeps_decisions(tree(one), tree(other))


@given(texts_of_conditions())
def test_a_witness_is_decided_as_it_says(text: str) -> None:
    condition = azcond.parse(text)
    for find, met in ((find_met, True), (find_failure, False)):
        witness = find(condition.ast, everything)
        if witness is None or (witness.action or "").endswith("/"):
            continue  # `x/` is a text that `x/*` matches, and no action
        given_values: dict[str, dict[str, object]] = {"Resource": {}, "Request": {}}
        for attribute, value in witness.attributes.items():
            given_values[attribute.source][attribute.id] = None if value == "absent" else value
        suboperation = None if witness.suboperation == "absent" else witness.suboperation
        request = azcond.Request(
            witness.action or "other",
            suboperation,
            resource=given_values["Resource"],
            request=given_values["Request"],
        )
        assert (azcond.evaluate(condition, request) is Truth.TRUE) == met


SECOND = "2026-01-01T00:00:00"
AFTER_1 = f"@Environment[UtcNow] DateTimeGreaterThan '{SECOND}.0000001Z'"


@pytest.mark.parametrize(
    ("text", "always", "never"),
    [
        ("@Resource[x] NumericGreaterThan 5 OR @Resource[x] NumericLessThanEquals 5", True, False),
        ("@Resource[x] NumericGreaterThan 5 AND @Resource[x] NumericLessThan 6", False, True),
        ("@Resource[x] NumericGreaterThan 5 AND @Resource[x] NumericLessThan 7", False, False),
        ("@Resource[x] BoolEquals true OR @Resource[x] BoolEquals false", True, False),
        (f"{AFTER_1} AND @Environment[UtcNow] DateTimeLessThan '{SECOND}.0000003Z'", False, False),
        (f"{AFTER_1} AND @Environment[UtcNow] DateTimeLessThan '{SECOND}.0000002Z'", False, True),
        ("@Resource[x] StringStartsWith 'a' OR NOT @Resource[x] StringLike 'a*'", True, False),
        ("'a' StringEquals 'a'", True, False),
        ("'a' StringEquals 'b'", False, True),
        ("@Resource[x] NumericEquals 'five'", False, True),
    ],
)
def test_one_present_value(text: str, always: bool, never: bool) -> None:
    def present(_: Attribute) -> Range:
        return Range(absent=False, listed=False, ill_typed=False)

    assert (is_always_met(tree(text), present), is_never_met(tree(text), present)) == (
        always,
        never,
    )


def test_documented_attributes_are_present_unless_the_documentation_says_otherwise() -> None:
    containers = "Microsoft.Storage/storageAccounts/blobServices/containers"
    name, version = f"@Resource[{containers}:name]", f"@Request[{containers}/blobs:versionId]"
    assert is_always_met(tree(f"{name} StringEquals 'a' OR {name} StringNotEquals 'a'"))
    time = "'2026-01-01T00:00:00Z'"
    maybe = f"{version} DateTimeEquals {time} OR {version} DateTimeNotEquals {time}"
    assert not is_always_met(tree(maybe))


def test_too_much_work_is_not_decided() -> None:
    text = " AND ".join(f"@Resource[a{n}] StringLike '*{n}*{n}*'" for n in range(40))
    with pytest.raises(UndecidedError):
        is_never_met(tree(text), everything, Budget(200))


@given(
    st.lists(st.text("ab*?", max_size=5), min_size=1, max_size=3, unique=True),
    st.text("abx", max_size=6),
)
def test_combinations_of_patterns_cover_every_text(patterns: list[str], text: str) -> None:
    made = [TextPattern(tuple(like_segments(pattern)), ignore_case=False) for pattern in patterns]
    found = combinations(made, Budget(100_000))
    matching = frozenset(n for n, p in enumerate(patterns) if like_pattern(p).matches(text))
    assert matching in found
    for numbers, example in found.items():
        assert numbers == {n for n, p in enumerate(patterns) if like_pattern(p).matches(example)}
