"""Conditions in Bicep: where they are found, what stands around them, and exactly where."""

from __future__ import annotations

import pytest

from azcond.containers import Contents, Fact, trees
from azcond.containers.rewriting import apply_edits
from azcond.containers.values import MOST_CHARACTERS
from container_cases import assert_is_unread
from embedding import found_in

NAME = "main.bicep"
TYPE = "Microsoft.Authorization/roleAssignments@2022-04-01"
SMALL = """\
var names = ['a', 'b']
resource x 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  properties: {
    condition: '''
      @Resource[a:b] StringEquals 'x''''
  }
}
module m 'm' = {
  a: [{ condition: '${toUpper('@Resource[a:b]')} StringEquals \\'${names[0]}\\'', principalId: 1 }]
}
"""


def assignment_with(properties: str) -> str:
    return f"resource x '{TYPE}' = {{\n  properties: {{\n{properties}\n  }}\n}}\n"


POLICY = """resource a 'Microsoft.Authorization/policyAssignments@y' = {
  properties: {
    condition: 'x'
    principalId: b
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'c')
  }
}
"""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "// a condition\n",
        "type t = {\n  condition: string?\n  principalId: string\n}\n",
        "param p {\n  condition: string?\n  roleDefinitionIdOrName: string\n}[]\n",
        "resource a 'x/activityLogAlerts@y' = {\n  properties: { condition: { allOf: [] } }\n}\n",
        "resource a 'x@y' = if (condition) {\n  properties: { condition: 'GreaterThan' }\n}\n",
        f"resource a '{TYPE}' existing = {{\n  name: 'condition'\n}}\n",
        "var condition = { a: 'b' }\nvar isCondition = true\nvar otherCondition = a.b\n",
        "module m 'x' = {\n  params: { condition: 'x', alarmCondition: names[0] }\n}\n",
        "var a = [{ principalId: b, role: 'editor', condition: 'a.owner == b.id' }]\n",
        POLICY,
        "resource a 'x/sqlRoleAssignments@y' = {\n b: { principalId: 1, roleDefinitionId: c }\n}\n",
    ],
)
def test_other_conditions_make_no_noise(text: str) -> None:
    assert found_in(text, NAME) == Contents()


def test_a_file_of_no_interest_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees.Tree, "__init__", None)
    assert found_in("var a = 'b'\n" * 1000, NAME) == Contents()


@pytest.mark.parametrize(
    ("properties", "line", "column", "message"),
    [
        ("    condition: 'a", 3, 5, "this Bicep cannot be read, and may hold a condition"),
        ("    condition: 'it's'", 3, 16, "this condition cannot be read: its Bicep is broken"),
        ('    condition: "a"', 3, 17, "this condition cannot be read: its Bicep is broken"),
        ("    condition: 'a' 'b'", 3, 16, "this condition cannot be read: its Bicep is broken"),
        ("    condition: 'a${b'", 3, 16, "this condition cannot be read: its Bicep is broken"),
        ("    condition:\n    a: 'b'", 4, 8, "this condition cannot be read: its Bicep is broken"),
        ("    condition: 'a\\q'", 3, 18, "this string has an escape that its language does not"),
        ("    condition: 'a\n'", 3, 18, "a string in quotes cannot span lines"),
        ("    condition: ['a']", 3, 16, "`condition` must be a string or null, got a list"),
        ("    condition: { a: 'b' }", 3, 16, "`condition` must be a string or null, got an obj"),
    ],
)
def test_a_condition_that_cannot_be_read_is_no_condition(
    properties: str, line: int, column: int, message: str
) -> None:
    assert_is_unread(assignment_with(properties), NAME, (line, column), message)


@pytest.mark.parametrize(
    ("before", "properties"),
    [
        ("extension microsoftGraph\n", ""),
        ("extension 'br:mcr.microsoft.com/x:1' as graph\n", ""),
        ("param p resourceInput<'Microsoft.Storage/storageAccounts@2024-01-01'>.properties\n", ""),
        ("var typed (string | int)[] = ['x']\n", ""),
        ("var list = [...typed, ...more]\nvar all = [\n  ...typed\n  'x'\n]\n", ""),
        ("var object = { ...shared, a: 1 }\n", "    ...shared\n"),
        ("var text = 'a ... ${[...b]} {'\n", ""),
        ("output o string = $'''a ${b} \\'''\n", ""),
        ("import { a } from 'b.bicep'\nimport * as c from 'd.bicep'\n", ""),
        ("@export()\nfunc f(a string) string => '${a}'\n", ""),
        ("#disable-next-line no-unused-params\nparam a string?\n", ""),
        ("assert a = b == c\nmetadata d = 'e'\n", ""),
    ],
)
def test_new_syntax_does_not_keep_conditions_from_being_read(before: str, properties: str) -> None:
    for file in (
        before + assignment_with(f"{properties}    condition: 'a'"),
        assignment_with(f"    condition: 'a'\n{properties}    b: 1") + before,
    ):
        contents = found_in(file, NAME)
        assert [condition.text for condition in contents.conditions] == ["a"]
        assert contents.unread == ()


