"""Loading roles, assignments, deny assignments and hierarchies, in good shape and in bad."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from azcond.access import (
    AccessModel,
    AccessQuery,
    DenyAssignment,
    Permission,
    Problem,
    ProblemKind,
    RoleAssignment,
    RoleDefinition,
)
from azcond.access.documents import JsonText, read_model, read_roles
from azcond.errors import AccessDataError
from conftest import FIXTURES, Golden

INPUTS = FIXTURES / "access" / "inputs"
SHAPES: list[dict[str, Any]] = json.loads((INPUTS / "shapes.json").read_text(encoding="utf-8"))
ANN = "22222222-0000-4000-8000-000000000001"
READ = "Microsoft.KeyVault/vaults/read"


def read_one(kind: str, document: Any) -> Any:
    given = {"roles": None, "assignments": None, "deny_assignments": None, kind: document}
    model = read_model(**given, hierarchy=None)
    assert not model["problems"]
    return model[kind][0]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape['kind']}, {shape['about']}")
def test_every_documented_shape_gives_the_same_value(shape: dict[str, Any]) -> None:
    value = read_one(shape["kind"], shape["document"])
    match value:
        case RoleDefinition():
            assert value == RoleDefinition(
                id="11111111-0000-4000-8000-000000000001",
                name="Vault Reader",
                permissions=(Permission(actions=("Microsoft.KeyVault/*/read",)),),
                description="Reads vaults",
                assignable_scopes=("/",),
                is_custom=True,
            )
        case RoleAssignment():
            assert value.role.endswith("acdd72a7-3385-48ef-bd42-f606fba81ae7")
            assert (value.principal_id, value.scope) == (ANN, "/subscriptions/s")
            assert (value.condition, value.condition_version) == ("Exists @Resource[a]", "2.0")
            assert value.principal_type == "User"
            assert value.principal_name in {"ann@example.org", ""}
            assert value.id.endswith("/a1")
            assert not value.eligible
        case DenyAssignment():
            assert value == DenyAssignment(
                scope="/subscriptions/s",
                permissions=(Permission(actions=("*/delete",), not_actions=("a/*",)),),
                principals=("00000000-0000-0000-0000-000000000000",),
                exclude_principals=(ANN,),
                does_not_apply_to_child_scopes=True,
                id="/subscriptions/s/providers/Microsoft.Authorization/denyAssignments/d1",
                name="lock",
            )
        case _:
            pytest.fail(f"{value!r}")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape['kind']}, {shape['about']}")
def test_documents_come_alone_in_lists_in_pages_and_in_lines(
    shape: dict[str, Any], tmp_path: Path
) -> None:
    kind, document = shape["kind"], shape["document"]
    if isinstance(document, dict):
        document = document.get("value", document.get("data", document))
    (entry,) = document if isinstance(document, list) else [document]
    expected = read_one(kind, entry)
    file = tmp_path / "file.json"
    for given in ([entry], {"value": [entry]}, {"data": [entry]}, (entry,)):
        assert read_one(kind, given) == expected
        file.write_text(json.dumps(given), encoding="utf-8-sig")
        assert read_one(kind, file) == read_one(kind, str(file)) == expected
    text = "\n".join([json.dumps(entry), json.dumps([entry]), json.dumps({"value": [entry]})])
    file.write_text(text, encoding="utf-8")
    arguments = {"roles": None, "assignments": None, "deny_assignments": None, kind: file}
    assert read_model(**arguments, hierarchy=None)[kind][:3] == [expected] * 3


def told(problems: list[Problem], path: Path) -> str:
    """The problems, and what stands at the place of each."""
    assert {problem.kind for problem in problems} == {ProblemKind.UNREAD}
    lines = path.read_text(encoding="utf-8").splitlines()
    shown = []
    for problem in problems:
        place = problem.where.removeprefix(f"{path}:")
        line, column = map(int, place.split(":"))
        shown.append(f"{place}: {problem.message}\n    {lines[line - 1][column - 1 :][:40]}\n")
    return "".join(shown)


def test_a_bad_entry_says_where_and_what_and_loses_no_other(golden: Golden) -> None:
    path = INPUTS / "damaged-assignments.json"
    model = AccessModel.from_json(assignments=path)
    golden(path.with_suffix(".problems"), told(model.problems, path))
    for name in ("ann", "bob"):
        assert model.decide(AccessQuery(name, "/subscriptions/s", action=READ))


def test_bad_roles_in_lines(golden: Golden) -> None:
    path = INPUTS / "damaged-roles.jsonl"
    roles, problems = read_roles(path)
    assert [role.name for role in roles] == ["Good"]
    golden(path.with_suffix(".problems"), told(problems, path))


def test_a_bad_deny_assignment_denies_everything_below_its_scope(golden: Golden) -> None:
    path = INPUTS / "damaged-denials.json"
    owner = {"principalId": "zoe", "roleDefinitionName": "Owner", "scope": "/subscriptions/s"}
    model = AccessModel.from_json(assignments=owner, deny_assignments=path)
    golden(path.with_suffix(".problems"), told(model.problems, path))
    for name in "abcd":
        group = f"/subscriptions/s/resourceGroups/{name}"
        decision = model.decide(AccessQuery("zoe", group, action=READ))
        assert not decision
        assert "could not be read" in decision.denied_by[0].name
        assert f"{path}:" in decision.denied_by[0].name
    assert model.decide(AccessQuery("zoe", "/subscriptions/s/resourceGroups/e", action=READ))


@pytest.mark.parametrize("denial", [{}, {"scope": 5}, "x", 5, None, [], {"scope": "nowhere"}])
def test_a_deny_assignment_of_which_nothing_is_known_denies_everything(denial: Any) -> None:
    owner = {"principalId": "zoe", "roleDefinitionName": "Owner", "scope": "/"}
    model = AccessModel.from_json(assignments=owner, deny_assignments=[denial])
    assert not model.decide(AccessQuery("zoe", "/subscriptions/s", action=READ))
    (problem,) = model.problems
    assert problem.kind is ProblemKind.UNREAD
    assert problem.where.startswith("deny assignments[0]")


def test_a_broken_line_loses_no_role_and_no_assignment(tmp_path: Path) -> None:
    roles, assignments = tmp_path / "roles.jsonl", tmp_path / "assignments.jsonl"
    role = {"roleName": "Look", "name": "l", "permissions": [{"actions": ["*/read"]}]}
    roles.write_text(f'{{"roleName": "Bro\n{json.dumps(role)}\n', encoding="utf-8")
    held = {"principalId": "zoe", "roleDefinitionName": "Look", "scope": "/"}
    assignments.write_text(f'{json.dumps(held)}\n{{"principalId": }}\n', encoding="utf-8")
    model = AccessModel.from_json(roles=roles, assignments=assignments)
    assert model.decide(AccessQuery("zoe", "/subscriptions/s", action=READ))
    assert [(problem.where, problem.kind) for problem in model.problems] == [
        (f"{roles}:1:14", ProblemKind.UNREAD),
        (f"{assignments}:2:17", ProblemKind.UNREAD),
    ]


def test_a_broken_line_of_deny_assignments_denies_everything(tmp_path: Path) -> None:
    owner = {"principalId": "zoe", "roleDefinitionName": "Owner", "scope": "/"}
    denial = {
        "scope": "/subscriptions/s",
        "permissions": [{"actions": ["*/delete"]}],
        "principals": [{"id": "ann"}],
    }
    file = tmp_path / "denials.jsonl"
    file.write_text(f'{json.dumps(denial)}\n{{"scope": "/sub\n', encoding="utf-8")
    model = AccessModel.from_json(assignments=owner, deny_assignments=file)
    decision = model.decide(AccessQuery("zoe", "/subscriptions/t", action=READ))
    assert not decision
    assert f"{file}:2:11" in decision.denied_by[0].name


def test_parsed_json_is_named_by_its_path() -> None:
    given = {"value": [{"properties": {"principalId": 1, "scope": "/"}}]}
    model = AccessModel.from_json(assignments=given)
    assert [problem.where for problem in model.problems] == [
        "assignments.value[0].properties.principalId"
    ]


def test_what_is_only_shown_loses_no_entry() -> None:
    given = {
        "principalId": "ann",
        "principalName": 5,
        "roleDefinitionName": "Reader",
        "scope": "/",
        "description": ["x"],
    }
    model = AccessModel.from_json(assignments=given)
    assert not model.problems
    assert model.decide(AccessQuery("ann", "/", action=READ))


def test_given_definitions_go_before_built_in_ones() -> None:
    reader = {
        "name": "ACDD72A7-3385-48EF-BD42-F606FBA81AE7",
        "roleName": "Reader",
        "permissions": [{"actions": ["Microsoft.Compute/*/read"]}],
    }
    given = {"principalId": "ann", "roleDefinitionName": "Reader", "scope": "/"}
    model = AccessModel.from_json(roles=reader, assignments=given)
    assert not model.problems
    assert not model.decide(AccessQuery("ann", "/", action=READ))
    assert AccessModel.from_json(assignments=given).decide(AccessQuery("ann", "/", action=READ))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", ":1:1: not JSON: the text is empty"),
        (b"[1,", "not JSON: expected a value"),
        (b'{"a": 1, "a": 2}', ":1:10: `a` is given twice in one JSON object"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
@pytest.mark.parametrize("kind", ["roles", "assignments", "deny_assignments", "hierarchy"])
def test_files_that_cannot_be_read(content: bytes, message: str, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "file.json"
    file.write_bytes(content)
    with pytest.raises(AccessDataError) as raised:
        AccessModel.from_json(**{kind: file})
    assert str(raised.value).startswith(str(file))
    assert message in str(raised.value)


@pytest.mark.parametrize("kind", ["roles", "assignments", "deny_assignments", "hierarchy"])
def test_files_that_are_not_there(kind: str, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.json", tmp_path):
        with pytest.raises(AccessDataError, match="cannot be read"):
            AccessModel.from_json(**{kind: path})


@pytest.mark.parametrize(
    ("hierarchy", "message"),
    [
        ([], "expected an object of scopes and lists of their ancestors, got a list"),
        ({"/subscriptions/s": "x"}, "expected a list of scopes, nearest first"),
        ({"/subscriptions/s": [5]}, "expected a list of scopes, nearest first"),
        ({"/subscriptions/s": ["top"]}, "a scope starts with `/`, unlike `top`"),
        ({"s": []}, "a scope starts with `/`, unlike `s`"),
        ({"/a/b": ["/A/B/"]}, "`/a/b` is listed among its own ancestors"),
    ],
)
def test_hierarchies_of_another_shape(hierarchy: Any, message: str, tmp_path: Path) -> None:
    file = tmp_path / "hierarchy.json"
    file.write_text(json.dumps(hierarchy), encoding="utf-8")
    for given in (hierarchy, file, JsonText("h", json.dumps(hierarchy))):
        with pytest.raises(AccessDataError) as raised:
            AccessModel.from_json(hierarchy=given)
        assert message in str(raised.value)


def test_many_bad_entries_are_placed_in_linear_time(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    line = json.dumps({"principalId": 5, "roleDefinitionName": "Reader", "scope": "/"})
    file.write_text("\n".join([line] * 20_000), encoding="utf-8")
    start = time.perf_counter()
    model = AccessModel.from_json(assignments=file)
    assert time.perf_counter() - start < 10  # a scan for each of them would take minutes
    assert len(model.problems) == 20_000
    assert model.problems[-1].where == f"{file}:20000:17"
