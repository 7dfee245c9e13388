"""Logging commands of Azure Pipelines ("Logging commands", `task.logissue`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from azcond.reports.finding import Finding, Outcome, UnreadInput, summary_line
from azcond.reports.levels import LEVELS
from azcond.reports.paths import plain_path
from azcond.reports.style import Style, visible


def report_lines(findings: Iterable[Finding], outcome: Outcome, _style: Style) -> Iterator[str]:
    """A command for each finding as soon as it is known, then the rest."""
    for finding in findings:
        yield _of_finding(finding)
    yield from map(_of_unread, outcome.unread)
    yield summary_line(outcome.tally)


def _of_finding(finding: Finding) -> str:
    diagnostic = finding.diagnostic
    line, column = finding.place
    properties: dict[str, str | int] = {
        "type": LEVELS[diagnostic.severity].azure,
        "sourcepath": plain_path(finding.path),
        "linenumber": line,
        "columnnumber": column,
        "code": diagnostic.code,
    }
    text = diagnostic.message + (f"; {diagnostic.help}" if diagnostic.help else "")
    return _command(properties, text)


def _of_unread(one: UnreadInput) -> str:
    properties: dict[str, str | int] = {"type": "error", "sourcepath": plain_path(one.path)}
    if one.line is not None and one.column is not None:
        properties |= {"linenumber": one.line, "columnnumber": one.column}
    return _command(properties, f"not read: {one.message}")


def _command(properties: dict[str, str | int], text: str) -> str:
    written = "".join(
        f"{name}={_escape(visible(str(value)), '];')};" for name, value in properties.items()
    )
    return f"##vso[task.logissue {written}]{_escape(visible(text))}"


def _escape(text: str, more: str = "") -> str:
    """The characters that would end a command or a property of it; `%` goes first."""
    text = text.replace("%", "%AZP25")
    for character in f"\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
