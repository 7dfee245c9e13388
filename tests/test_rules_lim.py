"""What the rules about limits find."""

from __future__ import annotations

from typing import Any

import pytest

from azcond.access.known import BUILT_IN
from azcond.linter.engine import lint
from lint_cases import expected_in, found_in, read_cases

CODES = frozenset({"LIM603", "LIM604", "LIM605", "LIM607", "LIM608"})
CASES = read_cases("lim")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_findings_are_those_of_the_case(case: dict[str, Any]) -> None:
    assert found_in(case, CODES) == expected_in(case)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_rule_has_a_case_that_finds(code: str) -> None:
    assert any(code == one["code"] for case in CASES.values() for one in case["findings"])


def test_azure_s_own_roles_may_read_internal_attributes() -> None:
    text = "@Resource[HasObotoken] BoolEquals true"
    role = BUILT_IN.find("Reader")
    assert "LIM607" in {found.code for found in lint(text, role=role)}
    assert "LIM607" not in {found.code for found in lint(text, role=role, entry=0)}
