"""A summary in Markdown, for the page of a job, such as `$GITHUB_STEP_SUMMARY`.

Its length is bounded, because such a page takes a mebibyte ("Workflow commands for GitHub
Actions"); what is left out is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from azcond.diagnostics import Severity
from azcond.reports.finding import Finding, Outcome, counted, summary_line
from azcond.reports.style import Style, visible

_MOST_ROWS = 200
_MOST_UNREAD = 50
_MOST_CHARACTERS = 500

_CODE = re.compile(r"(`[^`]+`)")
_MEANING = re.compile(r"([\\`*_\[\]<>|~&#@$])")
"""What means something inside a line of Markdown as GitHub reads it; a backslash takes it away."""


def report_lines(findings: Iterable[Finding], outcome: Outcome, _style: Style) -> Iterator[str]:
    """What could not be read, the counts and a table, once everything is known."""
    stream = iter(findings)
    rows = [_row(finding) for finding in islice(stream, _MOST_ROWS)]
    more = sum(1 for _ in stream)
    yield "## azcond"
    yield ""
    yield _text(summary_line(outcome.tally))
    if outcome.unread:
        yield from ("", "Not read:", "")
        yield from (f"- {_text(str(one))}" for one in outcome.unread[:_MOST_UNREAD])
    if len(outcome.unread) > _MOST_UNREAD:
        yield f"- and {counted(len(outcome.unread) - _MOST_UNREAD, 'input')} more"
    if rows:
        yield from ("", *_counts(outcome))
        yield from ("", "| place | severity | code | finding |", "|---|---|---|---|", *rows)
    if more:
        yield from ("", f"{counted(more, 'finding')} more not listed here")


def _counts(outcome: Outcome) -> Iterator[str]:
    severities = outcome.tally.severities
    yield f"| {' | '.join(severity.value for severity in Severity)} |"
    yield f"|{'---:|' * len(Severity)}"
    yield f"| {' | '.join(f'{severities[severity]:,}' for severity in Severity)} |"


def _row(finding: Finding) -> str:
    line, column = finding.place
    diagnostic = finding.diagnostic
    place = _text(f"{finding.path}:{line}:{column}")
    message = _text(diagnostic.message)
    if diagnostic.help:
        message += f"<br>{_text(diagnostic.help)}"
    return f"| {place} | {diagnostic.severity} | {diagnostic.code} | {message} |"


def _text(text: str) -> str:
    """Text as it is, with what stands in backticks as code; in a table only `|` ends code."""
    shown = visible(text)
    if len(shown) > _MOST_CHARACTERS:
        shown = f"{shown[:_MOST_CHARACTERS]}…"
    return "".join(
        part.replace("|", "\\|") if _CODE.fullmatch(part) else _MEANING.sub(r"\\\1", part)
        for part in _CODE.split(shown)
    )
