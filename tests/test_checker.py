"""What checking and linting report: the cases of `fixtures/types`, fixes, and bounds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from azcond import Condition, Diagnostic, Request, Severity, Span, check, evaluate, lint, parse
from azcond.checker import MAX_SIZE, condition_size
from azcond.codes import CODES
from editing import applied
from strategies import requests, texts

FIXTURES = Path(__file__).parents[1] / "fixtures"
CASES: dict[str, dict[str, Any]] = {
    f"{path.stem}: {case['name']}": case
    for path in sorted((FIXTURES / "types").glob("*.json"))
    for case in json.loads(path.read_text("utf-8"))["cases"]
}
REPORTED_BY_PARSER_ONLY = {
    "SYN001", "SYN002", "SYN003", "SYN004", "SYN005", "SYN011", "SYN012"
}  # fmt: skip


def expected(case: dict[str, Any]) -> list[tuple[str, str, Span]]:
    return [
        (finding["code"], finding["severity"], span_of(case["condition"], finding))
        for finding in case["findings"]
    ]


def span_of(condition: str, finding: dict[str, Any]) -> Span:
    start = -1
    for _ in range(finding.get("occurrence", 1)):
        start = condition.index(finding["text"], start + 1)
    return Span(start, start + len(finding["text"]))


def reported(findings: list[Diagnostic]) -> list[tuple[str, str, Span]]:
    return [(finding.code, str(finding.severity), finding.span) for finding in findings]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_findings_have_code_severity_and_span(case: dict[str, Any]) -> None:
    findings = check(parse(case["condition"]))
    assert sorted(reported(findings)) == sorted(expected(case))
    linted = lint(case["condition"])
    assert [finding for finding in linted if finding.code in CODES] == findings
    assert [finding.span for finding in findings] == sorted(finding.span for finding in findings)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_findings_are_worded_by_the_house_style(case: dict[str, Any]) -> None:
    for finding in check(parse(case["condition"])):
        for text in (finding.message, finding.help):
            if text is not None:
                assert text
                assert not text.endswith(".")
                assert text.count("`") % 2 == 0
                assert text[0].islower() or text.startswith(("`", "AND "))
                assert len(text) < 600


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_every_fix_mends_its_finding(case: dict[str, Any]) -> None:
    text = case["condition"]
    for finding in check(parse(text)):
        if finding.fix is None:
            continue
        mended = check(parse(applied(text, finding.fix)))
        before = [found.code for found in check(parse(text))].count(finding.code)
        assert [found.code for found in mended].count(finding.code) < before, finding.code


def test_every_code_has_a_case_and_every_file_clean_ones() -> None:
    found = {finding["code"] for case in CASES.values() for finding in case["findings"]}
    assert found | REPORTED_BY_PARSER_ONLY | {"LIM601"} == CODES.keys()
    for path in (FIXTURES / "types").glob("*.json"):
        assert any(not case["findings"] for case in json.loads(path.read_text("utf-8"))["cases"])


@pytest.mark.parametrize("path", sorted(FIXTURES.rglob("conditions/*.cond")), ids=lambda p: p.stem)
def test_shipped_conditions_have_no_errors(path: Path) -> None:
    findings = check(parse(path.read_text("utf-8")))
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []


def test_safe_fixes_of_grouping_change_no_meaning() -> None:
    text = "Exists @Resource[a] OR Exists @Resource[b] AND Exists @Resource[c]"
    (finding,) = [found for found in check(parse(text)) if found.code == "SYN010"]
    assert finding.fix is not None
    assert finding.fix.safe
    assert parse(applied(text, finding.fix)) == parse(text)


NAME = "@Resource[Microsoft.Storage/storageAccounts:name]"


def sized(size: int, filler: str = "a") -> str:
    start = f"{NAME} StringEquals '"
    return start + filler * ((size - len(start) - 1) // len(filler.encode())) + "'"


@pytest.mark.parametrize(
    ("size", "severity"),
    [(7372, None), (7373, Severity.WARNING), (8192, Severity.WARNING), (8193, Severity.ERROR)],
)
def test_size_is_limited(size: int, severity: Severity | None) -> None:
    findings = check(parse(sized(size)))
    assert [(found.code, found.severity) for found in findings] == (
        [("LIM601", severity)] if severity else []
    )


def test_size_counts_bytes_and_points_at_what_is_too_much() -> None:
    text = sized(9000, "é")
    assert condition_size(text) > MAX_SIZE > len(text)
    (finding,) = check(parse(text))
    assert (finding.code, finding.severity) == ("LIM601", Severity.ERROR)
    assert finding.span.end == len(text)
    assert condition_size(text[: finding.span.start]) <= MAX_SIZE
    assert condition_size(text[: finding.span.start + 1]) > MAX_SIZE


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "(",
        "\ud800",
        "@Resource[a] StringEquals '\ud800'",
        "a" * 1_000_000,
        "(" * 4000,
        "(" * 4000 + "Exists @Resource[a]" + ")" * 4000,
        "NOT " * 4000 + "Exists @Resource[a]",
        "{" * 4000,
        "'\\" * 4000,
        "@Resource[" + "<$" * 4000,
        "@Resource[" + "&" * 100_000 + "] StringEquals 'a'",
    ],
)
def test_linting_never_raises(text: str) -> None:
    findings = lint(text)
    assert findings
    for finding in findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(text)


def test_linting_reports_size_beside_syntax_errors() -> None:
    codes = [finding.code for finding in lint(sized(8193) + " )")]
    assert "LIM601" in codes
    assert any(code.startswith("SYN") for code in codes)


def test_many_unknown_words_are_all_reported_and_few_get_a_suggestion() -> None:
    ids = [f"Microsoft.Storage/storageAccounts/blobServices/containers:nam{i}" for i in range(500)]
    text = " AND ".join(f"Exists @Resource[{attribute}]" for attribute in ids)
    unknown = [finding for finding in check(parse(text)) if finding.code == "TYP101"]
    assert len(unknown) == len(ids)
    assert 0 < len([finding for finding in unknown if finding.fix]) < 50


def test_findings_do_not_depend_on_earlier_ones() -> None:
    condition: Condition = parse("@Resource[x] StringEquals {'a', 'b'}")
    assert check(condition) == check(condition) != []


def test_codes_are_consistent() -> None:
    assert [row.code for row in CODES.values()] == list(CODES)
    assert len({row.slug for row in CODES.values()}) == len(CODES)


@given(texts())
def test_findings_of_any_condition_are_in_order_and_inside(text: str) -> None:
    findings = check(parse(text))
    assert [finding for finding in lint(text) if finding.code in CODES] == findings
    assert [finding.span for finding in findings] == sorted(finding.span for finding in findings)
    for finding in findings:
        assert finding.code in CODES
        assert 0 <= finding.span.start <= finding.span.end <= len(text)


@given(texts(), requests())
def test_safe_fixes_of_what_azure_accepts_keep_every_decision(
    text: str, request: dict[str, Any]
) -> None:
    condition, built = parse(text), Request(**request)
    for finding in check(condition):
        if finding.fix and finding.fix.safe and finding.severity is not Severity.ERROR:
            fixed = parse(applied(text, finding.fix))
            assert evaluate(fixed, built) is evaluate(condition, built), finding


@given(texts())
def test_every_fix_leaves_a_condition(text: str) -> None:
    for finding in check(parse(text)):
        if finding.fix is not None:
            parse(applied(text, finding.fix))
