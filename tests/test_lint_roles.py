"""What linting knows about roles: those in files, those that assignments name, and those given."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from azcond import lint
from azcond.access.known import BUILT_IN, KnownRoles, can_grant_roles
from azcond.access.models import Permission, RoleDefinition
from azcond.cli import run
from azcond.containers import find_conditions

BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
NAME = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]"
DELETE = f"!(ActionMatches{{'{BLOBS}/delete'}}) OR {NAME} StringEquals 'scratch'"
"""Dead for a role that only reads."""

READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
DEAD = "ACT212"
GRANT = "Microsoft.Authorization/roleAssignments/write"


def permission(*data_actions: str, **more: Any) -> dict[str, Any]:
    return {"actions": [], "dataActions": list(data_actions), **more}


def codes_of(findings: list[Any]) -> set[str]:
    return {finding.code for finding in findings}


def test_a_role_makes_the_difference() -> None:
    assert DEAD not in codes_of(lint(DELETE))
    assert DEAD in codes_of(lint(DELETE, role=BUILT_IN.find("Storage Blob Data Reader")))
    assert DEAD not in codes_of(lint(DELETE, role=BUILT_IN.find("Storage Blob Data Contributor")))


def test_only_the_entry_that_holds_the_condition_counts() -> None:
    entries = (
        Permission(data_actions=(f"{BLOBS}/delete",)),
        Permission(data_actions=(f"{BLOBS}/read",), condition=DELETE),
    )
    role = RoleDefinition("x", "Mine", entries)
    assert DEAD not in codes_of(lint(DELETE, role=role))
    assert DEAD not in codes_of(lint(DELETE, role=role, entry=0))
    assert DEAD in codes_of(lint(DELETE, role=role, entry=1))


@pytest.mark.parametrize("wrap", [dict, lambda role: {"properties": role}, lambda role: [role]])
def test_a_role_definition_in_json_is_read(wrap: Callable[[dict[str, Any]], Any]) -> None:
    role = {
        "roleName": "Mine",
        "permissions": [
            permission("a/b/*"),
            permission("a/c/read", condition="Exists @Request[a]"),
        ],
    }
    (found,) = find_conditions(json.dumps(wrap(role)), "x.json").conditions
    assert found.holder is not None
    assert found.holder.definition is not None
    assert [entry.data_actions for entry in found.holder.definition.permissions] == [
        ("a/b/*",),
        ("a/c/read",),
    ]
    assert found.holder.entry == 2


def test_a_flat_role_definition_is_read_too() -> None:
    role: dict[str, Any] = {
        "Name": "Mine",
        "AssignableScopes": ["/"],
        "Actions": ["a/b"],
        "NotActions": [],
    }
    role["Condition"] = "Exists @Request[a]"
    (found,) = find_conditions(json.dumps(role), "x.json").conditions
    assert found.holder is not None
    assert found.holder.definition is not None
    assert found.holder.definition.permissions[0].actions == ("a/b",)


@pytest.mark.parametrize(
    "entry", [{}, {"actions": "a"}, {"actions": [5]}, {"dataActions": {"a": 1}}, {"other": []}]
)
def test_a_role_that_does_not_say_what_it_grants_is_not_known(entry: dict[str, Any]) -> None:
    condition = "Exists @Request[a]"
    text = json.dumps({"roleName": "Mine", "permissions": [{**entry, "condition": condition}]})
    (found,) = find_conditions(text, "x.json").conditions
    assert found.holder is not None
    assert found.holder.definition is None


@pytest.mark.parametrize(
    "given",
    [READER, READER.replace("-", ""), READER.upper(), "storage blob data reader"],
)
def test_roles_are_found_by_guid_id_and_name(given: str) -> None:
    role = BUILT_IN.find(given)
    assert role is not None
    assert role.id == READER
    assert BUILT_IN.find(f"/providers/Microsoft.Authorization/roleDefinitions/{READER}") == role
    assert BUILT_IN.find("none") is None


def test_a_given_role_stands_for_the_built_in_one() -> None:
    mine = RoleDefinition(READER, "Mine", (Permission(actions=("*",)),))
    roles = KnownRoles([mine])
    assert roles.find(READER) is mine
    assert READER in roles.granting
    assert READER not in BUILT_IN.granting


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([Permission(actions=("*",))], True),
        ([Permission(actions=("Microsoft.Authorization/*/Write",))], True),
        ([Permission(actions=("*",), not_actions=("Microsoft.Authorization/*/Write",))], False),
        ([Permission(actions=("*",), condition="Exists @Request[a]")], False),
        ([Permission(data_actions=("*",))], False),
        ([Permission(actions=("*/read",))], False),
        ([Permission(actions=("*/read",)), Permission(actions=(GRANT,))], True),
        (
            [
                Permission(actions=("*",), not_actions=(GRANT,)),
                Permission(actions=(GRANT.upper(),)),
            ],
            True,
        ),
    ],
)
def test_which_roles_can_grant_roles_is_computed(entries: list[Permission], expected: bool) -> None:
    assert can_grant_roles(RoleDefinition("x", "x", tuple(entries))) is expected


def test_the_built_in_roles_that_can_grant_any_role() -> None:
    assert {role.name for role in BUILT_IN.granting.values()} == {
        "Owner",
        "Role Based Access Control Administrator",
        "User Access Administrator",
    }


@pytest.fixture
def codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., set[str]]:
    monkeypatch.chdir(tmp_path)

    def lint_here(*arguments: str) -> set[str]:
        options = ("lint", "--isolated", "--output-format", "json", *arguments)
        assert run(list(options)) in (0, 1)
        return {one["code"] for one in json.loads(capsys.readouterr().out)["findings"]}

    return lint_here


Codes = Callable[..., set[str]]


def test_the_role_of_an_assignment_is_looked_up(codes: Codes, tmp_path: Path) -> None:
    definitions = "/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions"
    assignment = {
        "principalId": "p",
        "roleDefinitionId": f"{definitions}/{READER}",
        "condition": DELETE,
    }
    (tmp_path / "a.json").write_text(json.dumps([assignment]), encoding="utf-8")
    assert DEAD in codes("a.json")
    assert DEAD in codes("--role", "Storage Blob Data Contributor", "a.json")
    assignment["roleDefinitionId"] = f"{definitions}/5b1f6d2e-7c0a-4f38-9a47-2d9f0c1e8b63"
    (tmp_path / "a.json").write_text(json.dumps([assignment]), encoding="utf-8")
    assert DEAD not in codes("a.json")
    assert DEAD in codes("--role", "Storage Blob Data Reader", "a.json")


def test_the_role_of_a_condition_file_is_given(codes: Codes, tmp_path: Path) -> None:
    (tmp_path / "a.cond").write_text(DELETE, encoding="utf-8")
    assert DEAD not in codes("a.cond")
    assert DEAD in codes("--role", READER, "a.cond")
    role = {"roleName": "Mine", "name": "x", "permissions": [permission(f"{BLOBS}/read")]}
    (tmp_path / "mine.json").write_text(json.dumps(role), encoding="utf-8")
    assert DEAD in codes("--role", "mine.json", "a.cond")


def test_the_condition_of_a_role_is_for_that_role(codes: Codes, tmp_path: Path) -> None:
    entries = [permission(f"{BLOBS}/delete"), permission(f"{BLOBS}/read", condition=DELETE)]
    role = {"roleName": "Mine", "name": "x", "permissions": entries}
    (tmp_path / "role.json").write_text(json.dumps(role), encoding="utf-8")
    assert DEAD in codes("role.json")
