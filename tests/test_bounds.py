"""Deep and long texts neither crash nor exhaust the stack, wherever the caller stands."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import TypeVar

import pytest

import azcond
from azcond import Request, Truth
from azcond.ast import MAX_DEPTH, Not, children
from azcond.interpreter import Missing

T = TypeVar("T")

TEST = "@Resource[a:b] NumericEquals 1"
MET = Request("a/b", resource={"a:b": 1})
NOT_MET = Request("a/b", resource={"a:b": 2})
SILENT = Request("a/b")
FRAMES = 400


def nested_not(levels: int) -> str:
    return "NOT (" * levels + TEST + ")" * levels


def nested_pairs(levels: int) -> str:
    """AND and OR in turn, `levels` of them, each around the last."""
    text = TEST
    for level in range(levels):
        text = f"{TEST} {'OR' if level % 2 else 'AND'} ({text})"
    return text


def nested_on_the_left(levels: int) -> str:
    return "(" * levels + TEST + f" AND {TEST}) OR {TEST})" * (levels // 2)


def nested_mixture(levels: int) -> str:
    text = TEST
    for level in range(levels):
        text = f"!({text})" if level % 3 == 0 else f"({text}) {('OR', 'AND')[level % 2]} {TEST}"
    return text


DEEP: dict[str, Callable[[int], str]] = {
    "not": nested_not,
    "right": nested_pairs,
    "left": nested_on_the_left,
    "mixture": nested_mixture,
}


def from_a_deep_caller(work: Callable[[], T], frames: int = FRAMES) -> T:
    """The result of some work that starts where hundreds of frames are in use already."""
    return from_a_deep_caller(work, frames - 1) if frames else work()


def directly(work: Callable[[], T]) -> T:
    return work()


def use_in_every_way(text: str) -> tuple[Truth, Truth, Truth]:
    """Run a text through everything that walks a tree; what it gives for the three requests."""
    condition = azcond.parse(text)
    outcomes = tuple(azcond.evaluate(condition, request) for request in (MET, NOT_MET, SILENT))
    modes: tuple[Missing, ...] = ("unknown", "false")
    for mode in modes:
        program = azcond.compile(condition, mode)
        for request in (MET, NOT_MET, SILENT):
            truth = azcond.evaluate(condition, request, mode)
            assert program(request) is (truth is Truth.TRUE)
            explanation = azcond.explain(condition, request, mode)
            assert explanation.verdict is truth
            assert str(explanation)
    for rewrite in (azcond.format, azcond.minify):
        again = azcond.parse(rewrite(text))
        assert again == condition
        assert hash(again) == hash(condition)
    assert repr(condition).count("Comparison(") == text.count(TEST)
    copy = pickle.loads(pickle.dumps(condition))
    assert copy == condition
    assert not [found for found in azcond.check(condition) if found.code.startswith("SYN00")]
    assert not [found for found in azcond.lint(text) if found.code.startswith("SYN00")]
    first, second, third = outcomes
    return first, second, third


def depth_of(text: str) -> int:
    level, depth = [azcond.parse(text).ast], -1
    while level:
        level, depth = [child for node in level for child in children(node)], depth + 1
    return depth


@pytest.mark.parametrize("caller", [directly, from_a_deep_caller])
@pytest.mark.parametrize("shape", DEEP)
def test_the_deepest_nesting_allowed_works_everywhere(
    shape: str, caller: Callable[[Callable[[], object]], object]
) -> None:
    text = DEEP[shape](MAX_DEPTH)
    assert depth_of(text) == MAX_DEPTH
    outcomes = caller(lambda: use_in_every_way(text))
    if shape == "not":
        assert outcomes == (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN)


@pytest.mark.parametrize("shape", DEEP)
def test_one_level_more_is_a_syntax_error(shape: str) -> None:
    levels = MAX_DEPTH + (2 if shape == "left" else 1)
    text = DEEP[shape](levels)
    with pytest.raises(azcond.ConditionSyntaxError) as caught:
        from_a_deep_caller(lambda: azcond.parse(text))
    (found,) = caught.value.diagnostics
    assert found.code == "SYN001"
    assert str(MAX_DEPTH) in found.message + (found.help or "")
    assert text[found.span.start : found.span.end]
    assert found in azcond.lint(text)


def test_far_deeper_nesting_is_one_error_too() -> None:
    with pytest.raises(azcond.ConditionSyntaxError) as caught:
        azcond.parse(nested_not(20_000))
    assert len(caught.value.diagnostics) == 1


@pytest.mark.parametrize("caller", [directly, from_a_deep_caller])
def test_parentheses_nest_freely(
    caller: Callable[[Callable[[], object]], object],
) -> None:
    text = "(" * 4000 + TEST + ")" * 4000
    assert caller(lambda: use_in_every_way(text)) == (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN)
    assert azcond.parse(text) == azcond.parse(TEST)
    spread = "(" * 4000 + f"NOT {TEST}" + ")" * 2000 + f" OR {TEST}" + ")" * 2000
    assert azcond.evaluate(azcond.parse(spread), MET) is Truth.TRUE


def guids(characters: int) -> list[str]:
    return [f"00000000-0000-4000-8000-{number:012x}" for number in range(characters // 38)]


@pytest.mark.parametrize("characters", [8 * 1024, 64 * 1024])
def test_long_lists_work_everywhere(characters: int) -> None:
    values = guids(characters)
    text = f"@Resource[a:b] ForAnyOfAnyValues:GuidEquals {{{', '.join(values)}}}"
    assert len(text) > characters - 40
    condition = azcond.parse(text)
    program = azcond.compile(condition)
    for value, expected in ((values[-1], True), ("f" * 32, False)):
        request = Request("a/b", resource={"a:b": value})
        assert azcond.evaluate(condition, request) is (Truth.TRUE if expected else Truth.FALSE)
        assert program(request) is expected
        assert azcond.explain(condition, request).verdict.value == 2 * expected
    assert azcond.parse(azcond.format(text)) == condition == azcond.parse(azcond.minify(text))
    assert pickle.loads(pickle.dumps(condition)) == condition
    too_long = [found.code for found in azcond.lint(text) if found.code == "LIM601"]
    assert len(too_long) == (characters > 8 * 1024 or len(text) > 0.9 * 8192)


@pytest.mark.parametrize("word", ["AND", "OR"])
def test_a_long_chain_is_one_node(word: str) -> None:
    text = f" {word} ".join([TEST] * 1000)
    condition = azcond.parse(text)
    assert len(children(condition.ast)) == 1000
    assert use_in_every_way(text) == (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN)


def test_a_long_row_of_not_is_limited_like_any_nesting() -> None:
    assert depth_of("NOT " * MAX_DEPTH + TEST) == depth_of("!" * MAX_DEPTH + TEST) == MAX_DEPTH
    with pytest.raises(azcond.ConditionSyntaxError):
        azcond.parse("!" * (MAX_DEPTH + 1) + TEST)


def test_trees_too_deep_for_recursion_are_compared_by_what_they_say() -> None:
    one, other = azcond.parse(nested_not(MAX_DEPTH)).ast, azcond.parse(nested_not(MAX_DEPTH)).ast
    assert one == other
    assert isinstance(one, Not)
    assert one != one.operand
    assert len({one, other, one.operand}) == 2
