"""A report of GitLab Code Quality ("Code Quality", "Code Quality report format").

GitLab takes two findings with one fingerprint for one, so equal findings are numbered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from azcond.reports.finding import Finding, Outcome, UnreadInput
from azcond.reports.fingerprint import Occurrences, fingerprint, hash_of
from azcond.reports.levels import LEVELS
from azcond.reports.paths import plain_path
from azcond.reports.style import Style, visible


def report_lines(findings: Iterable[Finding], outcome: Outcome, _style: Style) -> Iterator[str]:
    """The whole document, once everything is known. What could not be read is a blocker."""
    seen = Occurrences()
    issues = [_of_finding(finding, seen) for finding in findings]
    issues += [_of_unread(one, seen) for one in outcome.unread]
    yield json.dumps(issues, indent=2)


def _of_finding(finding: Finding, seen: Occurrences) -> dict[str, Any]:
    diagnostic = finding.diagnostic
    end_line, _ = finding.file.line_column(finding.span.end)
    text = diagnostic.message + (f"; {diagnostic.help}" if diagnostic.help else "")
    lines = {"begin": finding.place[0], "end": end_line}
    severity = LEVELS[diagnostic.severity].gitlab
    same = (plain_path(finding.path), fingerprint(finding))
    return _issue(diagnostic.code, text, severity, finding.path, lines, (*same, seen.number(same)))


def _of_unread(one: UnreadInput, seen: Occurrences) -> dict[str, Any]:
    lines = {"begin": one.line or 1}
    same = (one.path, one.message)
    text = f"not read: {one.message}"
    return _issue("unread", text, "blocker", one.path, lines, (*same, seen.number(same)))


def _issue(  # noqa: PLR0913, PLR0917  # one argument per member
    name: str, text: str, severity: str, path: str, lines: dict[str, int], identity: object
) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": name,
        "description": visible(text),
        "categories": ["Security"],
        "severity": severity,
        "fingerprint": hash_of([name, identity]),
        "location": {"path": plain_path(path), "lines": lines},
    }
