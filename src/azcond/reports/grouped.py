"""The report of one line per finding, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from azcond.reports.concise import statement
from azcond.reports.finding import Finding, Outcome, summary_line
from azcond.reports.style import Style, visible


def report_lines(findings: Iterable[Finding], outcome: Outcome, style: Style) -> Iterator[str]:
    """The findings of a file as soon as they are all known, and the summary."""
    for path, group in groupby(findings, lambda finding: finding.path):
        rows = [(_place(finding), finding) for finding in group]
        width = max(len(place) for place, _ in rows)
        yield style.strong(f"{visible(path)}:")
        yield from (
            f"  {style.strong(place)}{' ' * (width - len(place))}  {statement(finding, style)}"
            for place, finding in rows
        )
        yield ""
    yield summary_line(outcome.tally)


def _place(finding: Finding) -> str:
    line, column = finding.place
    return f"{line}:{column}"
