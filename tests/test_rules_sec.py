"""What the rules about security find, and what they leave alone."""

from __future__ import annotations

from typing import Any

import pytest

from lint_cases import check_case, read_cases

CASES = read_cases("sec")
CODES = frozenset(f"SEC{number}" for number in (*range(301, 310), *range(312, 317), 318, 319))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_findings(case: dict[str, Any]) -> None:
    check_case(case, CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_rule_has_a_case_that_finds(code: str) -> None:
    assert any(code == one["code"] for case in CASES.values() for one in case["findings"])
