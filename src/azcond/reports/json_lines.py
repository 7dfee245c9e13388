"""The report for programs that read while it is written: one JSON object on each line.

Each has a member `type`. Lines of type `finding` and `unread` have the members of those in the
document of `--output-format json`. The last line is of type `summary` and has the members of its
summary and `version`; where it is missing, the run was cut short.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from azcond.reports.document import VERSION, finding_object, summary_object
from azcond.reports.finding import Finding, Outcome
from azcond.reports.style import Style


def report_lines(findings: Iterable[Finding], outcome: Outcome, _style: Style) -> Iterator[str]:
    """Each finding as soon as it is known, then the rest."""
    for finding in findings:
        yield json.dumps({"type": "finding", **finding_object(finding)})
    for one in outcome.unread:
        yield json.dumps({"type": "unread", **asdict(one)})
    summary = {"type": "summary", "version": VERSION, **summary_object(outcome.tally)}
    yield json.dumps(summary)
