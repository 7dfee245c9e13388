"""The one matcher of action patterns, for conditions and for role definitions."""

from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import azcond
import oracle
from azcond.actions import action_matches
from conftest import FIXTURES

READ = "Microsoft.KeyVault/vaults/secrets/read"


@pytest.mark.parametrize(
    ("pattern", "action", "expected"),
    [
        ("*", READ, True),
        ("*/read", READ, True),
        ("*/READ", READ, True),
        ("Microsoft.KeyVault/vaults/*/read", READ, True),
        ("microsoft.keyvault/VAULTS/*/read", READ.upper(), True),
        ("Microsoft.KeyVault/vaults/*/read", "Microsoft.KeyVault/vaults/read", False),
        ("Microsoft.KeyVault/vaults/*", READ, True),
        ("Microsoft.KeyVault", READ, False),
        (READ, READ + "/more", False),
        ("Microsoft.KeyVault/vaults/secrets/rea?", READ, False),
        ("Microsoft.KeyVault.vaults/secrets/read", READ, False),
        (
            "Microsoft.Authorization/*/Delete",
            "Microsoft.Authorization/roleAssignments/delete",
            True,
        ),
        ("{operationName}", READ, False),
        (f"{READ} ", READ, False),
        ("", READ, False),
    ],
)
def test_patterns(pattern: str, action: str, expected: bool) -> None:
    assert action_matches(pattern, action) is expected


def test_every_short_pattern_on_every_short_action() -> None:
    actions = ["".join(letters) for n in range(1, 5) for letters in product("aB/", repeat=n)]
    patterns = ["".join(letters) for n in range(5) for letters in product("Ab/*?", repeat=n)]
    for pattern in patterns:
        for action in actions:
            expected = oracle.action_pattern_matches(pattern, action)
            assert action_matches(pattern, action) is expected, (pattern, action)


@given(st.text("aB\u017fß./*?\n", max_size=12), st.text("AbSß./\n", min_size=1, max_size=12))
def test_longer_patterns(pattern: str, action: str) -> None:
    assert action_matches(pattern, action) is oracle.action_pattern_matches(pattern, action)


def test_conditions_match_the_patterns_of_role_definitions_as_roles_do() -> None:
    patterns: set[str] = set()
    for path in (FIXTURES / "roles").glob("*.json"):
        for permission in json.loads(path.read_text(encoding="utf-8"))["permissions"]:
            patterns.update(permission["actions"], permission["dataActions"])
    assert len(patterns) > 100
    actions = [pattern.replace("*", "any/thing") for pattern in sorted(patterns)][::5]
    for pattern in sorted(patterns):
        condition = azcond.parse(f"ActionMatches{{'{pattern}'}}")
        program = azcond.compile(condition)
        for action in actions:
            expected = action_matches(pattern, action)
            assert program(azcond.Request(action)) is expected, (pattern, action)
