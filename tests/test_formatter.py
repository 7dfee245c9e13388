"""The canonical layout and the one-line form: golden pairs, round trips, bounds."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from azcond import formatter
from azcond.ast import MAX_DEPTH, Comparison, Expression
from azcond.errors import AzcondError, ConditionSyntaxError, FormatError
from azcond.formatter import (
    LINE_WIDTH,
    MAX_INDENT,
    format,  # noqa: A004  # the public name
    format_expression,
    minify,
)
from azcond.parser import parse
from conftest import FIXTURES, Golden
from strategies import texts

PAIRS = sorted((FIXTURES / "format").glob("*.cond"), key=lambda path: path.name)

TEST = "@Resource[a:b] NumericEquals 1"


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_golden_pair(path: Path, golden: Golden) -> None:
    text = path.read_text(encoding="utf-8")
    golden(path.with_suffix(".formatted"), format(text) + "\n")
    golden(path.with_suffix(".minified"), minify(text) + "\n")


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_both_forms_keep_the_tree_and_are_stable(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = parse(text).ast
    laid_out, one_line = format(text), minify(text)
    assert parse(laid_out).ast == tree == parse(one_line).ast
    assert format(laid_out) == laid_out == format(one_line)
    assert minify(one_line) == one_line == minify(laid_out)


@given(texts())
def test_any_spelling_of_any_tree_comes_back_as_one_text(text: str) -> None:
    tree = parse(text).ast
    laid_out, one_line = format(text), minify(text)
    assert parse(laid_out).ast == tree == parse(one_line).ast
    assert format(laid_out) == laid_out == format(one_line)
    assert minify(one_line) == one_line == minify(laid_out)
    assert format_expression(tree) == one_line


@pytest.mark.parametrize(
    "text",
    [
        f"{TEST} AND {TEST} AND {TEST}",
        f"{TEST} AND ({TEST} AND {TEST})",
        f"({TEST} AND {TEST}) AND {TEST}",
        f"{TEST} OR ({TEST} OR {TEST})",
        f"({TEST} OR {TEST}) AND {TEST}",
        f"{TEST} OR ({TEST} AND {TEST})",
        f"NOT ({TEST} OR {TEST})",
        f"NOT NOT {TEST}",
        f"NOT {TEST} AND {TEST}",
        "NOT (ActionMatches{'a'} AND NOT SubOperationMatches{'b'}) OR Exists @Request[x]",
        "{1, 2} ForAnyOfAnyValues:NumericEquals {3}",
    ],
)
def test_minified_texts_stay_as_they_are(text: str) -> None:
    assert minify(text) == text


def test_mixed_connectives_get_the_parser_s_own_grouping() -> None:
    text = f"{TEST} AND {TEST} OR {TEST}"
    assert minify(text) == f"({TEST} AND {TEST}) OR {TEST}"


def test_needless_parentheses_go() -> None:
    assert minify(f"((({TEST})) AND (NOT ((({TEST})))))") == f"{TEST} AND NOT {TEST}"


@pytest.mark.parametrize("write", [format, minify])
@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("@resource[A:b] stringequalsignorecase 'X'", "@Resource[A:b] StringEqualsIgnoreCase 'X'"),
        ("@Resource[a]BOOLEQUALS FALSE", "@Resource[a] BoolEquals false"),
        (
            "@request[x] forAnyofAnyValues:guidEquals{8E3AF657A8FF443CA75C2FE8C4BCB635}",
            "@Request[x] ForAnyOfAnyValues:GuidEquals {8e3af657-a8ff-443c-a75c-2fe8c4bcb635}",
        ),
        (
            "@request[x] GuidNotEquals '8E3AF657-A8FF-443C-A75C-2FE8C4BCB635'",
            "@Request[x] GuidNotEquals 8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
        ),
        (
            "@request[x] StringEquals '8E3AF657-A8FF-443C-A75C-2FE8C4BCB635'",
            "@Request[x] StringEquals '8E3AF657-A8FF-443C-A75C-2FE8C4BCB635'",
        ),
        ("exists ( @environment[UtcNow] )", "Exists @Environment[UtcNow]"),
        ("actionmatches {'A/B' ,'c'}", "ActionMatches{'A/B', 'c'}"),
        ("@Resource[x]\nNumericEquals\n-0", "@Resource[x] NumericEquals 0"),
        (
            r"@Resource[x] StringLike 'a \' \* \\b \\\' AND'",
            r"@Resource[x] StringLike 'a \' \* \\b \\\' AND'",
        ),
    ],
)
def test_words_and_values_are_canonical(
    write: Callable[[str], str], written: str, canonical: str
) -> None:
    assert write(written) == canonical


def test_sets_wrap_at_the_line_width() -> None:
    items = ", ".join(f"'value-{number:04}'" for number in range(200))
    lines = format(f"@Resource[x] ForAnyOfAnyValues:StringEquals {{{items}}}").split("\n")
    assert lines[0] == "@Resource[x] ForAnyOfAnyValues:StringEquals {"
    assert lines[-1] == "}"
    assert max(map(len, lines)) <= LINE_WIDTH
    assert min(map(len, lines[1:-2])) > LINE_WIDTH - len(" 'value-0000',")


def test_a_line_that_just_fits_does_not_wrap() -> None:
    head = "@Resource[x] ForAnyOfAnyValues:StringEquals "
    room = LINE_WIDTH - len(head) - len("{'', 'b'}")
    fits, too_long = (head + f"{{'{'a' * n}', 'b'}}" for n in (room, room + 1))
    assert format(fits) == fits
    assert format(too_long) == f"{head}{{\n '{'a' * (room + 1)}', 'b'\n}}"


def test_indentation_is_capped() -> None:
    text = f"{TEST} AND {TEST}"
    for level in range(MAX_DEPTH - 1):
        text = f"({text}) {'OR' if level % 2 else 'AND'} {TEST}"
    laid_out = format(text)
    assert parse(laid_out) == parse(text)
    assert max(len(line) - len(line.lstrip()) for line in laid_out.split("\n")) == MAX_INDENT


@pytest.mark.parametrize("write", [format, minify])
def test_a_text_that_does_not_parse_is_refused(write: Callable[[str], str]) -> None:
    with pytest.raises(ConditionSyntaxError):
        write("@Resource[a] StringEquals")


@pytest.mark.parametrize("write", [format, minify])
def test_a_text_that_means_something_else_is_never_returned(
    write: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:

    def wrong(_: Expression) -> str:
        return TEST

    monkeypatch.setattr(formatter, "lay_out_tree", wrong)
    monkeypatch.setattr(formatter, "format_expression", wrong)
    with pytest.raises(FormatError) as error:
        write(f"NOT {TEST}")
    assert isinstance(error.value, AzcondError)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 4_000 + TEST + ")" * 4_000,
        "NOT " * (MAX_DEPTH) + TEST,
        "NOT (" * (MAX_DEPTH // 2) + TEST + f" AND {TEST})" * (MAX_DEPTH // 2),
        "@Resource[x] ForAnyOfAnyValues:NumericEquals {" + "1," * 20_000 + "1}",
        "ActionMatches{" + "'a/b/c'," * 5_000 + "'d'}",
        " OR ".join([TEST] * 2_000),
        " AND ".join([f"(!(ActionMatches{{'a'}}) OR {TEST})"] * 700),
    ],
    ids=["parentheses", "not", "not-and", "set", "patterns", "wide-or", "clauses"],
)
def test_large_texts_are_formatted_in_linear_time(text: str) -> None:
    started = time.perf_counter()
    laid_out, one_line = format(text), minify(text)
    assert time.perf_counter() - started < 10
    assert parse(laid_out) == parse(one_line) == parse(text)
    assert len(laid_out) <= 5 * len(text)


def test_an_operand_alone() -> None:
    comparison = parse("@resource[a] foranyofanyvalues:stringequals {'x','y'}").ast
    assert isinstance(comparison, Comparison)
    assert format_expression(comparison.left) == "@Resource[a]"
    assert format_expression(comparison.right) == "{'x', 'y'}"
