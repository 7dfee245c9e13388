"""What the shipped role definitions grant, action by action, and what they do not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from azcond.access import (
    AccessModel,
    AccessQuery,
    Permission,
    Plane,
    RoleAssignment,
    RoleDefinition,
)
from azcond.access.built_in import built_in_roles
from azcond.access.filters import Filters
from azcond.access.roles import ReadyRole, Roles, asked_key
from azcond.actions import action_matches
from conftest import FIXTURES

CASES: list[dict[str, Any]] = json.loads((FIXTURES / "access" / "role-actions.json").read_text())
SCOPE = "/subscriptions/3f0c2a52-5b1e-4f0c-9d0a-6f6f4f3d2b10"
GRANTS = [
    pytest.param(case["role"], plane, action, expected == "granted", id=f"{case['role']}-{action}")
    for case in CASES
    for plane in Plane
    for expected, actions in case[plane.value].items()
    for action in actions
]


def decide(role: str, plane: Plane, action: str) -> bool:
    """Whether somebody who is assigned a role may do an action, by the whole engine."""
    model = AccessModel(built_in_roles(), [RoleAssignment("someone", role, SCOPE)])
    ids = {"Microsoft.Authorization/roleAssignments:RoleDefinitionId": SECRETS_USER}
    query = AccessQuery(
        "someone",
        SCOPE,
        action=action if plane is Plane.MANAGEMENT else None,
        data_action=action if plane is Plane.DATA else None,
        request=ids,
        resource=ids,
    )
    return bool(model.decide(query))


SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6"


@pytest.mark.parametrize(("role", "plane", "action", "granted"), GRANTS)
def test_grants(role: str, plane: Plane, action: str, granted: bool) -> None:
    assert decide(role, plane, action) is granted


def test_every_role_of_the_security_category_is_tried() -> None:
    known = {role.name for role in built_in_roles()}
    tried = {case["role"] for case in CASES}
    assert tried <= known
    assert len(tried) == len(CASES) >= 26
    for case in CASES:
        assert any(case[plane.value]["granted"] for plane in Plane)
        assert all(case[plane.value]["not granted"] for plane in Plane)


def test_every_pattern_of_those_roles_is_tried() -> None:
    """An action that no case asks for could be granted or not without anybody seeing it."""
    by_name = {role.name: role for role in built_in_roles()}
    for case in CASES:
        for entry in by_name[case["role"]].permissions:
            for plane, granting, subtracting in (
                (Plane.MANAGEMENT, entry.actions, entry.not_actions),
                (Plane.DATA, entry.data_actions, entry.not_data_actions),
            ):
                tried = case[plane.value]
                for patterns, actions in (
                    (granting, tried["granted"]),
                    (subtracting, tried["not granted"]),
                ):
                    for pattern in patterns:
                        matched = [action_matches(pattern, action) for action in actions]
                        assert any(matched), (case["role"], pattern)


@pytest.mark.parametrize(
    ("pattern", "action", "matches"),
    [
        ("Microsoft.Network/virtualNetworks/read ", "Microsoft.Network/virtualNetworks/read", True),
        (" Microsoft.Network/*", "Microsoft.Network/virtualNetworks/read", True),
        ("Microsoft.Insights/alertRules/", "Microsoft.Insights/alertRules/read", False),
        ("a/{operationName}/read", "a/{operationName}/read", True),
        ("a/{operationName}/read", "a/b/read", False),
        ("a/?/read", "a/b/read", False),
        ("", "a", False),
        ("**/read", "a/read", True),
        ("*/a*b*/read", "x/ab/read", True),
        ("a/*/a/read", "a/read", False),
    ],
)
def test_dirt_of_real_definitions_is_no_crash(pattern: str, action: str, matches: bool) -> None:
    for permission in (
        Permission(actions=(pattern, pattern)),
        Permission(actions=("other/thing", pattern, "*/else")),
    ):
        role = ReadyRole(RoleDefinition("1", "one", (permission,)), Filters())
        assert bool(role.filters_of(asked_key(Plane.MANAGEMENT, action.lower()))) is matches


def test_answers_are_remembered_but_not_without_end() -> None:
    role = ReadyRole(RoleDefinition("1", "one", (Permission(actions=("*/read",)),)), Filters())
    asked = [asked_key(Plane.MANAGEMENT, f"a/{number}/read") for number in range(3000)]
    first = [role.filters_of(one) for one in asked]
    assert 0 < len(role.remembered) < 3000
    assert [role.filters_of(one) for one in asked] == first == [(None,)] * 3000


def test_roles_know_what_they_name_as_data_actions() -> None:
    roles = Roles(built_in_roles(), Filters())
    assert roles.has_data_action("microsoft.keyvault/vaults/secrets/getsecret/action")
    assert not roles.has_data_action("microsoft.keyvault/vaults/write")
