"""Texts in Bicep: every literal and escape, the expressions around them, and exact places."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcond.containers import EmbeddedCondition
from azcond.diagnostics import Edit
from azcond.source import Span
from embedding import (
    MARK,
    Literal,
    Written,
    assert_can_be_changed,
    assert_is_found,
    assert_stands_at,
    found_in,
    random_text,
    span_of,
    spelled,
)

NAME = "main.bicep"
HEAD = "resource x 'Microsoft.Authorization/roleAssignments@2022-04-01' ="


def file_with(expression: str) -> str:
    return f"{HEAD} {{\n  properties: {{\n    condition: {expression}\n  }}\n}}\n"


def condition_in(expression: str, before: str = "") -> EmbeddedCondition:
    """The condition that an expression comes to as a property of a role assignment."""
    (condition,) = found_in(before + file_with(expression), NAME).conditions
    return condition


@pytest.mark.parametrize(
    ("written", "part", "line", "column"),
    [
        (r"'é \'x\' STOP'", "STOP", 3, 25),
        (r"'\u{e9}\u{1F511} STOP'", "STOP", 3, 33),
        (r"'🔑\n\t\\ \${a} STOP'", "STOP", 3, 31),
        (r"'🔑\n\t\\ \${a} STOP'", "{a}", 3, 27),
        ("'''\né ${a}\n  STOP'''", "STOP", 5, 3),
        ("'''é \\' STOP'''", "STOP", 3, 24),
        ("$'''\r\né\r\n${a} STOP'''", "STOP", 5, 6),
        ("format('{{ é {0} STOP', 'x')", "STOP", 3, 33),
        ("replace('é a STOP', 'a', 'bcd')", "STOP", 3, 29),
        ("trim(' \\n é STOP ')", "STOP", 3, 28),
        ("join(['é', 'STOP'], '-')", "STOP", 3, 28),
    ],
)
def test_what_stands_behind_an_escape_is_at_its_place(
    written: str, part: str, line: int, column: int
) -> None:
    there = assert_stands_at(file_with(written), NAME, part, (line, column))
    assert there == part


@pytest.mark.parametrize(
    ("expression", "text", "holes"),
    [
        ("'a${b}c'", "a${b}c", ["b"]),
        ("b", "b", ["b"]),
        ("'${'a'}${1}${true}'", "a1true", []),
        ("join(concat(['a'], ['b', c]), ' OR ')", "a OR b OR c", ["c"]),
        ("join(list, ' OR ')", "join(list, ' OR ')", ["join(list, ' OR ')"]),
        (
            "format('{0:N} {1}', 1, 'b')",
            "format('{0:N} {1}', 1, 'b')",
            ["format('{0:N} {1}', 1, 'b')"],
        ),
        ("format('{1} {{}} {0}', 'a', b)", "b {} a", ["b"]),
        ("concat('a', b, 'c')", "abc", ["b"]),
        ("toUpper('a${b}')", "A${b}", ["b"]),
        ("string(any('a'))", "a", []),
        ("('a ${['b']}')", "a ${['b']}", ["['b']"]),
        ("{ x: ['a', 'b'] }.x[1]", "b", []),
        ("'${empty(a) ? 'b' : 'c'}'", "${empty(a) ? 'b' : 'c'}", ["empty(a) ? 'b' : 'c'"]),
        (
            "loadTextContent('absent.txt')",
            "loadTextContent('absent.txt')",
            ["loadTextContent('absent.txt')"],
        ),
        ("$'''a ${b} $${c} \\n'''", "a ${b} $${c} \\n", ["b", "c"]),
        ("$$'''a ${b} $${c} $'''", "a ${b} $${c} $", ["c"]),
        ("$'''a ${f({ b: '}' })}'''", "a ${f({ b: '}' })}", ["f({ b: '}' })"]),
        ("'''a'''''", "a''", []),
        ("'''\r\n\na'''", "\na", []),
    ],
)
def test_expressions_come_to_texts_as_far_as_they_are_known(
    expression: str, text: str, holes: list[str]
) -> None:
    condition = condition_in(expression)
    assert condition.text == text
    assert [hole.expression for hole in condition.holes] == holes


def test_a_list_in_a_text_is_known_to_be_one() -> None:
    (hole,) = condition_in("'a ${b}'", "var b = ['c']\n").holes
    assert hole.is_list
    assert not condition_in("'a ${b}'").holes[0].is_list


def test_each_side_of_a_choice_is_a_condition() -> None:
    contents = found_in(file_with("a ? 'b' : (c ? null : 'd')"), NAME)
    assert [condition.text for condition in contents.conditions] == ["b", "d"]
    assert len(contents.assignments) == 1


def test_a_parameter_is_never_known_and_names_of_loops_are_no_variables() -> None:
    before = "param a string = 'x'\nvar b = 'y'\nvar c = [for b in range(0, 2): b]\n"
    condition = condition_in("'${a} ${b}'", before)
    assert [hole.expression for hole in condition.holes] == ["a", "b"]


@pytest.mark.parametrize("path", ["./a.txt", "a.txt", "below/a.txt", "below/../a.txt"])
def test_a_text_is_loaded_from_the_folder_and_below(path: str) -> None:
    loaded = "@Resource[a:b] StringEquals 'é'\n"
    beside = {"a.txt": loaded, "b.cond": "x", "below/a.txt": loaded}
    text = file_with(f"trim(loadTextContent('{path}'))")
    (condition,) = found_in(text, NAME, beside).conditions
    assert condition.text == "@Resource[a:b] StringEquals 'é'"
    assert text[slice(*condition.extent)] == f"loadTextContent('{path}')"
    assert condition.edits_in_file([Edit(Span(0, 1), "x")]) == ()
    (unknown,) = found_in(file_with("loadTextContent('../b.cond')"), NAME, beside).conditions
    assert unknown.holes


def test_a_variable_is_changed_where_it_stands_if_only_one_place_uses_it() -> None:
    text = "var a = 'A'\nvar b = 'B'\noutput o string = b\n" + file_with("'${a}${b}'")
    (condition,) = found_in(text, NAME).conditions
    assert condition.span_in_file(Span(0, 1)) == span_of("A", text)
    assert condition.span_in_file(Span(1, 2)) == span_of("B", text)
    assert condition.edits_in_file([Edit(Span(0, 1), "new")]) == (Edit(span_of("A", text), "new"),)
    assert condition.edits_in_file([Edit(Span(1, 2), "new")]) == ()


# --- any text in any literal ---------------------------------------------------------------

TEMPLATES = (
    f"// é 🔑\n{HEAD} {{\n  properties: {{\n    condition: {MARK}\n  }}\n}}\n// é\n",
    f"{HEAD} [for x in y: if (x) {{\r\n\tproperties: {{ condition:{MARK} }}\r\n\tscope: z\r\n}}]",
    f"module m 'x' = {{\n  a: [ '🔑', {{ 'condition' : ({MARK}), conditionVersion: '2.0' }} ]\n}}",
    f"var a = 'é 🔑'\nvar b = {MARK}\n{HEAD} {{ properties: {{ condition: '${{b}}' }} }}\n",
    f"{HEAD} {{ properties: {{ condition: join([ {MARK} ], 'é') }} }}\n",
    f"{HEAD} {{ properties: {{ condition: empty('é') ? {MARK} : null }} }}\n",
)
"""Files with one condition."""

ESCAPES = {
    "'": ("\\'", "\\u{27}"),
    "\\": ("\\\\", "\\u{5C}"),
    "\n": ("\\n", "\\u{a}"),
    "\r": ("\\r",),
    "\t": ("\\t", "\t"),
    "é": ("é", "\\u{e9}", "\\u{0000e9}"),
    "🔑": ("🔑", "\\u{1F511}"),
    "$": ("$", "\\$"),
    "${": ("\\$",),
}


def quoted(text: str, rng: Random) -> Written:
    return spelled(text, rng, ESCAPES, "'", "'")


def on_lines(text: str, rng: Random) -> Written:
    return spelled(text, rng, {}, rng.choice(("'''\n", "'''\r\n")), "'''")


def interpolated(text: str, rng: Random) -> Written:
    return spelled(text, rng, {}, "$$'''\n", "'''")


def writable(text: str, literal: Literal) -> str:
    """The text nearest to one that a literal can hold: there are no escapes in three quotes."""
    if literal is quoted:
        return text
    return re.sub("'{3,}", "''", re.sub(r"\${2,}\{", "${", text))


@given(st.integers(min_value=0))
def test_any_text_is_read_from_where_it_stands_and_changed_there(seed: int) -> None:
    rng = Random(seed)
    template, literal = rng.choice(TEMPLATES), rng.choice((quoted, on_lines, interpolated))
    text, wanted = (writable(random_text(rng), literal) for _ in range(2))
    written = literal(text, rng)
    assert_is_found(template, NAME, text, written)
    assert_can_be_changed(template, NAME, written, wanted)


def test_the_defaults_of_parameters_are_told() -> None:
    before = """param a string = 'x'
param list array = ['y', 'z']
param empty string = ''
param missing string
var more = concat(list, ['w'])
"""
    for code, default in (
        ("a", "x"),
        ("join(list, ', ')", "y, z"),
        ("join(more, ',')", "y,z,w"),
        ("empty", None),
        ("missing", None),
        ("list", None),
    ):
        (hole,) = condition_in(f"'a ${{{code}}}'", before).holes
        assert hole.default == default
