"""What the rules about what stands around conditions find in files, and what their fixes make."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import ndiff
from itertools import count
from pathlib import Path

import pytest

from azcond import Diagnostic, Severity, Span
from azcond.containers import Contents, Fact, Field, Holder, find_conditions
from azcond.containers.rewriting import apply_edits
from azcond.linter.engine import lint
from azcond.linter.files import FileLinter
from azcond.linter.host_file import HostFile
from azcond.linter.hosting import find_explaining, find_in_host, without_explained
from azcond.linter.rules import host_rules, rules_by_code
from azcond.linter.selection import PROFILES, Selection
from azcond.linter.settings import DEFAULTS
from azcond.source import Source
from conftest import FIXTURES, Golden
from host_cases import EVERY_RULE

CASES = sorted(path for path in (FIXTURES / "lint/host").iterdir() if path.suffix != ".found")
FILES = pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
LOOKING = [rule for rule in host_rules() if rule.find_in_file is not None]


def read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def around(text: str, name: str, selection: Selection = EVERY_RULE) -> list[Diagnostic]:
    return find_in_host(find_conditions(text, name), Source(text), DEFAULTS, selection).findings


@FILES
def test_findings_are_those_of_the_golden_file(path: Path, golden: Golden) -> None:
    text = read(path)
    lines = [line for one in around(text, path.name) for line in shown(text, one)]
    golden(path.with_name(f"{path.name}.found"), "\n".join([*lines, *left(text, path.name), ""]))


def shown(text: str, one: Diagnostic) -> Iterator[str]:
    start, end = one.span
    yield f"{one.line}:{one.column}: {one.severity}[{one.code}] {one.message}"
    yield f"  at: {text[start : min(end, start + 60)]!r}"
    yield f"  help: {one.help}"
    if one.fix is not None:
        yield f"  {'safe' if one.fix.safe else 'unsafe'} fix: {one.fix.title}"
        changed = apply_edits(text, one.fix.edits)
        differences = ndiff(text.splitlines(), changed.splitlines())
        yield from (f"    {line[:160]}" for line in differences if line[:1] in "+-")


def left(text: str, name: str) -> Iterator[str]:
    """The errors in conditions that no finding around them explains."""
    contents, file = find_conditions(text, name), Source(text)
    for located in FileLinter(DEFAULTS, EVERY_RULE).lint(contents, file).located:
        one, condition = located.diagnostic, located.condition
        if condition is not None and one.severity is Severity.ERROR:
            line, column = file.line_column(condition.span_in_file(one.span).start)
            yield f"{line}:{column}: {one.severity}[{one.code}] {one.message} (in the condition)"


@FILES
def test_a_fix_mends_its_finding_and_nothing_else(path: Path) -> None:
    text = read(path)
    before = find_conditions(text, path.name)
    for number in count():
        found = around(text, path.name)
        fixable = [one for one in found if one.fix is not None]
        if number >= len(fixable):
            break
        one = fixable[number]
        assert one.fix is not None
        changed = apply_edits(text, one.fix.edits)
        after = find_conditions(changed, path.name)
        assert len(after.unread) == len(before.unread)
        assert len(after.assignments) == len(before.assignments)
        assert len(after.conditions) == len(before.conditions)
        same = [a.text == b.text for a, b in zip(before.conditions, after.conditions, strict=True)]
        assert same.count(False) == (one.code in {"IAC703", "IAC705"})
        left = around(changed, path.name)
        assert tally(left, one.code) == tally(found, one.code) - 1


@FILES
def test_findings_are_in_order_and_inside_of_any_text(path: Path) -> None:
    text = read(path)
    for end in range(0, len(text), max(1, len(text) // 60)):
        cut = text[:end]
        found = around(cut, path.name)
        assert [(one.span, one.code) for one in found] == sorted((o.span, o.code) for o in found)
        for one in found:
            edits = () if one.fix is None else one.fix.edits
            for start, stop in (one.span, *(edit.span for edit in edits)):
                assert 0 <= start <= stop <= len(cut)


def tally(found: list[Diagnostic], code: str) -> int:
    return sum(one.code == code for one in found)


@pytest.mark.parametrize("rule", LOOKING, ids=lambda rule: rule.code)
def test_every_rule_has_a_case(rule: object) -> None:
    code = getattr(rule, "code", "")
    assert any(f"[{code}]" in read(path.with_name(f"{path.name}.found")) for path in CASES)


def test_a_file_that_is_one_condition_has_nothing_around_it() -> None:
    rule = rules_by_code()["SYN006"]
    contents = find_conditions(rule.bad, "a.cond")
    assert find_in_host(contents, Source(rule.bad)).findings == []


def test_a_rule_that_is_opt_in_looks_only_when_asked_for() -> None:
    text = read(FIXTURES / "lint/host/listing.json")

    def finds(selection: Selection) -> bool:
        return tally(around(text, "a.json", selection), "SEC317") > 0

    assert not finds(Selection())
    assert not finds(Selection(show_info=True))
    assert not finds(Selection(select=("LIM",)))
    assert not finds(Selection(select=("SEC",), ignore=("SEC317",)))
    assert not finds(Selection(extend=("ALL",), ignore=("SEC",)))
    for one in (
        Selection(select=("ALL",)),
        Selection(select=("SEC3",)),
        Selection(extend=("SEC317",)),
        Selection(extend=("SEC317",), ignore=("SEC",)),
        Selection().with_profile(PROFILES["strict"]),
        Selection().with_profile(PROFILES["delegation"]),
    ):
        assert finds(one)
        assert tally(one.apply(around(text, "a.json", one)), "SEC317")


def test_what_explains_an_error_has_to_be_shown() -> None:
    text = read(FIXTURES / "lint/host/escapes.json")
    contents = find_conditions(text, "a.json")
    condition = contents.conditions[0]
    findings = lint(condition.text)
    explaining = [one for one in around(text, "a.json") if one.code == "IAC705"]
    assert findings
    assert without_explained(condition, findings, explaining) == []
    assert without_explained(condition, findings, explaining[1:]) == findings
    assert without_explained(condition, findings, []) == findings
    assert set(find_explaining(condition, findings, around(text, "a.json"))) == {explaining[0]}
    assert find_explaining(condition, [], explaining) == []
    hidden = FileLinter(DEFAULTS, Selection(select=("LIM",))).lint(contents, Source(text))
    left = {one.diagnostic.code for one in hidden.located if one.condition is condition}
    assert left == {one.code for one in findings}


def test_places_are_asked_for_only_where_something_is_found() -> None:
    def never(_: Fact | None) -> Span | None:
        raise AssertionError

    facts = {
        Fact.ROLE: Field("Reader", "Reader"),
        Fact.SCOPE: Field("/", "/"),
        Fact.DESCRIPTION: Field("short", "short"),
    }
    holders = tuple(
        Holder("assignment", str(n), facts=facts | {Fact.PRINCIPAL: Field(str(n), "")}, place=never)
        for n in range(100)
    )
    found = find_in_host(Contents(assignments=holders), Source(""), DEFAULTS, EVERY_RULE)
    assert found.findings == []


def test_a_finding_about_an_assignment_says_which() -> None:
    block = (
        'resource "azurerm_role_assignment" "{}" {{\n'
        "  condition = \"@Resource[Microsoft.KeyVault/vaults:name] StringEquals 'pay'\"\n}}\n"
    )
    text = block.format("one") + block.format("two")
    found = FileLinter(DEFAULTS, Selection(select=("LIM602",))).lint(
        find_conditions(text, "main.tf"), Source(text)
    )
    assert [(one.diagnostic.line, one.condition, one.holder) for one in found.located] == [
        (1, None, ("assignment", "azurerm_role_assignment.one")),
        (4, None, ("assignment", "azurerm_role_assignment.two")),
    ]


def test_what_stands_at_the_place_of_two_assignments_is_said_of_none() -> None:
    file = HostFile(Contents(), Source("x"))
    one, other = (Holder("assignment", name, place=lambda _: Span(0, 1)) for name in "ab")
    file.place(one)
    assert file.holder_at(Span(0, 1)) == ("assignment", "a")
    file.place(other)
    assert file.holder_at(Span(0, 1)) is None
    assert file.holder_at(Span(1, 1)) is None
