"""JSON around conditions: what is one and what is not, templates, plans, comments and damage."""

from __future__ import annotations

import json
from typing import Any

import pytest

from azcond.containers import Fact, find_conditions
from azcond.containers.rewriting import apply_edits
from azcond.source import Span
from container_cases import FOLDER, contents_of

CONDITION = "@Resource[Microsoft.KeyVault/vaults:name] StringEquals 'pay'"
ROLE = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"


def texts_of(document: Any) -> list[str]:
    return [one.text for one in find_conditions(json.dumps(document), "x.json").conditions]


def template(condition: str, **variables: Any) -> str:
    properties = {"roleDefinitionId": "r", "principalId": "p", "condition": condition}
    resource = {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01"}
    resources = [{**resource, "properties": properties}]
    return json.dumps({"variables": variables, "resources": resources}, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    ["sunny", "succeeded()", "[equals(1, 1)]", "equal strings", "request['kind'] == 'x'"],
)
def test_what_only_shares_the_name_is_no_condition(text: str) -> None:
    assert texts_of({"condition": text}) == []
    assert texts_of([{"condition": text, "type": "x", "apiVersion": "1", "principalId": "p"}]) == []


@pytest.mark.parametrize(
    "text",
    [
        "@Resource[a] StringEqual 'b'",
        "Resource[Microsoft.KeyVault/vaults:name] = 'b'",
        "!(actionmatches{'x'}) OR",
        "x ForAnyOfAny:GuidEquals {y}",
    ],
)
def test_a_broken_attempt_is_one(text: str) -> None:
    assert texts_of({"condition": text}) == [text]
    assert texts_of({"readersCondition": text}) == [text]
    assert texts_of({"parameters": {"condition": {"value": text}}}) == [text]
    assert texts_of({"reason": text}) == []


@pytest.mark.parametrize(
    "beside",
    [
        {"condition_version": "2.0"},
        {"principalId": "p", "roleDefinitionId": ROLE},
        {"principalId": "p", "RoleDefinitionName": "Reader"},
        {"type": "Microsoft.Authorization/roleAssignments", "properties": {}},
        {"actions": ["x/read"], "notActions": []},
    ],
)
def test_beside_facts_anything_is_one(beside: dict[str, Any]) -> None:
    if "properties" in beside:
        assert texts_of({**beside, "properties": {"condition": "sunny"}}) == ["sunny"]
    else:
        assert texts_of({**beside, "condition": "sunny"}) == ["sunny"]


@pytest.mark.parametrize(
    "document",
    [
        {"policies": [{"principalId": "u", "role": "editor", "condition": "a.owner == b.id"}]},
        {"role": "admin", "principalId": "u", "condition": 'age > 18 AND country == "DE"'},
        {"condition": "ActionMatches is a function in my app"},
        {"permissions": [{"actions": ["read"], "condition": "resource.owner == user.id"}]},
        {"principalId": "u", "roleDefinitionId": "editor", "condition": "age > 18"},
        {"principalId": "u", "roleDefinitionId": "editor", "condition": ["age", 18]},
        {"Action": "s3:*", "Condition": "StringEquals aws:x 'y'", "principal_id": "u"},
    ],
)
def test_what_other_systems_have_is_left_alone(document: Any) -> None:
    contents = find_conditions(json.dumps(document), "x.json")
    assert (contents.conditions, contents.unread, contents.assignments) == ((), (), ())


@pytest.mark.parametrize(
    ("condition", "text", "holes"),
    [
        ("[variables('c')]", CONDITION, []),
        ("[Variables( 'C' )]", CONDITION, []),
        ("[concat('a ''b'' ', variables('n'))]", "a 'b' x", []),
        ("[concat(variables('o').inner['n'], variables('l')[1])]", "xb", []),
        ("[format('{0}-{1}-{0}{{}}', 'a', variables('n'))]", "a-x-a{}", []),
        ("[join(variables('l'), ', ')]", "a, b", []),
        ("[join(createArray('a', variables('n')), '')]", "ax", []),
        ("[replace(toUpper(trim(' ab ')), 'A', 'c')]", "cB", []),
        ("[parameters('p')]", "parameters('p')", ["parameters('p')"]),
        ("[concat('a', parameters('p').b[0])]", "aparameters('p').b[0]", ["parameters('p').b[0]"]),
        ("[format('{0:N}', 'a')]", "format('{0:N}', 'a')", ["format('{0:N}', 'a')"]),
        ("[concat('a', variables('l'))]", "avariables('l')", ["variables('l')"]),
        ("[variables('self')]", "variables('self')", ["variables('self')"]),
        ("[concat('a',,'b')]", "concat('a',,'b')", ["concat('a',,'b')"]),
        ("[if(true(), 'a', 'b')]", "if(true(), 'a', 'b')", ["if(true(), 'a', 'b')"]),
        ("[[a]", "[a]", []),
        ("[concat('a'", "[concat('a'", []),
    ],
)
def test_template_expressions(condition: str, text: str, holes: list[str]) -> None:
    variables = {"C": CONDITION, "n": "x", "l": ["a", "b"], "o": {"Inner": {"n": "x"}}}
    written = template(condition, **variables, self="[variables('self')]")
    (found,) = [one for one in find_conditions(written, "x.json").conditions if one.holder]
    assert found.text == text
    assert [hole.expression for hole in found.holes] == holes


def test_variables_that_double_each_other_are_not_followed_for_ever() -> None:
    variables = {
        f"v{n}": f"[concat(variables('v{n - 1}'), variables('v{n - 1}'))]" for n in range(1, 60)
    }
    written = template("[variables('v59')]", v0="x" * 10, **variables)
    (found,) = find_conditions(written, "x.json").conditions
    assert found.holes


def test_places_behind_both_kinds_of_escapes() -> None:
    written = template("[concat('🔑é \"''q''\" ', variables('n'), 'z')]", n="\\y")
    (found,) = find_conditions(written, "x.json").conditions
    assert found.text == "🔑é \"'q'\" \\yz"

    def place(part: str) -> str:
        start = found.text.index(part)
        return written[slice(*found.span_in_file(Span(start, start + len(part))))]

    assert [place(one) for one in ("é", '"', "'", "q", "'q'", "\\", "y", "z")] == [
        *("é", '\\"', "''", "q", "''q''", "\\\\", "y", "z"),
    ]


@pytest.mark.parametrize(
    ("role", "value"),
    [
        (ROLE, ROLE),
        (
            f"[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '{ROLE[-36:]}')]",
            ROLE,
        ),
        (f"[resourceId('Microsoft.Authorization/roleDefinitions', '{ROLE[-36:]}')]", ROLE),
        (f"[concat(subscription().id, '{ROLE}')]", ROLE),
        (f"[format('/subscriptions/{{0}}{ROLE}', parameters('s'))]", ROLE),
        ("[parameters('role')]", None),
        ("[resourceId('Microsoft.Authorization/roleDefinitions', parameters('role'))]", None),
    ],
)
def test_the_role_of_a_template_is_known_by_its_end(role: str, value: str | None) -> None:
    (found,) = find_conditions(template(CONDITION).replace('"r"', json.dumps(role)), "x").conditions
    assert found.holder is not None
    assert found.holder.facts[Fact.ROLE] == (value, role)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"principalId": "p",\r\n "condition": "@Resource[a]"}',
            '{"principalId": "p",\r\n "conditionVersion": "2.0",\r\n "condition": "@Resource[a]"}',
        ),
        (
            '{"PrincipalId": "p", "Condition": "@Resource[a]"}',
            '{"PrincipalId": "p", "ConditionVersion": "2.0", "Condition": "@Resource[a]"}',
        ),
        (
            '{"principal_id": "p", "condition": "@Resource[a]", "condition_version": null}',
            '{"principal_id": "p", "condition": "@Resource[a]", "condition_version": "2.0"}',
        ),
        (
            '{"principalId": "p", "condition": "@Resource[a]", "conditionVersion": 2.0}',
            '{"principalId": "p", "condition": "@Resource[a]", "conditionVersion": "2.0"}',
        ),
        (
            '{"principalId": "p", // x\n "condition": "@Resource[a]"}',
            '{"principalId": "p", // x\n "conditionVersion": "2.0",\n "condition": "@Resource[a]"}',
        ),
        ('{"principalId": "p", "conditionVersion": "[x()]", "condition": "@Resource[a]"}', None),
    ],
)
def test_setting_the_version(text: str, expected: str | None) -> None:
    (found,) = find_conditions(text, "x.json").conditions
    assert found.holder is not None
    edit = found.holder.setting(Fact.VERSION, "2.0")
    assert (edit and apply_edits(text, [edit])) == expected


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ('{"a": }', []),
        ('{"a": 1 "b": 2} # "x"]', []),
        ('{"condition" "x"}', [13]),
        ('{"a": [1, 2', [11]),
        ("", [0]),
        ('{"a": 1, "condition": "@Resource[a]" "b": 1}', [37]),
        ('/* {"condition": 1} */ {"a": 1,}', []),
        ('{"condition": "@Resource[a]", /* open', [37]),
    ],
)
def test_damage_counts_where_a_condition_may_be_lost(text: str, offsets: list[int]) -> None:
    assert [one.offset for one in find_conditions(text, "x.json").unread] == offsets


