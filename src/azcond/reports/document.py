"""The report for programs: one JSON document.

Its members, which only ever grow within one `version`:

- `version`: 1.
- `findings`: in the order of files and places, each with `path`, `line`, `column`, `end_line`,
  `end_column` (1-based, in characters, the end exclusive, in the file), `code`, `severity`
  (`error`, `security`, `warning` or `info`), `message`, `help` (or null), `holder` (null, or
  `kind`, which is `role`, `assignment` or `object`, and `name`), `condition_span` (start and end
  in the condition's own text) and `fix` (null, or `title`, `safe` and `edits`, each with `start`
  and `end` in the condition's own text and `replacement`).
- `unread`: the inputs that could not be read, each with `path`, `line`, `column` (or null) and
  `message`.
- `summary`: `files`, `conditions`, `conditions_with_findings`, `findings`, `hidden`, `unread`,
  `fixed`, `fixable` and `unsafely_fixable`, and the number of findings of each severity.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from azcond.diagnostics import Fix, Severity
from azcond.reports.finding import Finding, Tally, UnreadInput


def json_report(findings: Iterable[Finding], unread: Iterable[UnreadInput], tally: Tally) -> str:
    """The whole report."""
    document = {
        "version": 1,
        "findings": [_finding(finding) for finding in findings],
        "unread": [asdict(one) for one in unread],
        "summary": {
            "files": tally.files,
            "conditions": tally.conditions,
            "conditions_with_findings": tally.conditions_with_findings,
            "findings": tally.findings,
            "hidden": tally.hidden,
            "unread": tally.unread,
            "fixed": tally.fixed,
            "fixable": tally.fixable,
            "unsafely_fixable": tally.unsafely_fixable,
            **{severity.value: tally.severities[severity] for severity in Severity},
        },
    }
    return json.dumps(document, indent=2)


def _finding(finding: Finding) -> dict[str, Any]:
    line, column = finding.place
    end_line, end_column = finding.file.line_column(finding.span.end)
    diagnostic = finding.diagnostic
    return {
        "path": finding.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "holder": dict(zip(("kind", "name"), finding.holder, strict=True))
        if finding.holder
        else None,
        "condition_span": list(diagnostic.span),
        "fix": _fix(diagnostic.fix),
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [
        {"start": edit.span.start, "end": edit.span.end, "replacement": edit.replacement}
        for edit in fix.edits
    ]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}
