"""What the rules about actions and guards find, and what they leave alone."""

from __future__ import annotations

from typing import Any

import pytest

from lint_cases import check_case, read_cases

CASES = read_cases("act")
CODES = frozenset(f"ACT{number}" for number in (*range(205, 210), *range(212, 218)))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_findings(case: dict[str, Any]) -> None:
    check_case(case, CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_rule_has_a_case_that_finds(code: str) -> None:
    assert any(code == one["code"] for case in CASES.values() for one in case["findings"])
