"""A report in JUnit XML, in the dialect that Jenkins takes and pytest writes.

A file is a test suite, and every finding a test case that fails; one of severity info passes,
as it does not make a run fail. A last suite says whether all inputs could be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from azcond.diagnostics import Severity
from azcond.reports.finding import Finding, Outcome, summary_line
from azcond.reports.full import full_lines
from azcond.reports.style import Style, visible

_DECLARATION = '<?xml version="1.0"?>'


def report_lines(findings: Iterable[Finding], outcome: Outcome, _style: Style) -> Iterator[str]:
    """The whole document, once everything is known, in ASCII whatever it is written to."""
    suites = [_suite(path, list(group)) for path, group in groupby(findings, lambda one: one.path)]
    yield _DECLARATION
    cases = outcome.tally.findings + max(len(outcome.unread), 1)
    counts = _counts(cases, outcome.tally.failing, len(outcome.unread))
    yield f'<testsuites name="azcond" {counts}>'
    for suite in suites:
        yield from suite
    yield from _suite_of_inputs(outcome)
    yield "</testsuites>"


def _suite(path: str, findings: Sequence[Finding]) -> list[str]:
    failing = sum(one.diagnostic.severity is not Severity.INFO for one in findings)
    return [
        f"  <testsuite name={_quoted(path)} {_counts(len(findings), failing, 0)}>",
        *(line for finding in findings for line in _case(finding)),
        "  </testsuite>",
    ]


def _case(finding: Finding) -> Iterator[str]:
    diagnostic = finding.diagnostic
    line, column = finding.place
    name = _quoted(f"{diagnostic.code} at {line}:{column}")
    yield f"    <testcase classname={_quoted(finding.path)} name={name}>"
    text = "\n".join(map(_text, full_lines(finding, Style()))).rstrip("\n")
    if diagnostic.severity is Severity.INFO:
        yield f"      <system-out>{text}</system-out>"
    else:
        kind, message = _quoted(diagnostic.severity), _quoted(diagnostic.message)
        yield f"      <failure type={kind} message={message}>{text}</failure>"
    yield "    </testcase>"


def _suite_of_inputs(outcome: Outcome) -> Iterator[str]:
    unread = outcome.unread
    yield f'  <testsuite name="azcond" {_counts(max(len(unread), 1), 0, len(unread))}>'
    for one in unread:
        yield f'    <testcase classname={_quoted(one.path)} name="can be read">'
        yield f'      <error type="unread" message={_quoted(one.message)}>{_text(str(one))}</error>'
        yield "    </testcase>"
    if not unread:
        yield '    <testcase classname="azcond" name="all inputs can be read"/>'
    yield f"    <system-out>{_text(summary_line(outcome.tally))}</system-out>"
    yield "  </testsuite>"


def _counts(tests: int, failures: int, errors: int) -> str:
    return f'tests="{tests}" failures="{failures}" errors="{errors}"'


def _quoted(text: str) -> str:
    return f'"{_text(text)}"'


def _text(text: str) -> str:
    """Without the characters that XML cannot hold: these are among those that are not printable."""
    return escape(visible(text)).encode("ascii", "xmlcharrefreplace").decode("ascii")
