"""The report for programs: one JSON document.

Its members, which only ever grow within one `version`:

- `version`: 1.
- `findings`: in the order of files and places, each with `path`, `line`, `column`, `end_line`,
  `end_column` (1-based, in characters, the end exclusive, in the file), `code`, `severity`
  (`error`, `security`, `warning` or `info`), `message`, `help` (or null), `holder` (null, or
  `kind`, which is `role`, `assignment` or `object`, and `name`), `condition_span` (start and end
  in the condition's own text, null for a finding about what is around it) and `fix` (null, or
  `title`, `safe`, `edits`, each with `start` and `end` in the condition's own text and
  `replacement`, and `file_edits`, each with `line`, `column`, `end_line`, `end_column` and
  `replacement` in the file: none where the fix cannot be applied there).
- `unread`: the inputs that could not be read, each with `path`, `line`, `column` (or null) and
  `message`.
- `summary`: `files` (also those that could not be read), `conditions`, `partly_known`,
  `conditions_with_findings`, `findings`, `hidden`, `suppressed`, `known`, `unread`, `fixed`,
  `fixable`, `unsafely_fixable` and `not_applied` (fixes that were tried), and the number of
  findings of each severity.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from azcond.diagnostics import Severity
from azcond.reports.finding import Finding, Outcome, Tally
from azcond.reports.style import Style
from azcond.source import Source, Span

VERSION = 1


def report_lines(findings: Iterable[Finding], outcome: Outcome, _style: Style) -> Iterator[str]:
    """The whole document, once everything is known."""
    document = {
        "version": VERSION,
        "findings": [finding_object(finding) for finding in findings],
        "unread": [asdict(one) for one in outcome.unread],
        "summary": summary_object(outcome.tally),
    }
    yield json.dumps(document, indent=2)


def summary_object(tally: Tally) -> dict[str, int]:
    """The counts of a run."""
    return {
        "files": tally.files,
        "conditions": tally.conditions,
        "partly_known": tally.partly_known,
        "conditions_with_findings": tally.conditions_with_findings,
        "findings": tally.findings,
        "hidden": tally.hidden,
        "suppressed": tally.suppressed,
        "known": tally.known,
        "unread": tally.unread,
        "fixed": tally.fixed,
        "fixable": tally.fixable,
        "unsafely_fixable": tally.unsafely_fixable,
        "not_applied": tally.not_applied,
        **{severity.value: tally.severities[severity] for severity in Severity},
    }


def finding_object(finding: Finding) -> dict[str, Any]:
    """One finding."""
    diagnostic = finding.diagnostic
    return {
        "path": finding.path,
        **_place(finding.file, finding.span),
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "holder": dict(zip(("kind", "name"), finding.holder, strict=True))
        if finding.holder
        else None,
        "condition_span": None if finding.condition is None else list(diagnostic.span),
        "fix": _fix(finding),
    }


def _fix(finding: Finding) -> dict[str, Any] | None:
    fix = finding.diagnostic.fix
    if fix is None:
        return None
    edits = () if finding.condition is None else fix.edits
    return {
        "title": fix.title,
        "safe": fix.safe,
        "edits": [
            {"start": edit.span.start, "end": edit.span.end, "replacement": edit.replacement}
            for edit in edits
        ],
        "file_edits": [
            {**_place(finding.file, edit.span), "replacement": edit.replacement}
            for edit in finding.edits
        ],
    }


def _place(file: Source, span: Span) -> dict[str, int]:
    line, column = file.line_column(span.start)
    end_line, end_column = file.line_column(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
