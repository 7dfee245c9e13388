"""The report for reading: each finding with its place, the code there and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from azcond.reports.concise import headline
from azcond.reports.finding import Finding, Outcome, summary_line
from azcond.reports.frame import code_frame
from azcond.reports.style import Style, visible


def report_lines(findings: Iterable[Finding], outcome: Outcome, style: Style) -> Iterator[str]:
    """Each finding as soon as it is known, and the summary."""
    for finding in findings:
        yield from full_lines(finding, style)
    yield summary_line(outcome.tally)


def full_lines(finding: Finding, style: Style) -> Iterator[str]:
    """The lines of one finding, an empty one last."""
    line, _ = finding.place
    margin = " " * len(str(line))
    yield headline(finding, style)
    yield from code_frame(finding, style)
    advice, fix = finding.diagnostic.help, finding.diagnostic.fix
    mark = f"  [fix: {'safe' if fix.safe else 'unsafe'}]" if fix and finding.edits else ""
    if advice or fix:
        yield _note(margin, "help", (advice or (fix.title if fix else "")) + mark, style)
    if finding.holder:
        yield _note(margin, *finding.holder, style)
    yield ""


def _note(margin: str, label: str, text: str, style: Style) -> str:
    return f"{style.faint(margin + ' =')} {style.strong(label + ':')} {visible(text)}"
