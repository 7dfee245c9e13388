"""How findings look: the frame, widths, colour, and what must never reach a terminal."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from azcond.diagnostics import Edit, Fix, Severity, diagnostic_at
from azcond.reports.concise import headline
from azcond.reports.finding import Finding, Tally, summary_line
from azcond.reports.frame import code_frame
from azcond.reports.full import full_lines
from azcond.reports.statistics import statistics_lines
from azcond.reports.style import Style, style_of, visible, width_of
from azcond.source import Source, Span


def finding(text: str, start: int, end: int, *, message: str = "wrong") -> Finding:
    file, span = Source(text), Span(start, end)
    diagnostic = diagnostic_at(file, span, "SYN001", Severity.ERROR, message, "mend it")
    return Finding("a.cond", file, span, Span(0, len(text)), ("role", "Reader"), diagnostic)


def marked(text: str, start: int, end: int, width: int = 60) -> tuple[str, str]:
    """The line of a frame and what the carets stand under."""
    *_, line, carets = code_frame(finding(text, start, end), Style(width=width))
    first = carets.index("^")
    assert width_of(line) <= width
    return line, line[first : first + carets.count("^")]


def test_a_finding_in_full() -> None:
    shown = "\n".join(full_lines(finding("one\ntwo three\nfour", 8, 13), Style()))
    assert shown == (
        "a.cond:2:5: error[SYN001] wrong\n"
        "  |\n"
        "1 | one\n"
        "2 | two three\n"
        "  |     ^^^^^\n"
        "  = help: mend it\n"
        "  = role: Reader\n"
    )


@pytest.mark.parametrize(
    ("text", "start", "end", "under"),
    [
        ("abc def", 4, 7, "def"),
        ("abc", 3, 3, ""),
        ("", 0, 0, ""),
        ("\tabc def", 5, 8, "def"),
        ("a\u00a0b cd", 4, 6, "cd"),
        ("abc\r\nde", 0, 7, "abc"),
        ("x" * 500 + " here " + "y" * 500, 501, 505, "here"),
        ("x" * 500 + " here", 501, 505, "here"),
        ("here " + "y" * 500, 0, 4, "here"),
        ("\t" * 100 + "here" + "\t" * 100, 100, 104, "here"),
    ],
)
def test_the_carets_stand_under_the_place(text: str, start: int, end: int, under: str) -> None:
    assert marked(text, start, end)[1] == under


def test_carets_of_a_long_place_end_with_the_line() -> None:
    line, under = marked("x" * 30 + "y" * 500, 30, 530)
    assert line.endswith("…")
    assert set(under) <= {"y", "…"}


def test_wide_characters_take_two_columns() -> None:
    frame = code_frame(finding("日本 é\u0301x", 3, 4), Style())
    assert frame[-1] == "  |      ^"
    assert width_of("日本 e\u0301x") == 7


def test_a_place_in_a_huge_line_is_cheap() -> None:
    one = finding("x" * 5_000_000, 0, 1)
    for at in range(0, 5_000_000, 500):
        place = replace(one, span=Span(at, at + 3))
        assert all(len(line) <= 100 for line in code_frame(place, Style()))


def test_the_line_before_is_shown_only_within_the_condition() -> None:
    one = finding("{\n a\n b", 6, 7)
    assert len(code_frame(replace(one, condition=Span(3, 7)), Style())) == 4
    assert len(code_frame(replace(one, condition=Span(6, 7)), Style())) == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 日本", "plain é 日本"),
        ("a\x1b[31mb", "a<U+001B>[31mb"),
        ("a\u202eb\u200b", "a<U+202E>b<U+200B>"),
        ("a\nb\tc\r", "a\\nb    c<U+000D>"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_nothing_invisible_is_printed(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_message_cannot_steer_the_terminal() -> None:
    one = finding("x\x1b]0;title\x07y", 0, 3, message="unknown `\x1b[2J`")
    shown = "\n".join([headline(one, Style()), *full_lines(one, Style())])
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_colour_only_adds_to_the_text() -> None:
    one = finding("abc def", 4, 7)
    coloured = "\n".join(full_lines(one, Style(colour=True)))
    plain = "\n".join(full_lines(one, Style()))
    assert "\x1b[1;31m" in coloured
    bare = coloured
    for code in ("1;31", "1", "2", "0"):
        bare = bare.replace(f"\x1b[{code}m", "")
    assert bare == plain


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "colour"),
    [
        (Terminal(), {"TERM": "xterm"}, True),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {"TERM": "xterm"}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (io.StringIO(), {"CLICOLOR_FORCE": "1"}, True),
        (io.StringIO(), {"FORCE_COLOR": "0"}, False),
        (io.StringIO(), {"FORCE_COLOR": ""}, False),
        (Terminal(), {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        (Terminal(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_is_for_terminals(
    stream: io.StringIO,
    environment: dict[str, str],
    colour: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert style_of(stream).colour is colour


@pytest.mark.parametrize(("columns", "width"), [("70", 70), ("5", 40), ("", 100), ("wide", 100)])
def test_the_width_comes_from_the_environment(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert style_of(io.StringIO()).width == width


def test_the_summary_counts_in_words() -> None:
    tally = Tally(files=41)
    assert summary_line(tally) == "no conditions found in 41 files"
    tally.conditions = 1
    assert summary_line(tally) == "no findings in 1 condition, 41 files"
    tally.conditions = 2
    tally.count(finding("x", 0, 1))
    tally.hidden, tally.unread = 1200, 1
    assert summary_line(tally) == (
        "1 finding in 1 of 2 conditions (1 error), 41 files; "
        "1,200 of severity info not shown; 1 input could not be read"
    )


def test_the_summary_tells_what_is_not_whole() -> None:
    tally = Tally(files=2, conditions=3, partly_known=2)
    assert summary_line(tally) == "no findings in 3 conditions, 2 known only in part, 2 files"
    tally.count(finding("x", 0, 1))
    tally.suppressed, tally.known = 4, 5
    assert summary_line(tally) == (
        "1 finding in 1 of 3 conditions (1 error), 2 known only in part, 2 files; "
        "4 suppressed by comments; 5 known from the baseline"
    )


def fixable(*, safe: bool) -> Finding:
    one = finding("x", 0, 1)
    fix = Fix("write `y`", (Edit(one.span, "y"),), safe=safe)
    return replace(one, diagnostic=replace(one.diagnostic, fix=fix), edits=fix.edits)


def test_fixes_that_were_tried_are_not_announced_again() -> None:
    lines = []
    for tried in ({True}, {True, False}):
        tally = Tally(files=1, conditions=1, tried=frozenset(tried))
        for safe in (False, False, True):
            tally.count(fixable(safe=safe))
            lines.append(summary_line(tally).partition("; ")[2])
    assert lines == [
        "fixable: 1 with --unsafe-fixes",
        "fixable: 2 with --unsafe-fixes",
        (
            "fixable: 2 with --unsafe-fixes; 1 fix not applied: "
            "it would bring other findings, cannot be proven or cannot be written there"
        ),
        "1 fix not applied: it would bring other findings or cannot be written there",
        "2 fixes not applied: they would bring other findings or cannot be written there",
        (
            "3 fixes not applied: they would bring other findings, cannot be proven or "
            "cannot be written there"
        ),
    ]


def test_a_fix_that_cannot_be_made_in_the_file_is_not_announced() -> None:
    one = fixable(safe=True)
    assert "  = help: mend it  [fix: safe]" in full_lines(one, Style())
    assert "safe fix" in statistics_lines([one])[0]
    one = replace(one, edits=())
    assert "  = help: mend it" in full_lines(one, Style())
    assert "fix" not in statistics_lines([one])[0]


def test_the_summary_of_findings_beside_conditions() -> None:
    tally = Tally(files=1)
    tally.count(replace(finding("x", 0, 1), condition=None))
    assert summary_line(tally) == "1 finding (1 error), no conditions, 1 file"
    tally.conditions = 3
    assert summary_line(tally) == "1 finding (1 error), 3 conditions, 1 file"
    tally.count(finding("x", 0, 1))
    tally.partly_known = 2
    assert summary_line(tally) == (
        "2 findings (2 errors), 3 conditions, 2 known only in part, 1 file"
    )


def test_a_finding_about_the_file_shows_no_line_before() -> None:
    one = replace(finding("a\nb", 2, 3), condition=None)
    assert code_frame(one, Style()) == ["  |", "2 | b", "  | ^"]
