"""SARIF 2.1.0, with what GitHub adds to it ("SARIF support for code scanning").

What could not be read is a notification of the tool, and then the run is not successful.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from azcond import __version__
from azcond.reports.finding import Finding, Outcome, UnreadInput, counted
from azcond.reports.fingerprint import fingerprint
from azcond.reports.levels import LEVELS
from azcond.reports.paths import plain_path
from azcond.reports.sarif_rules import rule_descriptor
from azcond.reports.style import Style, visible
from azcond.source import Source, Span

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_BASE = "%SRCROOT%"
_SAME_FINDING = "azcond/v1"


def report_lines(findings: Iterable[Finding], outcome: Outcome, _style: Style) -> Iterator[str]:
    """The whole log, once everything is known."""
    found = list(findings)
    codes = sorted({finding.diagnostic.code for finding in found})
    run = {
        "tool": {
            "driver": {
                "name": "azcond",
                "semanticVersion": __version__,
                "rules": [rule_descriptor(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _BASE: {"description": {"text": "the folder in which azcond was started"}}
        },
        "invocations": [_invocation(outcome)],
        "results": [_result(finding, codes) for finding in found],
    }
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _invocation(outcome: Outcome) -> dict[str, Any]:
    notes = [_notification(one) for one in outcome.unread]
    if partly := outcome.tally.partly_known:
        text = f"known only in part: {counted(partly, 'condition')}"
        notes.append({"level": "note", "message": {"text": text}})
    return {"executionSuccessful": not outcome.unread, "toolExecutionNotifications": notes}


def _notification(one: UnreadInput) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": artifact_location(one.path)}
    if one.line is not None and one.column is not None:
        place["region"] = {"startLine": one.line, "startColumn": one.column}
    text = f"not read: {visible(one.message)}"
    return {
        "level": "error",
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }


def _result(finding: Finding, codes: Sequence[str]) -> dict[str, Any]:
    diagnostic = finding.diagnostic
    text = diagnostic.message + (f"; {diagnostic.help}" if diagnostic.help else "")
    result = {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": LEVELS[diagnostic.severity].sarif,
        "message": {"text": visible(text)},
        "locations": [_location(finding)],
        "partialFingerprints": {_SAME_FINDING: fingerprint(finding)},
    }
    if diagnostic.fix and finding.edits:
        result["fixes"] = [_fix(finding, diagnostic.fix.title)]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    place = {
        "artifactLocation": artifact_location(finding.path),
        "region": _region(finding.file, finding.span),
    }
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.holder:
        kind, name = finding.holder
        location["logicalLocations"] = [{"name": visible(name), "kind": kind}]
    return location


def _fix(finding: Finding, title: str) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": _region(finding.file, edit.span),
            "insertedContent": {"text": edit.replacement},
        }
        for edit in finding.edits
    ]
    change = {
        "artifactLocation": artifact_location(finding.path),
        "replacements": replacements,
    }
    return {"description": {"text": visible(title)}, "artifactChanges": [change]}


def artifact_location(path: str) -> dict[str, str]:
    """Where a file is, as a URI: relative if it can be, so that it means the same elsewhere."""
    if PurePath(path).is_absolute():
        return {"uri": PurePath(path).as_uri()}
    return {"uri": quote(os.fsencode(plain_path(path))), "uriBaseId": _BASE}


def _region(file: Source, span: Span) -> dict[str, int]:
    line, column = file.line_column(span.start)
    end_line, end_column = file.line_column(span.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }
