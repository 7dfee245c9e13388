"""Which conditions are found in which files, under what name, and exactly where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from azcond.containers import EmbeddedCondition, Host, find_conditions, host_of
from azcond.containers.choosing import choose_condition
from azcond.jsontext import read_documents
from azcond.source import Source, Span
from conftest import FIXTURES, Golden

FILES = sorted((FIXTURES / "containers").glob("*.json*"))
ROLE = FIXTURES / "containers" / "role-with-entries.json"


def conditions_of(path: Path) -> tuple[EmbeddedCondition, ...]:
    return find_conditions(path.read_text(encoding="utf-8"), path.name).conditions


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_conditions_and_their_places(path: Path, golden: Golden) -> None:
    text = path.read_text(encoding="utf-8")
    contents, file = find_conditions(text, path.name), Source(text)
    lines = []
    for condition in contents.conditions:
        holder = condition.holder
        line, column = file.line_column(condition.offset_in_file(0))
        name = f"{holder.kind} {holder.title}" if holder else "no name"
        lines.append(f"{line}:{column} {name}\n  {condition.text!r}\n")
    for problem in contents.unread:
        line, column = file.line_column(problem.offset)
        lines.append(f"{line}:{column} unread\n  {problem.message}\n")
    golden(path.with_suffix(".found"), "".join(lines) or "nothing\n")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_character_of_a_condition_is_at_its_place_in_the_file(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for condition in find_conditions(text, path.name).conditions:
        for index, character in enumerate(condition.text):
            start, end = condition.span_in_file(Span(index, index + 1))
            assert read_documents(f'"{text[start:end]}"')[0].value == character
        assert text[condition.offset_in_file(len(condition.text))] == '"'


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
    text = '{"condition": "a"}\n{"condition": }\n{"condition": 5}\n{"condition": "b"}\n'
    contents = find_conditions(text, "x.jsonl")
    assert [condition.text for condition in contents.conditions] == ["a", "b"]
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
        (FIXTURES / "containers" / "lines.jsonl", None, None, "choose with `--role`"),
        (FIXTURES / "containers" / "lines.jsonl", None, 1, "choose with `--role`"),
        (FIXTURES / "containers" / "unrelated.json", None, None, "no condition found"),
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
