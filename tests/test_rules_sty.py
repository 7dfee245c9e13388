"""What the rules about style find, and that mending it changes no meaning."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from azcond import format, lint, minify, parse  # noqa: A004  # azcond.format
from azcond.diagnostics import Diagnostic
from azcond.linter.engine import lint as lint_with
from azcond.linter.settings import Keywords, Settings
from editing import applied
from lint_cases import expected_in, found_in, read_cases
from spelling import spell
from strategies import random_tree

CODES = frozenset({"STY502", "STY503", "STY504", "STY505", "STY506", "STY507"})
CASES = read_cases("sty")
SYMBOLS = Settings(keywords=Keywords.SYMBOLS)
PLAIN = "Exists @Resource[a] AND NOT (Exists @Resource[b] OR Exists @Resource[c])"


def found(text: str, code: str, settings: Settings | None = None) -> list[Diagnostic]:
    findings = lint(text) if settings is None else lint_with(text, settings=settings)
    return [finding for finding in findings if finding.code == code]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_findings_are_those_of_the_case(case: dict[str, Any]) -> None:
    assert found_in(case, CODES) == expected_in(case)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_rule_has_a_case_that_finds(code: str) -> None:
    assert any(code == one["code"] for case in CASES.values() for one in case["findings"])


@pytest.mark.parametrize("layout", [format, minify])
def test_both_layouts_are_formatted(layout: Any) -> None:
    for seed in range(60):
        text = layout(spell(random_tree(Random(seed)), Random(seed)))
        assert found(text, "STY501") == []
        assert found(f"\n{text}\n".replace("\n", "\r\n"), "STY501") == []
        assert found(text, "STY502") == []


def test_style_fixes_keep_the_tree_and_bring_the_style_about() -> None:
    for seed in range(60):
        text = spell(random_tree(Random(seed)), Random(seed))
        for code in ("STY501", "STY502", "STY503"):
            for finding in found(text, code):
                assert finding.fix is not None
                assert finding.fix.safe
                mended = applied(text, finding.fix)
                if code == "STY503":
                    assert format(mended).lower() == format(text).lower()
                else:
                    assert parse(mended) == parse(text)
                assert len(found(mended, code)) < len(found(text, code))


def test_symbols_may_be_the_project_s_spelling() -> None:
    assert found(PLAIN, "STY502") == []
    assert [
        PLAIN[finding.span.start : finding.span.end] for finding in found(PLAIN, "STY502", SYMBOLS)
    ] == ["AND", "NOT", "OR"]
    assert found(f"({PLAIN} )", "STY501")
    assert not found(f"({PLAIN} )", "STY501", SYMBOLS)
    text = PLAIN
    while findings := found(text, "STY502", SYMBOLS):
        assert findings[0].fix is not None
        text = applied(text, findings[0].fix)
    assert parse(text) == parse(PLAIN)
    assert "&&" in text
    assert "!" in text


def test_a_sorted_set_is_the_same_set() -> None:
    values = "{ACDD72A7-3385-48EF-BD42-F606FBA81AE7,'00000000000040008000000000000001'}"
    text = f"@Resource[a] ForAnyOfAnyValues:GuidEquals {values}"
    (finding,) = found(text, "STY504")
    assert finding.fix is not None
    mended = applied(text, finding.fix)
    assert mended.endswith(
        "{00000000-0000-4000-8000-000000000001,acdd72a7-3385-48ef-bd42-f606fba81ae7}"
    )
    assert found(mended, "STY504") == []
