"""Every rule holds to what its own file says of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcond import Diagnostic, Severity, Span, format, lint, parse  # noqa: A004  # azcond.format
from azcond.access.built_in import built_in_roles
from azcond.access.known import BUILT_IN
from azcond.access.models import RoleDefinition
from azcond.analysis import UndecidedError
from azcond.cli import run
from azcond.codes import CODES
from azcond.errors import ConditionSyntaxError
from azcond.linter import engine, host_rules, reported_rules, rules
from azcond.linter.fixing import apply_fixes
from azcond.linter.pages import PAGES
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.rules import all_rules, rules_by_code
from azcond.linter.selection import PROFILES, Selection, selector
from azcond.linter.silencing import without_silenced
from azcond.linter.subject import Subject
from azcond.reports.rules import rule_page
from azcond.reports.style import Style
from conftest import FIXTURES
from host_cases import fix_file_at, look_at_file
from strategies import texts

RULES = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
MAJOR = (Severity.ERROR, Severity.SECURITY)
CODE = re.compile(r"[A-Z]{3}[0-9]{3}")
SLUG = re.compile(r"[a-z]+(-[a-z]+)*")


def role_of(name: str | None) -> RoleDefinition | None:
    if name is None:
        return None
    role = BUILT_IN.find(name)
    assert role is not None, name
    return role


def look(rule: Rule, text: str, role: str | None) -> list[Diagnostic]:
    """What is found in an example: a condition, or a whole file."""
    if rule.example_file is not None:
        return look_at_file(text, rule.example_file)
    return lint(text, role=role_of(role))


def above_info(findings: list[Diagnostic]) -> list[Diagnostic]:
    return [finding for finding in findings if finding.severity is not Severity.INFO]


def codes(findings: list[Diagnostic]) -> set[str]:
    return {finding.code for finding in findings}


@RULES
def test_the_bad_example_fires_the_rule_and_nothing_else_above_info(rule: Rule) -> None:
    findings = look(rule, rule.bad, rule.role)
    assert rule.code in codes(findings)
    assert codes(above_info(findings)) <= {rule.code}
    mildest = [finding for finding in findings if finding.code == rule.code]
    assert rule.severity in {finding.severity for finding in mildest}


@RULES
def test_the_good_example_is_clean(rule: Rule) -> None:
    findings = look(rule, rule.good, rule.good_role or rule.role)
    assert rule.code not in codes(findings)
    assert [finding for finding in findings if finding.severity in MAJOR] == []
    if rule.example_file is None:
        parse(rule.good)


@RULES
def test_a_fix_turns_the_bad_example_into_something_clean(rule: Rule) -> None:
    role = role_of(rule.role)
    found = look(rule, rule.bad, rule.role)
    offered = {f.fix.safe for f in found if f.code == rule.code and f.fix}
    if rule.mends is Mends.NO:
        assert not offered
        assert not rule.fix
        return
    assert offered == {rule.mends is Mends.SAFE}
    if rule.example_file is not None:
        left = look_at_file(fix_file_at(rule.bad, rule.example_file, rule.code), rule.example_file)
        assert rule.code not in codes(left)
        assert [finding for finding in left if finding.severity in MAJOR] == []
        return
    chosen = Selection(select=(rule.code,))
    fixed = apply_fixes(
        rule.bad, lambda text: lint(text, role=role), chosen, unsafe=rule.mends is Mends.UNSAFE
    )
    left = lint(fixed.text, role=role)
    assert fixed.count
    assert rule.code not in codes(left)
    assert [finding for finding in left if finding.severity in MAJOR] == []


@RULES
def test_the_documentation_is_complete(rule: Rule) -> None:
    for text in (rule.title, rule.why, rule.bad, rule.good, rule.page, rule.since):
        assert text.strip()
    assert rule.title[0].islower() or rule.title.split()[0].isupper() or rule.title[0] in "`@"
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert 1 <= len(re.findall(r"[.!?](?= |$)", rule.why)) <= 3, "why takes two sentences"
    assert (rule.mends is Mends.NO) is (not rule.fix)
    assert rule.page in PAGES
    assert rule.role is None or rule.needs is Needs.ROLE or rule.bad != rule.good
    assert rule.example_file is None or rule.needs is Needs.HOST


@RULES
def test_names_are_where_they_belong(rule: Rule) -> None:
    assert CODE.fullmatch(rule.code)
    assert SLUG.fullmatch(rule.slug)
    package = rules if rule.find else reported_rules
    if rule.needs is Needs.HOST or rule.find_in_file:
        package = host_rules
    folder = Path(package.__file__ or "").parent
    assert (folder / f"{rule.slug.replace('-', '_')}.py").is_file()
    assert all(code in rules_by_code() for code in rule.silences)
    assert rule.code not in rule.silences


@RULES
def test_findings_are_worded_by_the_house_style(rule: Rule) -> None:
    for finding in look(rule, rule.bad, rule.role):
        for text in (finding.message, finding.help):
            if text is not None:
                assert text
                assert not text.endswith(".")
                assert text.count("`") % 2 == 0
                assert text[0].islower() or text[0] in "`@" or text.split()[0].isupper()
                assert len(text) < 600


@pytest.mark.parametrize(
    "package", [rules, host_rules, reported_rules], ids=lambda package: package.__name__
)
def test_the_list_of_a_package_names_every_rule(package: ModuleType) -> None:
    files = {path.stem for path in Path(*package.__path__).glob("*.py")} - {"__init__"}
    assert list(package.MODULES) == sorted(files)


def test_codes_and_slugs_are_unique() -> None:
    found = all_rules()
    assert len({rule.code for rule in found}) == len(found)
    assert len({rule.slug for rule in found}) == len(found)
    assert [rule.code for rule in found] == sorted(rule.code for rule in found)


def test_what_parser_and_checker_report_stands_once() -> None:
    for row in CODES.values():
        rule = rules_by_code()[row.code]
        assert (rule.slug, rule.title, rule.severity) == (row.slug, row.title, row.severity)
        assert rule.find is None
    own = [r for r in all_rules() if r.code not in CODES and r.needs is not Needs.HOST]
    assert all(rule.find is not None for rule in own)


def test_profiles_name_rules_that_there_are() -> None:
    for profile in PROFILES.values():
        for one in profile.extend:
            assert selector(one) == one
        assert profile.severities.keys() <= rules_by_code().keys()


WITH_A_HOLE = {
    "hierarchical-namespace",  # reading is limited by path, listing is not
    "legacy-suboperation",  # tags decide, and nothing limits who writes them
    "typed-by-hand",  # a ForAll test that an empty list meets, among others
}
RECOMMENDED = [
    path for path in sorted(FIXTURES.rglob("conditions/*.cond")) if path.stem not in WITH_A_HOLE
]


@pytest.mark.parametrize("path", RECOMMENDED, ids=lambda path: path.stem)
def test_conditions_written_as_recommended_are_clean(path: Path) -> None:
    found = lint(path.read_text("utf-8"))
    assert [finding for finding in found if finding.severity in MAJOR] == []


@pytest.mark.parametrize("definition", built_in_roles(), ids=lambda role: role.name)
def test_conditions_of_built_in_roles_are_clean(definition: RoleDefinition) -> None:
    for number, entry in enumerate(definition.permissions):
        if entry.condition:
            found = lint(entry.condition, role=definition, entry=number)
            assert [finding for finding in found if finding.severity in MAJOR] == []


ROLES = st.sampled_from([None, *built_in_roles()])


@given(texts(), ROLES)
def test_findings_of_any_condition_are_in_order_and_inside(
    text: str, role: RoleDefinition | None
) -> None:
    findings = lint(text, role=role)
    places = [(finding.span, finding.code) for finding in findings]
    assert places == sorted(places)
    for finding in findings:
        assert finding.code in rules_by_code()
        assert 0 <= finding.span.start <= finding.span.end <= len(text)


@given(st.sampled_from(all_rules()), st.data())
def test_linting_a_damaged_example_never_raises(rule: Rule, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([rule.bad, rule.good]))
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 40))
    inserted = data.draw(st.sampled_from(["", "'", "(", ")", "{", "}", "NOT ", "*", " AND ", "@"]))
    damaged = text[:start] + inserted + text[start + length :]
    lint(damaged, role=role_of(rule.role))


@given(st.text())
def test_linting_any_text_never_raises(text: str) -> None:
    assert all(finding.code in rules_by_code() for finding in lint(text))


@RULES
def test_layout_does_not_change_what_a_rule_finds(rule: Rule) -> None:
    """Findings are about what a condition asks, but for those about how it is written."""
    if rule.example_file is not None:
        return  # a whole file
    try:
        laid_out = format(rule.bad)
    except ConditionSyntaxError:
        return
    if rule.code.startswith(("SYN", "STY", "LIM")):
        return
    role = role_of(rule.role)
    before, after = lint(rule.bad, role=role), lint(laid_out, role=role)
    own = [f.message for f in before if f.code == rule.code]
    assert [f.message for f in after if f.code == rule.code] == own


def finding(code: str, start: int, end: int) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, "", Span(start, end), 1, start + 1)


@pytest.mark.parametrize(
    ("specific", "general", "is_silent"),
    [
        ((10, 20), (10, 20), True),
        ((10, 20), (12, 18), True),
        ((12, 18), (10, 20), True),
        ((10, 20), (15, 25), False),
        ((10, 20), (20, 30), False),
        ((10, 20), (0, 10), False),
    ],
)
def test_a_specific_finding_silences_a_general_one_at_the_same_place(
    specific: tuple[int, int], general: tuple[int, int], is_silent: bool
) -> None:
    rule = next(rule for rule in all_rules() if rule.silences)
    findings = [finding(rule.code, *specific), finding(rule.silences[0], *general)]
    elsewhere = [finding(rule.code, at, at + 5) for at in (40, 60, 50)]
    kept = without_silenced([*elsewhere, *findings])
    assert kept == [*elsewhere, *findings[: 1 if is_silent else 2]]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 20), st.integers(0, 8)), max_size=12))
def test_silencing_is_containment(places: list[tuple[bool, int, int]]) -> None:
    rule = next(rule for rule in all_rules() if rule.silences)
    findings = [
        finding(rule.code if is_specific else rule.silences[0], start, start + length)
        for is_specific, start, length in places
    ]
    specific = [one.span for one in findings if one.code == rule.code]

    def is_explained(span: Span) -> bool:
        return any(
            (one.start <= span.start and span.end <= one.end)
            or (span.start <= one.start and one.end <= span.end)
            for one in specific
        )

    expected = [one for one in findings if one.code == rule.code or not is_explained(one.span)]
    assert without_silenced(findings) == expected


def test_what_a_rule_cannot_decide_it_does_not_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(subject: Subject) -> Iterator[Found]:
        yield Found(subject.tree.span, "certain")
        raise UndecidedError

    rule = replace(all_rules()[0], code="XXX999", find=find, silences=())
    monkeypatch.setattr(engine, "finding_rules", lambda: (rule,))
    assert [one.message for one in lint("Exists @Resource[a]") if one.code == rule.code] == [
        "certain"
    ]


def test_a_finding_at_one_place_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(subject: Subject) -> Iterator[Found]:
        yield Found(subject.tree.span, "milder", severity=Severity.INFO)
        yield Found(subject.tree.span, "again")

    rule = replace(all_rules()[0], code="XXX999", find=find, silences=())
    monkeypatch.setattr(engine, "finding_rules", lambda: (rule,))
    (found,) = [one for one in lint("Exists @Resource[a]") if one.code == rule.code]
    assert (found.message, found.severity) == ("milder", Severity.INFO)


@RULES
def test_the_page_of_a_rule_says_everything(rule: Rule) -> None:
    page = "\n".join(rule_page(rule, Style(width=100)))
    assert page.startswith(f"{rule.code} {rule.slug}: {rule.title}\n{rule.severity}; ")
    unwrapped = " ".join(page.split())
    assert " ".join(rule.why.split()) in unwrapped
    assert " ".join(rule.fix.split()) in unwrapped
    assert page.endswith(f"Documentation: {PAGES[rule.page]}")


def test_all_rules_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "--all", "--output-format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in shown] == [rule.code for rule in all_rules()]
    for one, rule in zip(shown, all_rules(), strict=True):
        assert (one["bad"], one["good"], one["why"]) == (rule.bad, rule.good, rule.why)
        assert (one["fix"] is None) is (rule.mends is Mends.NO)


def test_rules_are_called_by_code_or_slug(capsys: pytest.CaptureFixture[str]) -> None:
    rule = all_rules()[0]
    pages = []
    for name in (rule.code, rule.code.lower(), rule.slug):
        assert run(["rule", name]) == 0
        pages.append(capsys.readouterr().out)
    assert len(set(pages)) == 1
    assert run(["rule", "XXX999"]) == 2
    assert run(["rule"]) == 2
    assert run(["rule", "--all", rule.code]) == 2
