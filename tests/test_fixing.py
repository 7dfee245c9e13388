"""Fixes make things better, come to an end, and keep what Azure decides unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcond import Request, evaluate, fix, lint, parse
from azcond.access.known import BUILT_IN
from azcond.cli import run
from azcond.diagnostics import Diagnostic, Edit, Fix, Severity, diagnostic_at
from azcond.errors import ConditionSyntaxError
from azcond.linter.fixing import apply_fixes
from azcond.linter.rule import Rule
from azcond.linter.rules import all_rules
from azcond.linter.selection import Selection
from azcond.source import Source, Span
from strategies import requests, texts

BLOB = "Microsoft.Storage/storageAccounts/blobServices/containers"
READ = f"!(ActionMatches{{'{BLOB}/blobs/read'}})"
NAME = f"@Resource[{BLOB}:name]"
EVERYTHING = Selection(select=("ALL",))


@pytest.mark.parametrize(
    ("text", "safely", "unsafely"),
    [
        (f"{READ} OR {NAME} StringEquals 'logs'", None, None),
        (f"{READ} OR {NAME} StringEqual 'logs'", None, f"{READ} OR {NAME} StringEquals 'logs'"),
        (
            f"{READ} OR {NAME} StringEquals \u2018logs\u2019",
            f"{READ} OR {NAME} StringEquals 'logs'",
            f"{READ} OR {NAME} StringEquals 'logs'",
        ),
        (
            f"{READ} OR {NAME} StringEqual \u201clogs\u201d ",
            f"{READ} OR {NAME} StringEqual 'logs' ",
            f"{READ} OR {NAME} StringEquals 'logs' ",
        ),
        (
            f"{READ} OR @Environment[isPrivateLink] BoolEquals 'true'",
            f"{READ} OR @Environment[isPrivateLink] BoolEquals true",
            f"{READ} OR @Environment[isPrivateLink] BoolEquals true",
        ),
        ("(((", None, None),
        ("", None, None),
    ],
)
def test_fixes(text: str, safely: str | None, unsafely: str | None) -> None:
    assert fix(text) == (text if safely is None else safely)
    assert fix(text, unsafe=True) == (text if unsafely is None else unsafely)


def finding_at(text: str, start: int, end: int, replacement: str, *, safe: bool) -> Diagnostic:
    edit = Edit(Span(start, end), replacement)
    return diagnostic_at(
        Source(text),
        Span(start, end),
        "STY501",
        Severity.WARNING,
        "x",
        None,
        Fix("x", (edit,), safe),
    )


def test_a_safe_fix_without_proof_is_not_applied() -> None:
    """Whatever a rule claims: a fix that changes a decision is no safe one."""
    text = "Exists @Resource[a] AND Exists @Resource[b]"

    def look(changed: str) -> list[Diagnostic]:
        at = changed.find("AND")
        return [] if at < 0 else [finding_at(changed, at, at + 3, "OR", safe=True)]

    assert apply_fixes(text, look, Selection()).text == text

    def admit(changed: str) -> list[Diagnostic]:
        at = changed.find("AND")
        return [] if at < 0 else [finding_at(changed, at, at + 3, "OR", safe=False)]

    assert apply_fixes(text, admit, Selection()).text == text
    assert apply_fixes(text, admit, Selection(), unsafe=True).text == text.replace("AND", "OR")


def test_a_fix_that_stops_the_text_from_parsing_is_not_applied() -> None:
    text = "Exists @Resource[a]"

    def look(changed: str) -> list[Diagnostic]:
        return [finding_at(changed, 0, 6, "", safe=False)] if changed == text else []

    assert apply_fixes(text, look, Selection(), unsafe=True).text == text


def test_a_fix_that_changes_nothing_for_the_better_ends_it() -> None:
    """A rule that always finds something does not keep the engine busy."""

    def look(changed: str) -> list[Diagnostic]:
        return [finding_at(changed, 0, 0, "(", safe=False), *lint(changed)]

    text = "Exists @Resource[a]"
    assert apply_fixes(text, look, Selection(), unsafe=True).text == text


def test_overlapping_fixes_are_applied_one_after_the_other() -> None:
    text = "'x' 'x' 'x'"

    def look(changed: str) -> list[Diagnostic]:
        places = [at for at in range(len(changed)) if changed.startswith("'x'", at)]
        return [
            finding_at(changed, at, min(at + 5, len(changed)), "y", safe=False) for at in places
        ]

    assert apply_fixes(text, look, Selection(), unsafe=True).text == "yx' y"


def test_many_fixes_are_applied_at_once() -> None:
    """Hundreds of fixes take a few looks at the text, not hundreds."""
    clause = f"({READ} OR {NAME} StringEquals \u2018logs\u2019)"
    text = " AND ".join([clause] * 90)
    looks = 0

    def look(changed: str) -> list[Diagnostic]:
        nonlocal looks
        looks += 1
        return lint(changed)

    fixed = apply_fixes(text, look, Selection(select=("SYN",)))
    assert "\u2018" not in fixed.text
    assert looks < 10


EXAMPLES = [(rule, text) for rule in all_rules() for text in (rule.bad, rule.good)]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
@pytest.mark.parametrize("unsafe", [False, True])
def test_fixing_an_example_again_changes_nothing(rule: Rule, unsafe: bool) -> None:
    role = BUILT_IN.find(rule.role) if rule.role else None

    def look(text: str) -> list[Diagnostic]:
        return lint(text, role=role)

    once = apply_fixes(rule.bad, look, EVERYTHING, unsafe=unsafe).text
    assert apply_fixes(once, look, EVERYTHING, unsafe=unsafe).text == once
    if parses(rule.bad):
        assert parses(once)


def parses(text: str) -> bool:
    try:
        parse(text)
    except ConditionSyntaxError:
        return False
    return True


def accepted(text: str) -> bool:
    """Whether nothing is found for which Azure would refuse the text."""
    return all(finding.severity is not Severity.ERROR for finding in lint(text))


@given(texts(), requests())
def test_safe_fixes_keep_every_decision(text: str, request: dict[str, Any]) -> None:
    fixed = apply_fixes(text, lint, EVERYTHING).text
    parse(fixed)
    if accepted(text):
        built = Request(**request)
        met = evaluate(parse(text), built).name == "TRUE"
        assert (evaluate(parse(fixed), built).name == "TRUE") is met


@given(texts(), st.booleans())
def test_fixing_again_changes_nothing(text: str, unsafe: bool) -> None:
    once = apply_fixes(text, lint, EVERYTHING, unsafe=unsafe).text
    assert apply_fixes(once, lint, EVERYTHING, unsafe=unsafe).text == once
    parse(once)


@given(st.sampled_from(EXAMPLES), st.data())
def test_fixing_a_damaged_example_makes_it_no_worse(
    example: tuple[Rule, str], data: st.DataObject
) -> None:
    _, text = example
    start = data.draw(st.integers(0, min(len(text), 2000)))
    inserted = data.draw(st.sampled_from(["", "'", "(", ")", "{", "}", "\u2018", " ", "&&", ","]))
    damaged = text[:start] + inserted + text[start + data.draw(st.integers(0, 3)) :]
    for unsafe in (False, True):
        fixed = fix(damaged, unsafe=unsafe)
        assert errors(fixed) <= errors(damaged)
        assert fix(fixed, unsafe=unsafe) == fixed
        assert parses(fixed) or not parses(damaged)


def errors(text: str) -> tuple[int, int]:
    found = [finding for finding in lint(text) if finding.severity is Severity.ERROR]
    return sum(finding.code.startswith("SYN") for finding in found), len(found)


@given(st.text(max_size=200))
def test_fixing_any_text_never_raises(text: str) -> None:
    for unsafe in (False, True):
        once = fix(text, unsafe=unsafe)
        assert fix(once, unsafe=unsafe) == once


QUOTED = f"{READ} OR @Environment[isPrivateLink] BoolEquals 'true'"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "azcond.toml").touch()
    return tmp_path


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_fixing_files_in_place(here: Path, end: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = here / "a.cond"
    file.write_bytes((QUOTED + end).encode())
    assert run(["lint", "--diff", "a.cond"]) == 1
    assert file.read_bytes() == (QUOTED + end).encode()
    assert "+" + QUOTED.replace("'true'", "true") in capsys.readouterr().out
    assert run(["lint", "--fix", "a.cond"]) == 0
    assert file.read_bytes() == (QUOTED.replace("'true'", "true") + end).encode()
    assert "; 1 fixed" in capsys.readouterr().out
    assert run(["lint", "--fix", "--diff", "a.cond"]) == 0
    assert run(["lint", "--fix", "a.cond"]) == 0
    assert list(here.glob("*.tmp")) == []


def test_unsafe_fixes_are_applied_only_when_asked(here: Path) -> None:
    file = here / "a.cond"
    wrong = f"{READ} OR {NAME} StringEqual 'logs'"
    file.write_text(wrong, encoding="utf-8")
    assert run(["lint", "--fix", "a.cond"]) == 1
    assert file.read_text(encoding="utf-8") == wrong
    assert run(["lint", "--unsafe-fixes", "a.cond"]) == 0
    assert "StringEquals" in file.read_text(encoding="utf-8")


def test_conditions_inside_json_are_fixed_and_nothing_else_changes(here: Path) -> None:
    file = here / "roles.json"
    condition = QUOTED.replace("read", "re\\u0061d")
    entry = f'"actions": [], "condition": "{condition}", "conditionVersion": "2.0"'
    text = f'{{"roleName":   "Mi\\u006ee",\r\n"permissions": [{{{entry}}}]}}'
    file.write_text(text, encoding="utf-8", newline="")
    assert run(["lint", "--fix", "roles.json"]) == 1
    with file.open(encoding="utf-8", newline="") as fixed:
        assert fixed.read() == text.replace("BoolEquals 'true'", "BoolEquals true")


def test_a_fix_that_brings_other_findings_is_said_not_to_be_applied(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = here / "a.cond"
    text = f"{READ} OR {NAME.replace(':name', ':nam')} StringEquals 'x'"
    file.write_text(text, encoding="utf-8")
    run(["lint", "a.cond"])
    assert "; fixable: 1 with --unsafe-fixes" in capsys.readouterr().out
    run(["lint", "--fix", "a.cond"])
    assert "; fixable: 1 with --unsafe-fixes" in capsys.readouterr().out
    run(["lint", "--unsafe-fixes", "a.cond"])
    shown = capsys.readouterr().out
    assert "fixable" not in shown
    assert "; 1 fix not applied: it would bring other findings" in shown
    assert file.read_text(encoding="utf-8") == text


def test_standard_input_is_not_written_back(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert here.is_dir()
    assert run(["lint", "--fix", "-"]) == 2
    assert "`--fix` writes files; show the fixes with `--diff`" in capsys.readouterr().err
