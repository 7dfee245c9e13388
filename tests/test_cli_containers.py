"""Which conditions are found in which files, under what name, and exactly where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from azcond.containers import Host, find_conditions, host_of
from azcond.containers.choosing import choose_condition
from azcond.source import Span
from conftest import FIXTURES, Golden
from container_cases import (
    FOLDER,
    assert_can_be_rewritten,
    assert_parts_are_whole,
    assert_settings_hold,
    conditions_of,
    contents_of,
    described,
    files_of,
    read,
)

FILES = files_of(*sorted(path.name for path in FOLDER.iterdir()))
ROLE = FOLDER / "json" / "role-with-entries.json"


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
        # YAML that is cut off is YAML most of the time, and a word of a shell ends with any quote.
        is_whole = path.parent.name == "yaml" or text[end - 1 : end] in {"'", '"'}
        assert not wrong or contents.unread or is_whole, text[:end][-80:]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("{}", "x.json", True),
        ("@Resource[a] StringEquals 'b'", "x.JSON", True),
        ('{"a": 1}', "x.cond", False),
        ('{"a": 1}', "", True),
        ('\n [\n {"a": 1}]', "-", True),
        ("[]", "role.txt", True),
        ("{'a'} ForAnyOfAnyValues:StringEquals {'a'}", "", False),
        ("['a'] StringEquals 'b'", "", False),
        ("", "", False),
    ],
)
def test_json_is_known_by_name_or_by_how_it_opens(text: str, name: str, expected: bool) -> None:
    assert (host_of(text, name) is Host.JSON) is expected


def test_a_text_is_one_condition_where_it_stands() -> None:
    contents = find_conditions("  @Resource[a] StringEquals 'b'", "team.cond")
    (condition,) = contents.conditions
    assert (condition.text[:3], condition.holder) == ("  @", None)
    assert condition.span_in_file(Span(2, 5)) == (2, 5)


def test_broken_json_is_unread_as_a_whole() -> None:
    contents = find_conditions('{"condition": ', "x.json")
    assert contents.conditions == ()
    assert [problem.offset for problem in contents.unread] == [14]


@pytest.mark.parametrize(
    ("document", "names"),
    [
        ({"roleName": "A", "permissions": [{"actions": ["x"]}]}, ["A"]),
        ({"properties": {"roleName": "A", "permissions": [{"dataActions": ["x"]}]}}, ["A"]),
        ({"Name": "A", "Actions": ["x"], "AssignableScopes": ["/"]}, ["A"]),
        ({"value": [{"roleName": n, "permissions": [{"actions": []}]} for n in "AB"]}, ["A", "B"]),
        ({"principals": [{"id": "p"}], "permissions": [{"actions": ["x"]}]}, []),
        ({"permissions": []}, []),
        ({"permissions": ["x"]}, []),
        ({"permissions": {"actions": ["x"]}}, []),
        ({"actions": ["x"]}, []),
    ],
)
def test_roles_without_a_condition_are_found_too(document: Any, names: list[str]) -> None:
    contents = find_conditions(json.dumps(document), "x.json")
    assert [role.name for role in contents.roles] == names
    assert (contents.conditions, contents.unread) == ((), ())


def test_a_broken_line_loses_no_condition_of_another() -> None:
    text = '{"condition": "@Resource[a]"}\n{"condition": }\n{"condition": 5}\n'
    text += '{"condition": "@Resource[b]"}\n'
    contents = find_conditions(text, "x.jsonl")
    assert [condition.text for condition in contents.conditions] == ["@Resource[a]", "@Resource[b]"]
    assert [text[problem.offset] for problem in contents.unread] == ["}"]


@pytest.mark.parametrize(
    "name", ["Log Delegate", "log delegate", "d3b07384-d113-4ec2-a7a5-9c0b2f6e8f10"]
)
def test_choosing_by_name_and_entry(name: str) -> None:
    contents = find_conditions(ROLE.read_text(encoding="utf-8"), ROLE.name)
    chosen = choose_condition(contents, name, 3)
    assert chosen.text.startswith("@Resource")


@pytest.mark.parametrize(
    ("file", "role", "entry", "message"),
    [
        (ROLE, None, None, "2 conditions found, choose with `--entry`"),
        (ROLE, None, 1, "no condition in permission entry 1"),
        (ROLE, "Log Delegat", None, "no condition of `Log Delegat`"),
        (FOLDER / "json" / "lines.jsonl", None, None, "choose with `--role`"),
        (FOLDER / "json" / "lines.jsonl", None, 1, "choose with `--role`"),
        (FOLDER / "json" / "unrelated.json", None, None, "no condition found"),
        (FIXTURES / "conditions" / "time-window.cond", "Reader", None, "only in JSON"),
        (FIXTURES / "conditions" / "time-window.cond", None, 1, "only in JSON"),
    ],
)
def test_an_unclear_choice_says_what_there_is(
    file: Path, role: str | None, entry: int | None, message: str
) -> None:
    contents = find_conditions(file.read_text(encoding="utf-8"), file.name)
    with pytest.raises(LookupError, match=message):
        choose_condition(contents, role, entry)
