"""Any text can be a literal of any language: it is found where it stands, and changed there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcond.source import Span
from embedding import (
    MARK,
    Written,
    assert_can_be_changed,
    assert_is_found,
    random_text,
    spelled,
)

Ways = Mapping[str, Sequence[str]]

_JSON: Ways = {
    '"': ('\\"', "\\u0022"),
    "\\": ("\\\\", "\\u005c"),
    "\n": ("\\n", "\\u000A"),
    "\r": ("\\r",),
    "\t": ("\\t", "\\u0009"),
    "/": ("/", "\\/"),
    "é": ("é", "\\u00e9"),
    "🔑": ("🔑", "\\ud83d\\uDD11"),
}
_JSON_FILE = f'{{"é🔑": 1, "roleDefinitionName": "R", "principalId": "p", "condition": {MARK}}}'
_AZ = f"# é🔑\naz role assignment create --role R --assignee p --condition {MARK} --scope /s\n"
_NEW = f"# é🔑\nNew-AzRoleAssignment -ObjectId p -RoleDefinitionName R -Condition {MARK}\n"
_YAML = f"# é🔑\n- roleDefinitionName: R\n  condition: {MARK}\n  principalId: p\n"


class Kind(NamedTuple):
    """A kind of literal: a file with a place for one, the ways to write it, and its ends."""

    name: str
    template: str
    ways: Ways
    opening: str
    closing: str
    without: str = ""


_HERE_DOCUMENT = _AZ.replace(MARK, f'"$(cat <<{MARK}\n)"')
KINDS = {
    "json": Kind("x.json", _JSON_FILE, _JSON, '"', '"'),
    "terraform json": Kind(
        "x.tf.json",
        f'{{"resource": {{"azurerm_role_assignment": {{"a": {_JSON_FILE}}}}}}}',
        {**_JSON, "${": ("$$",), "%{": ("%%",)},
        '"',
        '"',
    ),
    "arm concat": Kind("x.json", _JSON_FILE, {**_JSON, "'": ("''",)}, "\"[concat('", "')]\""),
    "arm format": Kind(
        "x.json",
        _JSON_FILE,
        {**_JSON, "'": ("''",), "{": ("{{",), "}": ("}}",)},
        "\"[format('",
        "', 'x')]\"",
    ),
    "bash single": Kind("x.sh", _AZ, {"'": ("'\\''", "'\"'\"'")}, "'", "'"),
    "bash double": Kind(
        "x.sh",
        _AZ,
        {'"': ('\\"',), "$": ("\\$",), "\\": ("\\\\",), "`": ("\\`",)},
        '"',
        '"',
    ),
    "bash ansi": Kind(
        "x.sh",
        _AZ,
        {"'": ("\\'", "\\x27"), "\\": ("\\\\",), "\n": ("\n", "\\n"), "é": ("é", "\\u00e9")},
        "$'",
        "'",
    ),
    "bash here document": Kind("x.sh", _HERE_DOCUMENT, {}, "'EOF'\n", "\nEOF", "\\"),
    "bash here document with expansions": Kind(
        "x.sh",
        _HERE_DOCUMENT,
        {"$": ("\\$",), "\\": ("\\\\",), "`": ("\\`",)},
        "EOF\n",
        "\nEOF",
        '\\"$',
    ),
    "powershell single": Kind("x.ps1", _NEW, {"'": ("''", "'\u2019")}, "'", "'"),
    "powershell double": Kind(
        "x.ps1",
        _NEW,
        {'"': ('""', '`"'), "$": ("`$",), "`": ("``",), "\t": ("\t", "`t"), "é": ("é", "`u{E9}")},
        '"',
        '"',
    ),
    "powershell here-string": Kind("x.ps1", _NEW, {}, "@'\n", "\n'@"),
    "powershell here-string with expansions": Kind(
        "x.ps1", _NEW, {"$": ("`$",), "`": ("``",)}, '@"\n', '\n"@'
    ),
    "yaml double": Kind(
        "x.yaml",
        _YAML,
        {
            '"': ('\\"', "\\x22"),
            "\\": ("\\\\",),
            "\n": ("\\n", "\\u000a"),
            "\t": ("\\t",),
            "\r": ("\\r",),
            "é": ("é", "\\xe9"),
            "\u2028": ("\\L",),
        },
        '"',
        '"',
    ),
    "yaml literal": Kind("x.yml", _YAML, {"\n": ("\n    ",)}, "|2-\n    ", ""),
    "markdown": Kind("x.md", f"# é🔑\n\n```azcond\n{MARK}\n```\n", {}, "", ""),
    "markdown in a quote": Kind(
        "x.md", f"> é🔑\n>\n> ```azcond\n> {MARK}\n> ```\n", {"\n": ("\n> ",)}, "", ""
    ),
    "markdown with json": Kind(
        "x.md", f"1. x\n\n   ```json\n   {_JSON_FILE}\n   ```\n", _JSON, '"', '"'
    ),
}


def _written(kind: Kind, text: str, rng: Random) -> Written:
    literal, places = spelled(text, rng, kind.ways, kind.opening, kind.closing)
    # What marks the next line is not part of a line break.
    at_breaks = [
        Span(one.start, one.start + 1) if literal[one.start] == "\n" else one for one in places
    ]
    return Written(literal, at_breaks)


def _text(kind: Kind, rng: Random) -> str:
    """A text without what some languages or their grammars keep no track of: blanks at its ends,
    lone carriage returns, quotes that begin a line, `$(`, and what the kind cannot hold.
    """
    text = re.sub(r"\r(?!\n)|(?<=\n)['\"]+|\$(?=\()", "", random_text(rng))
    return "".join(one for one in text if one not in kind.without).strip() or "true"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(seed=st.integers(min_value=0))
def test_a_text_is_found_where_it_stands(kind: Kind, seed: int) -> None:
    rng = Random(seed)
    text = _text(kind, rng)
    assert_is_found(kind.template, kind.name, text, _written(kind, text, rng))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(seed=st.integers(min_value=0))
def test_another_text_can_stand_there(kind: Kind, seed: int) -> None:
    rng = Random(seed)
    written = _written(kind, _text(kind, rng), rng)
    assert_can_be_changed(kind.template, kind.name, written, _text(kind, rng))
