"""Texts that are not conditions: each error, where it stands, and what to write instead."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from azcond.ast import MAX_DEPTH, Condition
from azcond.codes import CODES
from azcond.diagnostics import Diagnostic, Severity
from azcond.errors import ConditionSyntaxError
from azcond.parser import parse, recovery
from azcond.parser.recovery.findings import LIMIT
from azcond.parser.tables import tables
from azcond.source import Source
from conftest import FIXTURES

Case = dict[str, Any]

CASES: list[Case] = [
    case
    for path in sorted((FIXTURES / "syntax").glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]

TEST = "@Resource[a:b] StringEquals 'x'"


def errors_of(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(ConditionSyntaxError) as caught:
        parse(text)
    return caught.value.diagnostics


def fixed(text: str, errors: tuple[Diagnostic, ...]) -> str:
    """The text after the fixes of all its errors."""
    edits = sorted(
        (edit.span, edit.replacement)
        for error in errors
        if error.fix is not None
        for edit in error.fix.edits
    )
    assert all(one.end <= other.start for (one, _), (other, _) in pairwise(edits))
    for (start, end), replacement in reversed(edits):
        text = text[:start] + replacement + text[end:]
    return text


def count_errors(text: str) -> int:
    try:
        parse(text)
    except ConditionSyntaxError as refused:
        return len(refused.diagnostics)
    return 0


def names(case: Case) -> str:
    return str(case["name"])


@pytest.mark.parametrize("case", CASES, ids=names)
def test_every_error_and_no_other(case: Case) -> None:
    errors = errors_of(case["text"])
    assert [(error.code, list(error.span)) for error in errors] == [
        (expected["code"], expected["span"]) for expected in case["errors"]
    ], [f"{error.code} {error.message}" for error in errors]
    for error, expected in zip(errors, case["errors"], strict=True):
        assert case["text"][error.span.start : error.span.end] == expected["at"]
        assert (error.line, error.column) == (expected["line"], expected["column"])
        for part in expected.get("message", ()):
            assert part in error.message
        for part in expected.get("help", ()):
            assert part in (error.help or "")


@pytest.mark.parametrize("case", [case for case in CASES if "fixed" in case], ids=names)
def test_fixes_give_a_condition(case: Case) -> None:
    text = fixed(case["text"], errors_of(case["text"]))
    assert text == case["fixed"]
    assert isinstance(parse(text), Condition)


@pytest.mark.parametrize("case", CASES, ids=names)
def test_a_safe_fix_leaves_fewer_errors(case: Case) -> None:
    errors = errors_of(case["text"])
    for error in errors:
        if error.fix is None or not error.fix.safe:
            continue
        text = fixed(case["text"], (error,))
        assert count_errors(text) < len(errors) or not text.strip()


def test_every_code_of_refused_texts_has_a_case() -> None:
    shown = {error["code"] for case in CASES for error in case["errors"]}
    refusals = {f"SYN{number:03}" for number in (*range(1, 9), 11, 12)}
    assert shown == refusals | {"TYP104", "TYP107"}
    assert len({names(case) for case in CASES}) == len(CASES)


# What holds for every error of every text


_NAMES = sorted((*tables().terminals, "BARE", "FOREIGN", "LBRACKET", "RBRACKET", "OTHER_WORD"))
_INTERNAL = re.compile(rf"\b(?:{'|'.join(set(_NAMES) - {'AND', 'OR', 'NOT', 'GUID'})})\b")
_ECHO = re.compile(r"`[^`]*`|U\+[0-9A-F]{4,6} [A-Z0-9 -]+")


def check_wording(text: str | None) -> None:
    assert text
    assert text == text.strip()
    assert not text.endswith(".")
    assert text[0].islower() or text[0] == "`" or text.startswith("AND")
    assert not _INTERNAL.search(_ECHO.sub("", text)), text
    assert text.isprintable()


def check_errors(text: str) -> None:
    """Whatever the text: a condition, or one or more errors that lie in it, each said once."""
    try:
        assert parse(text).text == text
    except ConditionSyntaxError as refused:
        errors = refused.diagnostics
    else:
        return
    assert 1 <= len(errors) <= LIMIT
    assert len({(error.code, error.span) for error in errors}) == len(errors)
    assert [error.span for error in errors] == sorted(error.span for error in errors)
    source = Source(text)
    for error in errors:
        assert error.code in CODES
        assert error.severity is Severity.ERROR
        assert 0 <= error.span.start <= error.span.end <= len(text)
        assert (error.line, error.column) == source.line_column(error.span.start)
        check_wording(error.message)
        check_wording(error.help)
        for edit in error.fix.edits if error.fix else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(text)


@pytest.mark.parametrize("case", CASES, ids=names)
def test_wording(case: Case) -> None:
    check_errors(case["text"])


@given(st.text(st.characters(exclude_categories=())))
@example("\ud800")
@example("\0")
@example("'\\")
@example("@Resource[x\ud800] StringEquals 'x'")
def test_any_text(text: str) -> None:
    check_errors(text)


_MARKS = "(){}[],:;'\"“‘@&|!\\"  # noqa: RUF001  # typographic quotes
_WORDS = [
    *("AND", "OR", "NOT", "Exists", "ActionMatches", "SubOperationMatches", "ActionMatch", "Exist"),
    *("StringEquals", "BoolEquals", "GuidEquals", "StringEqual", "ForAnyOfAnyValues", "ForAny"),
    *("null", "in", "not", "like", "between", "is", "StringContains", "NotExists", "foo", "now()"),
    *("true", "5", "1.5", "-5", "==", "<", "logs/*", "<id>", "${id}", "//", "/*", "#", "--"),
    *("acdd72a7-3385-48ef-bd42-f606fba81ae7", "acdd72a7-3385", "\\n", "\n", "\u00a0", "\u200b"),
    *("@Resource[x]", "@Resource[", "@x[y]", "Resource[x]", "'x'", '"x"', "''"),
]
tokens = st.sampled_from([*_MARKS, *_WORDS])


@given(st.lists(tokens, max_size=20), st.sampled_from(["", " "]))
def test_any_tokens(parts: list[str], between: str) -> None:
    check_errors(between.join(parts))


_TOKEN = re.compile(r"'[^']*'|@\w+\[[^\]]*\]|\w+|\s+|.", re.DOTALL)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """A condition with a few characters or tokens taken out, put in or replaced."""
    text = draw(st.sampled_from(CONDITIONS))
    parts = list(text) if draw(st.booleans()) else _TOKEN.findall(text)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(parts)))
        parts[at : at + draw(st.integers(0, 1))] = draw(st.lists(tokens, max_size=1))
    return "".join(parts)


CONDITIONS = [
    path.read_text(encoding="utf-8") for path in sorted((FIXTURES / "conditions").glob("*.cond"))
]


@given(mutations())
@settings(max_examples=400)
def test_any_broken_condition(text: str) -> None:
    check_errors(text)


@pytest.mark.parametrize("text", CONDITIONS)
def test_one_lost_token_is_one_error_mostly(text: str) -> None:
    """No cascades: what a token's loss breaks is said once, rarely twice."""
    parts = _TOKEN.findall(text)
    counts: list[int] = []
    for index, part in enumerate(parts):
        if not part.isspace():
            counts.append(count_errors("".join(parts[:index] + parts[index + 1 :])))
    assert sum(counts) / len(counts) < 1.2
    assert max(counts) <= 3