def test_circles_depth_and_doubling_come_to_an_end() -> None:
    doubling = "".join(f"var a{n} = '${{a{n - 1}}}${{a{n - 1}}}'\n" for n in range(1, 99))
    chain = "".join(f"var c{n} = '${{c{n - 1}}}x'\n" for n in range(1, 2000))
    first = "var a0 = 'xx'\nvar c0 = 'x'\nvar o = '${p}'\nvar p = '${o}'\n"
    text = first + doubling + chain + assignment_with("    condition: 'EXPRESSION'")
    for name in ("a98", "c1999", "o"):
        (condition,) = found_in(text.replace("EXPRESSION", f"${{{name}}}"), NAME).conditions
        assert condition.holes
        assert len(condition.text) <= MOST_CHARACTERS
    for nested in ("(" * 5000 + "'a'" + ")" * 5000, "[" * 5000, "'${" * 500 + "a" + "}'" * 500):
        contents = found_in(text.replace("'EXPRESSION'", nested), NAME)
        assert contents.conditions or contents.unread


def test_a_file_cut_off_anywhere_gives_no_condition_that_it_has_not() -> None:
    whole = [condition.text for condition in found_in(SMALL, NAME).conditions]
    assert len(whole) == 2
    for end in range(len(SMALL)):
        contents = found_in(SMALL[:end], NAME)
        for condition in contents.conditions:
            assert condition.text in whole or contents.unread or condition.holes, SMALL[:end]


@pytest.mark.parametrize(
    ("expression", "role"),
    [
        ("subscriptionResourceId('Microsoft.Authorization/roleDefinitions', id)", "GUID"),
        ("az.resourceId('microsoft.authorization/roledefinitions', 'GUID')", "GUID"),
        ("resourceId(sub, 'Microsoft.Authorization/roleDefinitions', id)", "GUID"),
        ("'${subscription().id}/providers/Microsoft.Authorization/roleDefinitions/${id}'", "GUID"),
        ("existingRole.id", "GUID"),
        ("roles.reader", "GUID"),
        ("roles['reader']", "GUID"),
        ("alias", "GUID"),
        ("'Reader'", "Reader"),
        ("ownRole.id", "Own"),
        ("subscriptionResourceId('Microsoft.Storage/storageAccounts', id)", None),
        ("param1", None),
        ("other.id", None),
        ("roles[param1]", None),
    ],
)
def test_a_role_is_known_however_it_is_named(expression: str, role: str | None) -> None:
    guid = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
    roles = "Microsoft.Authorization/roleDefinitions"
    text = (
        f"param param1 string\nvar id = '{guid}'\nvar alias = existingRole.id\n"
        f"var roles = {{\n  reader: tenantResourceId('{roles}', id)\n}}\n"
        f"resource existingRole '{roles}@2022-04-01' existing = {{\n  name: id\n}}\n"
        f"resource ownRole '{roles}@2022-04-01' = {{\n  name: guid('x')\n  properties: {{\n"
        "    roleName: 'Own'\n    permissions: [{ actions: ['x/read'] }]\n  }\n}\n"
    )
    assignment = assignment_with(f"    roleDefinitionId: {expression}".replace("GUID", guid))
    contents = found_in(text + assignment, NAME)
    (holder,) = contents.assignments
    assert holder.value(Fact.ROLE) == (guid if role == "GUID" else role)
    (own,) = contents.roles
    assert own.name == "Own"
    assert holder.definition == (own if role == "Own" else None)


@pytest.mark.parametrize(
    ("before", "fact", "after"),
    [
        (
            assignment_with("    principalId: p // who\n    condition: 'a'"),
            Fact.PRINCIPAL_TYPE,
            "    principalId: p // who\n    principalType: 'new'\n    condition: 'a'\n  }\n}\n",
        ),
        (
            assignment_with("    condition: '''\na\n'''").replace("\n", "\r\n"),
            Fact.VERSION,
            "a\r\n'''\r\n    conditionVersion: 'new'\r\n  }\r\n}\r\n",
        ),
        (
            assignment_with("    conditionVersion: '1.0'\n    condition: 'a'"),
            Fact.VERSION,
            "{\n    conditionVersion: 'new'\n    condition: 'a'\n  }\n}\n",
        ),
        (
            "param a array = [{ principalId: b, condition: '@Resource[', description: null }]\n",
            Fact.VERSION,
            "condition: '@Resource[', conditionVersion: 'new', description: null }]\n",
        ),
        (
            "param a array = [{ principalId: b, condition: '@Resource[', description: null }]\n",
            Fact.DESCRIPTION,
            "condition: '@Resource[', description: 'new' }]\n",
        ),
        (assignment_with("    conditionVersion: v\n    condition: 'a'"), Fact.VERSION, None),
        (assignment_with("    condition: 'a'"), Fact.SCOPE, None),
    ],
)
def test_facts_are_set_in_the_spelling_of_the_file(
    before: str, fact: Fact, after: str | None
) -> None:
    (holder,) = found_in(before, NAME).assignments
    edit = holder.setting(fact, "new")
    if after is None:
        assert edit is None
    else:
        assert edit is not None
        changed = apply_edits(before, [edit])
        assert changed.endswith(after)
        (again,) = found_in(changed, NAME).assignments
        assert again.value(fact) == "new"
