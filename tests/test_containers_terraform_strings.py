"""Texts in Terraform: every literal and escape, the expressions around them, and exact places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcond.containers import EmbeddedCondition, Fact
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

NAME = "main.tf"
JOINED = 'join("", [for n in ["a"] : { x = n }][*].x)'
FILTERED = 'join("", [for n in ["a", "b"] : n if n != "a"])'
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


def assignment_with(body: str) -> str:
    return f'resource "azurerm_role_assignment" "x" {{\n{body}\n}}\n'


def condition_in(expression: str, beside: Mapping[str, str] | None = None) -> EmbeddedCondition:
    """The condition that an expression comes to as an argument of a role assignment."""
    text = assignment_with(f"  condition = {expression}")
    (condition,) = found_in(text, NAME, beside).conditions
    return condition


@pytest.mark.parametrize(
    ("written", "part", "line", "column"),
    [
        ('"é \\"x\\" STOP"', "STOP", 2, 24),
        ('"\\u00e9\\U0001F511 STOP"', "STOP", 2, 33),
        ('"🔑\\t\\\\ $${a} %%{b} STOP"', "STOP", 2, 34),
        ('"🔑\\t\\\\ $${a} %%{b} STOP"', "${a}", 2, 22),
        ("<<EOT\né $${a}\n  STOP\nEOT", "STOP", 4, 3),
        ("<<-EOT\n    é\n\n   \n      STOP\n    EOT", "STOP", 6, 7),
        ("<<-EOT\r\n\té\r\n\t\tSTOP\r\n\tEOT", "STOP", 4, 3),
        ('format("%% é %s STOP", "x")', "STOP", 2, 31),
        ('replace("é a STOP", "a", "bcd")', "STOP", 2, 28),
        ('trimspace(" \\n é STOP ")', "STOP", 2, 32),
        ('join("-", ["é", "STOP"])', "STOP", 2, 32),
    ],
)
def test_what_stands_behind_an_escape_is_at_its_place(
    written: str, part: str, line: int, column: int
) -> None:
    there = assert_stands_at(
        assignment_with(f"  condition = {written}"), NAME, part, (line, column)
    )
    assert there.replace("$$", "$") == part


@pytest.mark.parametrize(
    ("expression", "text", "holes"),
    [
        ('"a${var.b}c"', "a${var.b}c", ["var.b"]),
        ('"${var.b}"', "${var.b}", ["var.b"]),
        ("var.b", "var.b", ["var.b"]),
        ('"${"a"}${1.50}${true}"', "a1.5true", []),
        ('join(" OR ", concat(["a"], ["b", var.c]))', "a OR b OR var.c", ["var.c"]),
        ('join(" OR ", var.list)', 'join(" OR ", var.list)', ['join(" OR ", var.list)']),
        ('format("%s %q", "a", "b")', 'format("%s %q", "a", "b")', ['format("%s %q", "a", "b")']),
        ('replace("abc", "/b/", "")', 'replace("abc", "/b/", "")', ['replace("abc", "/b/", "")']),
        ('upper("a${var.b}")', "A${var.b}", ["var.b"]),
        ("chomp(<<EOT\na\nEOT\n)", "a", []),
        ('"{${jsonencode(["a", "<"])}}"', '{["a","\\u003c"]}', []),
        ('"{${jsonencode(var.a)}}"', "{${jsonencode(var.a)}}", ["jsonencode(var.a)"]),
        ('"a ${["b"]}"', 'a ${["b"]}', ['["b"]']),
        ('"%{ if var.a ~}b%{ endif }"', "%{ if var.a ~}b%{ endif }", ["if var.a"]),
        ('"a ${~ var.b ~} c"', "a ${~ var.b ~} c", ["var.b"]),
        ('{ x = ["a", "b"] }.x[1]', "b", []),
        ('file("x")', 'file("x")', ['file("x")']),
        ('join("", values({ b = "2", a = "1" }))', "12", []),
        ('join("", sort(distinct(["b", "a", "b"])))', "ab", []),
        ('join("", toset(["b", "a", "b"]))', "ab", []),
        ("sort([var.a])", "sort([var.a])", ["sort([var.a])"]),
        ('basename("${var.a}/b/c")', "c", []),
        ("basename(var.a)", "basename(var.a)", ["basename(var.a)"]),
        ('join(", ", [for n in ["a", var.b] : "\'${n}\'"])', "'a', '${n}'", ["n"]),
        ('join("", [for k, v in { b = "2", a = "1" } : "${k}${v}"])', "a1b2", []),
        ('join("", [for i, n in ["a", "b"] : "${i}${n}"])', "0a1b", []),
        ('join("", [for n in ["a"] : { x = n }][*].x)', JOINED, [JOINED]),
        ('[for n in ["a"] : { x = [for n in ["b"] : n] , y = n }][0].y', "a", []),
        ('join("", [for n in ["a", "b"] : n if n != "a"])', FILTERED, [FILTERED]),
    ],
)
def test_expressions_come_to_texts_as_far_as_they_are_known(
    expression: str, text: str, holes: list[str]
) -> None:
    condition = condition_in(expression)
    assert condition.text == text
    assert [hole.expression for hole in condition.holes] == holes


def test_a_list_in_a_text_is_known_to_be_one() -> None:
    (hole,) = condition_in('"a ${["b"]}"').holes
    assert hole.is_list
    assert not condition_in('"a ${var.b}"').holes[0].is_list


def test_each_side_of_a_choice_is_a_condition() -> None:
    contents = found_in(assignment_with('  condition = a ? "b" : (c ? null : "d")'), NAME)
    assert [condition.text for condition in contents.conditions] == ["b", "d"]
    assert len(contents.assignments) == 1


@pytest.mark.parametrize("given", ["null", '""', 'true ? null : ""'])
def test_null_and_empty_are_no_condition(given: str) -> None:
    text = assignment_with(f"  condition = {given}")
    contents = found_in(text, NAME)
    assert (contents.conditions, contents.unread, len(contents.assignments)) == ((), (), 1)


# --- texts from files -----------------------------------------------------------------------

FILES = {
    "c/logs.txt": "@Resource[a:b] StringEquals 'é ${x} $${y}'\n",
    "plain.txt": "true",
    "c/one.tftpl": "@Resource[a:b] StringEquals '${name}' AND ${upper(x)} $${y}\n",
    "lists.tftpl": '{${join(", ", ids)}} ${other}%{ if x }a%{ endif }',
    "broken.tftpl": "a ${",
}
LOADED = "@Resource[a:b] StringEquals 'é ${x} $${y}'"


@pytest.mark.parametrize(
    ("expression", "text", "holes"),
    [
        ('trimspace(file("${path.module}/c/logs.txt"))', LOADED, []),
        ('chomp(file("./c/../c/logs.txt"))', LOADED, []),
        ('"${chomp(file("c/logs.txt"))} OR ${var.a}"', f"{LOADED} OR ${{var.a}}", ["var.a"]),
        ('file("plain.txt")', "true", []),
        ('file(format("%s/plain.txt", path.module))', "true", []),
        (
            'templatefile("${path.module}/c/one.tftpl", { name = "é", x = "b" })',
            "@Resource[a:b] StringEquals 'é' AND B ${y}\n",
            [],
        ),
        (
            'templatefile("c/one.tftpl", { name = var.name, x = "" })',
            "@Resource[a:b] StringEquals '${name}' AND  ${y}\n",
            ["name"],
        ),
        (
            'templatefile("lists.tftpl", { ids = ["a", "b"] })',
            "{a, b} ${other}%{ if x }a%{ endif }",
            ["other", "if x"],
        ),
    ],
)
def test_texts_are_loaded_from_the_folder_and_below(
    expression: str, text: str, holes: list[str]
) -> None:
    written = assignment_with(f"  condition = {expression}")
    (condition,) = found_in(written, NAME, FILES).conditions
    assert condition.text == text
    assert [hole.expression for hole in condition.holes] == holes
    start, end = condition.span_in_file(Span(0, 1))
    assert written[start:end].startswith(("file(", "templatefile("))
    assert condition.edits_in_file([Edit(Span(0, 1), "x")]) == ()


@pytest.mark.parametrize(
    "expression",
    [
        'file("../main/plain.txt")',
        'file("c/../../plain.txt")',
        'file("/plain.txt")',
        'file("c:plain.txt")',
        'file("c\\\\logs.txt")',
        'file("plain.txt\\u0000")',
        'file("${path.root}/plain.txt")',
        'file("${path.module}plain.txt")',
        'file("${path.module}/${var.a}.txt")',
        'file("missing.txt")',
        "file(var.path)",
        "file()",
        'templatefile("plain.txt")',
        'templatefile("broken.tftpl", {})',
    ],
)
def test_what_cannot_be_loaded_is_not_known(expression: str) -> None:
    written = assignment_with(f"  condition = {expression}")
    (condition,) = found_in(written, NAME, FILES).conditions
    assert [hole.expression for hole in condition.holes] == [expression]


# --- names of other files -------------------------------------------------------------------

BESIDE = {
    "locals.tf": 'locals {\n  ids = ["a", local.b]\n  b = "b"\n  back = "${local.own} ${var.x}"\n}',
    "roles.tf": 'data "azurerm_role_definition" "reader" {\n  name = "Reader"\n}\n'
    'data "azurerm_role_definition" "many" {\n  for_each = toset(["Reader", "x"])\n'
    "  name = each.value\n}\n",
    "other.tofu": 'locals {\n  tofu = "t"\n}\n',
    "notes.md": 'locals {\n  missing = "t"\n}\n',
}


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('"{${join(", ", local.ids)}}"', "{a, b}"),
        ('"${local.back}"', "${local.own} ${var.x}"),
        ('"${local.tofu} ${local.missing}"', "t ${local.missing}"),
        ('"${data.azurerm_role_definition.reader.role_definition_id}"', READER),
        ('"${basename(data.azurerm_role_definition.reader.id)}"', READER),
        ('"${data.azurerm_role_definition.many["Reader"].role_definition_id}"', READER),
        (
            '"${join(", ", [for r in data.azurerm_role_definition.many : r.name])}"',
            "Reader, r.name",
        ),
        (
            '"${data.azurerm_role_definition.other.role_definition_id}"',
            "${data.azurerm_role_definition.other.role_definition_id}",
        ),
    ],
)
def test_names_lead_to_the_files_of_the_folder(expression: str, text: str) -> None:
    condition = condition_in(expression, BESIDE)
    assert condition.text == text
    everything = Edit(Span(0, len(text)), "x")
    assert condition.edits_in_file([everything]) == ()  # it stands elsewhere
    file = assignment_with(f"  condition = {expression}")
    assert file[slice(*condition.extent)] in expression


def test_a_role_is_known_through_the_data_source_of_another_file() -> None:
    text = (
        'resource "azurerm_role_assignment" "x" {\n'
        "  role_definition_id = data.azurerm_role_definition.reader.id\n}\n"
    )
    (holder,) = found_in(text, NAME, BESIDE).assignments
    assert holder.value(Fact.ROLE) == "Reader"


def test_a_local_value_is_changed_where_it_stands_if_only_one_place_uses_it() -> None:
    text = (
        'locals {\n  a = "A"\n  b = "B"\n}\n'
        'resource "azurerm_role_assignment" "x" {\n  condition = "${local.a}${local.b}"\n}\n'
        'output "b" {\n  value = local.b\n}\n'
    )
    contents = found_in(text, NAME)
    (condition,) = contents.conditions
    assert condition.span_in_file(Span(0, 1)) == span_of("A", text)
    assert condition.span_in_file(Span(1, 2)) == span_of("B", text)
    assert condition.edits_in_file([Edit(Span(0, 1), "new")]) == (Edit(span_of("A", text), "new"),)
    assert condition.edits_in_file([Edit(Span(1, 2), "new")]) == ()
    (elsewhere,) = found_in(text, NAME, {"other.tf": "x = local.a"}).conditions
    assert elsewhere.edits_in_file([Edit(Span(0, 1), "new")]) == ()


# --- any text in any literal ---------------------------------------------------------------

TEMPLATES = (
    f'# é 🔑\nresource "azurerm_role_assignment" "x" {{\n  condition = {MARK}\n}}\n# é\n',
    f'resource "azurerm_role_assignment" "é" {{\r\n\tcondition\t=\t{MARK}\r\n  scope = "🔑"\r\n}}',
    f'module "m" {{\n  a = [{{ "condition" : (\n{MARK}\n), condition_version = "2.0" }}, "é"]\n}}',
    f"locals {{\n  c = {MARK}\n}}\n# 🔑\nmodule m {{\n condition = local.c\n condition_version=5}}",
    f'resource "azurerm_role_assignment" "x" {{\n  condition = join("", [{MARK}\n])\n}}\n',
    f'resource "azurerm_role_assignment" "x" {{\n  condition = (var.é ? {MARK}\n : null)\n}}\n',
)
"""Files with one condition. A line break follows the literal, as a heredoc needs it."""

ESCAPES = {
    '"': ('\\"', "\\u0022", "\\U00000022"),
    "\\": ("\\\\", "\\u005c"),
    "\n": ("\\n", "\\u000A"),
    "\t": ("\\t", "\t"),
    "é": ("é", "\\u00e9"),
    "🔑": ("🔑", "\\U0001F511"),
    "${": ("$$",),
    "%{": ("%%",),
}
SIGILS = {"${": ("$$",), "%{": ("%%",)}
HEREDOC = "<<-E_1\n"


def quoted(text: str, rng: Random) -> Written:
    return spelled(text, rng, ESCAPES, '"', '"')


def heredoc(text: str, rng: Random) -> Written:
    return spelled(text, rng, SIGILS, "<<E_1\n", rng.choice(("E_1", "  E_1")))


def indented(text: str, rng: Random) -> Written:
    """The lines of a heredoc, blank ones excepted, with more blanks before them."""
    indent = rng.choice(("  ", "\t", " \t ", "      "))
    literal, places = HEREDOC, []
    for line in re.findall(r"[^\n]*\n", text):
        inner = spelled(line, rng, SIGILS, "" if line.isspace() else indent, "")
        places += [(start + len(literal), end + len(literal)) for start, end in inner.places]
        literal += inner.literal
    return Written(f"{literal}{indent}E_1", [Span(*place) for place in places])


def writable(text: str, literal: Literal) -> str:
    """The text nearest to one that a literal can hold: a heredoc ends in a line break, and one of
    its lines has no indentation. A sigil before an escaped one has no sure spelling.
    """
    text = re.sub(r"[$%]+(?=[$%]\{)", "", text)
    return text if literal is quoted else f"({text}\n"


@given(st.integers(min_value=0))
def test_any_text_is_read_from_where_it_stands_and_changed_there(seed: int) -> None:
    rng = Random(seed)
    template, literal = rng.choice(TEMPLATES), rng.choice((quoted, heredoc, indented))
    text, wanted = (writable(random_text(rng), literal) for _ in range(2))
    written = literal(text, rng)
    assert_is_found(template, NAME, text, written)
    assert_can_be_changed(template, NAME, written, wanted)


# --- defaults -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "default"),
    [
        ("a ${var.one}", "x"),
        ('a {${join(", ", var.list)}}', "y, z"),
        ('a ${join(",", local.more)}', "y,z,w"),
        ('a ${join(",", [for one in var.list : upper(one)])}', "Y,Z"),
        ("a ${var.far}", "from beside"),
        ("a ${var.empty}", None),
        ("a ${var.none}", None),
        ("a ${var.list}", None),
        ("a ${var.missing}", None),
        ("a ${var.circle} ${local.circle}", None),
        ("a ${~ var.one}", None),
    ],
)
def test_the_defaults_of_variables_are_told(expression: str, default: str | None) -> None:
    text = f"""
variable "one" {{ default = "x" }}
variable "list" {{ default = ["y", "z"] }}
variable "empty" {{ default = "" }}
variable "none" {{ default = null }}
variable "circle" {{ default = local.circle }}
variable "missing" {{}}
locals {{
  more   = concat(var.list, ["w"])
  circle = var.circle
}}
{assignment_with(f'  condition = "{expression}"')}"""
    beside = {"variables.tf": 'variable "far" {\n  default = "from beside"\n}\n'}
    (condition,) = found_in(text, NAME, beside).conditions
    assert {hole.default for hole in condition.holes} == {default}


def test_a_default_is_not_told_of_a_text_that_is_changed_afterwards() -> None:
    variable = 'variable "a" { default = "x" }\n'
    for expression in ('upper("a ${var.a}")', 'replace("a ${var.a}", "x", "y")'):
        text = variable + assignment_with(f"  condition = {expression}")
        (condition,) = found_in(text, NAME).conditions
        assert [hole.default for hole in condition.holes] == [None]
