"""The report of one line per finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from azcond.reports.finding import Finding, Outcome, summary_line
from azcond.reports.style import Style, visible


def report_lines(findings: Iterable[Finding], outcome: Outcome, style: Style) -> Iterator[str]:
    """Each finding as soon as it is known, and the summary."""
    for finding in findings:
        yield headline(finding, style)
    yield summary_line(outcome.tally)


def headline(finding: Finding, style: Style) -> str:
    """`path:line:column: severity[CODE] message`."""
    line, column = finding.place
    place = style.strong(f"{visible(finding.path)}:{line}:{column}:")
    return f"{place} {statement(finding, style)}"


def statement(finding: Finding, style: Style) -> str:
    """`severity[CODE] message`."""
    diagnostic = finding.diagnostic
    label = style.severity(diagnostic.severity, f"{diagnostic.severity}[{diagnostic.code}]")
    return f"{label} {visible(diagnostic.message)}"
