"""Conditions in Bicep: where they are found, what stands around them, and exactly where."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcond.containers import find_conditions
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

FILES = files_of("bicep")


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

HEAD = "resource x 'Microsoft.Authorization/roleAssignments@2022-04-01' ="
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
    assert_is_found(template, "main.bicep", text, written)
    assert_can_be_changed(template, "main.bicep", written, wanted)
