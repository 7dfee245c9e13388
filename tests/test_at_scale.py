"""Every condition that Azure itself serves, where a copy of its role definitions is at hand.

`AZCOND_DATA` names the folder that holds `built-in-roles.json`; without it, a folder
`shared/data` beside the checkout is looked for.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import azcond
from azcond.access import AccessModel, Plane, ProblemKind, RoleAssignment
from azcond.access.documents import read_roles
from azcond.access.roles import ReadyPermission, plane_lists
from azcond.actions import action_matches
from azcond.ast import leaves, operand_attributes

CHECKOUT = Path(__file__).parent.parent
DATA = Path(os.environ.get("AZCOND_DATA", CHECKOUT.parent / "shared" / "data"))
ROLES = DATA / "built-in-roles.json"

pytestmark = pytest.mark.skipif(
    not ROLES.is_file(), reason="no copy of the built-in role definitions is at hand"
)


@cache
def conditions() -> dict[str, str]:
    roles: list[dict[str, Any]] = json.loads(ROLES.read_text(encoding="utf-8"))
    return {
        f"{role['roleName']}, permission {index}": permission["condition"]
        for role in roles
        for index, permission in enumerate(role["permissions"])
        if permission.get("condition")
    }


def test_there_are_conditions_to_read() -> None:
    assert len(conditions()) > 20


def test_each_one_parses_and_survives_both_layouts() -> None:
    for name, text in conditions().items():
        condition = azcond.parse(text)
        assert azcond.parse(azcond.format(text)) == condition, name
        assert azcond.parse(azcond.minify(text)) == condition, name


def test_each_one_compiles_and_agrees_with_its_evaluation() -> None:
    for name, text in conditions().items():
        condition = azcond.parse(text)
        for request in probes(condition):
            outcome = azcond.evaluate(condition, request)
            assert azcond.compile(condition)(request) is (outcome is azcond.Truth.TRUE), name


def probes(condition: azcond.Condition) -> list[azcond.Request]:
    """Requests with nothing, and with one text for every attribute that the condition reads."""
    actions = [
        str(pattern.value).replace("*", "any")
        for leaf in leaves(condition.ast)
        for pattern in getattr(leaf, "patterns", ())
    ]
    given: dict[str, dict[str, Any]] = {}
    for leaf in leaves(condition.ast):
        for attribute in operand_attributes(leaf):
            if attribute.id.lower() != "suboperation":
                given.setdefault(attribute.source.value.lower(), {})[attribute.id] = "text"
    return [
        azcond.Request(action, **attributes)  # type: ignore[arg-type]  # sources only
        for action in (*actions, "Example/items/read")
        for attributes in (given, {})
    ]


def test_none_of_them_is_called_an_error() -> None:
    errors = {
        name: found
        for name, text in conditions().items()
        if (found := [d for d in azcond.lint(text) if d.severity is azcond.Severity.ERROR])
    }
    assert not errors


def test_every_role_definition_is_read_and_answers() -> None:
    roles, problems = read_roles(ROLES)
    assert not problems
    assert len(roles) > 900
    model = AccessModel(roles, [RoleAssignment("someone", role.id, "/") for role in roles])
    # Of conditions that Azure serves, one is of an old version; none grants nothing.
    assert {problem.kind for problem in model.problems} <= {ProblemKind.REMARK}
    for role in roles:
        for entry in role.permissions:
            for plane in Plane:
                granting, subtracting = plane_lists(entry, plane)
                for pattern in granting:
                    action = pattern.strip().replace("*", "anything")
                    asked = ReadyPermission(entry, None).grants(action.lower(), plane)
                    assert asked is not any(
                        action_matches(one.strip(), action) for one in subtracting
                    )
