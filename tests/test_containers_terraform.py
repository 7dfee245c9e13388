"""Conditions in Terraform: where they are found, what stands around them, and exactly where."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcond.containers import find_conditions
from azcond.source import Span
from conftest import Golden
from container_cases import (
    assert_can_be_rewritten,
    assert_parts_are_whole,
    assert_settings_hold,
    conditions_of,
    contents_of,
    described,
    files_of,
    read,
)
from embedding import (
    MARK,
    Literal,
    Written,
    assert_can_be_changed,
    assert_is_found,
    random_text,
    spelled,
)

FILES = files_of("terraform")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_files_hold_and_where(path: Path, golden: Golden) -> None:
    golden(Path(f"{path}.found"), described(read(path), contents_of(path)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_places_changes_and_settings(path: Path) -> None:
    text = read(path)
    for line_break in ("\n", "\r\n"):
        changed = text.replace("\r\n", "\n").replace("\n", line_break)
        assert_parts_are_whole(changed, find_conditions(changed, path.name))
        assert_can_be_rewritten(changed, path.name)
        assert_settings_hold(changed, path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_that_is_cut_off_gives_no_condition_that_it_has_not(path: Path) -> None:
    text = read(path)
    whole = {condition.text for condition in conditions_of(path)}
    for end in range(0, len(text), 1 + len(text) // 400):
        contents = find_conditions(text[:end], path.name)
        wrong = [one for one in contents.conditions if one.text not in whole and not one.holes]
        assert not wrong or contents.unread, text[:end][-80:]


# --- any text in any literal ---------------------------------------------------------------

TEMPLATES = (
    f'# é 🔑\nresource "azurerm_role_assignment" "x" {{\n  condition = {MARK}\n}}\n# é\n',
    f'resource "azurerm_role_assignment" "é" {{\r\n\tcondition\t=\t{MARK}\r\n  scope = "🔑"\r\n}}',
    f'module "m" {{\n  a = [{{ "condition" : (\n{MARK}\n), condition_version = "2.0" }}, "é"]\n}}',
    f"locals {{\n  c = {MARK}\n}}\n# 🔑\nmodule m {{\n condition = local.c\n principal_id = 5\n}}",
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
    assert_is_found(template, "main.tf", text, written)
    assert_can_be_changed(template, "main.tf", written, wanted)