def test_a_plan_says_a_condition_once() -> None:
    resource = {"values": {"condition": CONDITION, "principal_id": "p"}}
    module = {"root_module": {"resources": [resource]}}
    change = {"before": None, "after": resource["values"], "after_unknown": {}}
    plan = {"format_version": "1.2", "planned_values": module, "prior_state": {"values": module}}
    assert texts_of(plan) == [CONDITION]
    assert texts_of({**plan, "resource_changes": [{"change": change}]}) == [CONDITION]
    gone = {"change": {"before": resource["values"], "after": None}}
    assert texts_of({**plan, "resource_changes": [gone]}) == []
    assert texts_of({"format_version": "1.0", "values": module}) == [CONDITION]


def test_a_list_is_read_in_linear_time_and_places_only_when_asked_for() -> None:
    entry = {"principalId": "p", "roleDefinitionName": "Reader", "condition": CONDITION}
    contents = find_conditions(json.dumps([entry] * 3000), "x.json")
    assert len(contents.conditions) == len(contents.assignments) == 3000
    last = contents.assignments[-1]
    assert last is contents.conditions[-1].holder
    assert last.place(Fact.ROLE) is not None


@pytest.mark.parametrize("name", ["plan.json", "state.json"])
def test_what_terraform_writes_is_read_and_never_changed(name: str) -> None:
    contents = contents_of(FOLDER / "plan" / name)
    assert contents.conditions
    assert all(part.quoting is None for one in contents.conditions for part in one.parts)
    assert all(one.setting(fact, "x") is None for one in contents.assignments for fact in Fact)


def test_a_state_as_it_is_stored_is_not_changed() -> None:
    attributes = {"principal_id": "p", "condition": CONDITION, "condition_version": None}
    resource = {"type": "azurerm_role_assignment", "instances": [{"attributes": attributes}]}
    state = {"version": 4, "lineage": "x", "resources": [resource]}
    (found,) = find_conditions(json.dumps(state), "x.json").conditions
    assert found.holder is not None
    assert found.holder.setting(Fact.VERSION, "2.0") is None
    assert [part.quoting for part in found.parts] == [None]
