"""The baseline: what stays known, what is new, and what is wrong with a file of one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from azcond._dataclasses import replace
from azcond.containers.files import InputError
from azcond.diagnostics import Severity, diagnostic_at
from azcond.reports.baseline import Baseline, read_baseline
from azcond.reports.finding import Finding
from azcond.reports.fingerprint import fingerprint
from azcond.source import Source, Span

TEXT = "first\n  @Request[a] StringEquals 'x'\nlast"


def finding(
    text: str = TEXT,
    code: str = "SEC301",
    path: str = "infra/a.cond",
    *,
    word: str = "StringEquals",
) -> Finding:
    """A finding at the first place of a word."""
    file, start = Source(text), text.index(word)
    span = Span(start, start + len(word))
    diagnostic = diagnostic_at(file, span, code, Severity.SECURITY, "wrong")
    return Finding(path, file, span, Span(0, len(text)), ("role", "Reader"), diagnostic)


def baseline_of(*findings: Finding, folder: str = "") -> Baseline:
    made = Baseline(folder)
    for one in findings:
        made.add(one)
    return made


@pytest.mark.parametrize(
    "same",
    [
        finding(),
        finding(f"one more line\n\n{TEXT}\nand below"),
        finding(TEXT.replace("\n", "\r\n")),
        finding(TEXT.replace("  @", "\t\t @")),
        replace(finding(), diagnostic=replace(finding().diagnostic, message="other words")),
        finding(path="./infra/a.cond"),
    ],
)
def test_what_stays_known(same: Finding) -> None:
    assert baseline_of(finding()).take(same)


@pytest.mark.parametrize(
    "other",
    [
        finding(code="SEC302"),
        finding(path="infra/b.cond"),
        finding(TEXT.replace("'x'", "'y'")),
        finding(word="first"),
        replace(finding(), holder=("role", "Owner")),
        replace(finding(), holder=None),
        replace(finding(), condition=Span(8, 30)),
    ],
)
def test_what_is_new(other: Finding) -> None:
    assert not baseline_of(finding()).take(other)


def test_as_many_are_known_as_are_listed() -> None:
    known = baseline_of(finding(), finding())
    assert [known.take(finding()) for _ in range(3)] == [True, True, False]


def test_paths_are_relative_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ci").mkdir()
    file = tmp_path / "ci" / "known.json"
    file.write_text(baseline_of(finding(), folder="ci").text(), encoding="utf-8")
    assert json.loads(file.read_text("utf-8"))["findings"][0]["path"] == "../infra/a.cond"
    monkeypatch.chdir(tmp_path / "ci")
    assert read_baseline("known.json").take(finding(path="../infra/a.cond"))
    assert read_baseline(str(file)).take(finding(path=str(tmp_path / "infra" / "a.cond")))


def test_the_file_has_an_order_and_reads_back(tmp_path: Path) -> None:
    found = [finding(path=path, code=code) for path in "ba" for code in ("SEC302", "SEC301")]
    text = baseline_of(*found, found[0], folder=str(tmp_path)).text()
    assert text == baseline_of(found[0], *reversed(found), folder=str(tmp_path)).text()
    entries = json.loads(text)["findings"]
    assert [(one["path"][-1], one["code"], one["count"]) for one in entries] == [
        *(("a", "SEC301", 1), ("a", "SEC302", 1)),
        *(("b", "SEC301", 1), ("b", "SEC302", 2)),
    ]
    file = tmp_path / "known.json"
    file.write_text(text, encoding="utf-8")
    assert read_baseline(str(file)).text() == text


def test_what_keeps_a_condition_from_being_read_is_never_known() -> None:
    blocking = replace(finding(), blocks=True)
    assert not baseline_of(blocking).take(blocking)
    assert not baseline_of(finding()).take(blocking)
    assert json.loads(baseline_of(blocking).text())["findings"] == []


def test_what_is_no_longer_found_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("read.cond", "elsewhere.cond", "unread.cond", "infra/a.cond"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    names = ("read.cond", "elsewhere.cond", "unread.cond", "infra/a.cond", "gone.cond")
    known = baseline_of(*(finding(path=name) for name in names))
    unmet = known.unmet(["read.cond", "unread.cond", "infra"], ["unread.cond", "<stdin>"])
    assert [one.path for one in unmet] == ["gone.cond", "infra/a.cond", "read.cond"]
    assert known.take(finding(path="read.cond"))
    unmet = known.unmet(["."], ["infra"])
    assert [one.path for one in unmet] == ["elsewhere.cond", "gone.cond", "unread.cond"]


ENTRY = {
    "path": "a.cond",
    "code": "SEC301",
    "fingerprint": "00",
    "about": "",
    "message": "",
    "count": 1,
}


def document(*entries: object, version: object = 1) -> str:
    return json.dumps({"version": version, "findings": list(entries)}, indent=1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ":1:1: not JSON: the text is empty"),
        ("<<<<<<< HEAD", ":1:1: not JSON: expected a value"),
        ("[]", ":1:1: expected an object, got a list"),
        ("{}", ":1:1: `version` is missing: expected a whole number"),
        ('{"version": 1}', ":1:1: `findings` is missing: expected a list"),
        (document(version=2), ":2:13: expected version 1 of a baseline, got 2"),
        (document(version=True), ":2:13: `version` must be a whole number, got a boolean"),
        (document("x"), ":4:3: expected an object, got a string"),
        (document({**ENTRY, "count": 0}), ":10:13: `count` must be 1 or more, got 0"),
        (document({**ENTRY, "count": 1.5}), ":10:13: `count` must be a whole number, got a number"),
        (document({**ENTRY, "line": 3}), ":11:12: no member `line`: expected `path`, `code`"),
        (document({"path": "a"}), ":4:3: `code` is missing: expected a string"),
        (document(ENTRY, ENTRY), ":12:3: this finding is listed before"),
        ('{"version": 1, "version": 1}', ":1:16: `version` is given twice"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_baseline(str(file))
    assert message in str(caught.value)


def test_a_fingerprint_looks_at_little_of_a_long_line() -> None:
    far = "x" * 1000
    one = finding(f"{far} @Request[a] StringEquals 'x' {far}")
    other = finding(f"{far}{far} @Request[a] StringEquals 'x' {far}!")
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint(finding(f"{far} @Request[b] StringEquals 'x' {far}"))


def test_fingerprints_of_many_findings_in_one_line_are_cheap() -> None:
    one = finding("x" * 3_000_000 + " StringEquals")
    for at in range(0, 3_000_000, 300):
        assert fingerprint(replace(one, span=Span(at, at + 3)))
