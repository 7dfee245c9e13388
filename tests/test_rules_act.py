"""What the rules about actions and guards find, and what they leave alone."""

from __future__ import annotations

from typing import Any

import pytest

from lint_cases import expected_in, fixed, found_in, missing_words, read_cases

CASES = read_cases("act")
CODES = frozenset(f"ACT{number}" for number in (*range(205, 210), *range(212, 218)))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_findings(case: dict[str, Any]) -> None:
    assert found_in(case, CODES) == expected_in(case)
    assert missing_words(case) == []


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "fixed" in case])
def test_fixes(name: str) -> None:
    assert fixed(CASES[name]) == (CASES[name]["fixed"], set())


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_rule_has_a_case_that_finds(code: str) -> None:
    assert any(code == one["code"] for case in CASES.values() for one in case["findings"])
