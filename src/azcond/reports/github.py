"""Annotations of GitHub Actions ("Workflow commands for GitHub Actions")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from azcond.reports.finding import Finding, Outcome, UnreadInput, summary_line
from azcond.reports.levels import LEVELS
from azcond.reports.paths import plain_path
from azcond.reports.style import Style, visible


def report_lines(findings: Iterable[Finding], outcome: Outcome, _style: Style) -> Iterator[str]:
    """A command for each finding as soon as it is known, then the rest; each names its place in
    its text too, because the log shows nothing else.
    """
    for finding in findings:
        yield _of_finding(finding)
    yield from map(_of_unread, outcome.unread)
    yield summary_line(outcome.tally)


def _of_finding(finding: Finding) -> str:
    diagnostic = finding.diagnostic
    line, column = finding.place
    end_line, end_column = finding.file.line_column(finding.span.end)
    place: dict[str, str | int] = {
        "file": plain_path(finding.path),
        "line": line,
        "endLine": end_line,
    }
    if end_line == line:  # columns are only for places within a line
        place |= {"col": column, "endColumn": end_column}
    text = f"{finding.path}:{line}:{column}: {diagnostic.code} {diagnostic.message}"
    if diagnostic.help:
        text += f"; {diagnostic.help}"
    level = LEVELS[diagnostic.severity].github
    return _command(level, {"title": f"azcond ({diagnostic.code})", **place}, text)


def _of_unread(one: UnreadInput) -> str:
    place: dict[str, str | int] = {"title": "azcond (not read)", "file": plain_path(one.path)}
    if one.line is not None and one.column is not None:
        place |= {"line": one.line, "col": one.column}
    return _command("error", place, str(one))


def _command(level: str, properties: dict[str, str | int], text: str) -> str:
    written = ",".join(
        f"{name}={_escape(visible(str(value)), ':,')}" for name, value in properties.items()
    )
    return f"::{level} {written}::{_escape(visible(text))}"


def _escape(text: str, more: str = "") -> str:
    """The characters that would end a command or a property of it; `%` goes first."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