# Bounds

LONG = 100_000
PATTERNS = [
    *("(", ")", "{", "}", "[", "'", "''x", '"', "“", "\\", "\\'\n", "\\n", ",", ";", ":", "&", "|"),
    *(
        "!",
        "@",
        "@Resource[",
        "@Resource[x] ",
        "@a[b[",
        "NOT ",
        "AND ",
        "==",
        "<",
        "<a",
        "${",
        "a[",
    ),
    *("word ", "a.", "a\u200b", "\u00a0", "\u00a0 ", "//", "/*", "#\n", "--\n", "5 ", "5,", "'a' "),
    *("'a@Resource[x] StringEquals ", "'a'b ", "foo(", "ActionMatches{", "Exists (", "like ", "{}"),
    *("(}", "({", "ForAny:", "null ", "is ", "1.5 ", "condition=", "``", "\\'a\\' ", "x y ("),
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_long_garbage(pattern: str) -> None:
    check_errors((pattern * LONG)[:LONG])


def test_the_first_hundred_errors_are_reported() -> None:
    errors = errors_of(" AND ".join(["@Resource[a:b] = 'x'"] * 150))
    assert len(errors) == LIMIT
    assert {error.code for error in errors} == {"SYN005"}
    assert [error.column for error in errors] == [16 + 25 * number for number in range(LIMIT)]


def test_errors_behind_a_hundred_broken_tokens_are_left_out() -> None:
    errors = errors_of("(" + f"{TEST} AND \u00a0" * 150)
    assert [error.code for error in errors] == ["SYN007"] * LIMIT


# Nesting


@pytest.mark.parametrize("word", ["AND", "&&", "OR", "||"])
def test_the_connective_that_nests_too_deeply_is_shown(word: str) -> None:
    levels = MAX_DEPTH + 1
    other = "OR" if word in ("AND", "&&") else "AND"
    text = TEST
    for level in range(levels):
        text = f"{TEST} {word if level % 2 == 0 else other}\n({text})"
    (error,) = errors_of(text)
    assert error.code == "SYN001"
    assert text[error.span.start : error.span.end] == word
    assert error.line == levels
    check_wording(error.message)


@pytest.mark.parametrize("word", ["NOT ", "!"])
def test_the_not_that_nests_too_deeply_is_shown(word: str) -> None:
    (error,) = errors_of(word * (MAX_DEPTH + 1) + TEST)
    assert error.column == len(word) * MAX_DEPTH + 1
    assert error.span.end - error.span.start == len(word.strip())


def test_each_branch_that_nests_too_deeply_is_shown() -> None:
    branch = "NOT " * MAX_DEPTH + TEST
    errors = errors_of(f"{TEST} AND {branch} OR {branch}")
    assert len(errors) == 2


def test_a_refusal_without_known_mistake_says_where_parsing_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recovery, "find_errors", lambda _walk: None)
    (error,) = errors_of("@Resource[a:b] StringEquals AND")
    assert (error.code, error.span) == ("SYN001", (28, 31))
    assert error.help is not None
    assert {"a string", "an attribute", "`{`"} <= set(re.split(r"[:,] ", error.help))
    check_wording(error.help)
    (error,) = errors_of("NOT")
    assert (error.message, error.span) == ("unexpected end of the condition", (3, 3))
