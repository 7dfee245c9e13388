"""The report of one line per rule: how often it fires, and what can be fixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from azcond.linter.rules import rules_by_code
from azcond.reports.finding import Finding


def statistics_lines(findings: Sequence[Finding]) -> list[str]:
    """A line for each rule that fires, most often first: count, code, fixes, title."""
    counts = Counter(finding.diagnostic.code for finding in findings)
    fixes = {one.diagnostic.code: one.diagnostic.fix for one in findings if one.edits}
    rows = []
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        fix = fixes.get(code)
        sort = "" if fix is None else "safe fix" if fix.safe else "unsafe fix"
        rows.append((f"{count:,}", code, sort, rules_by_code()[code].title))
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    return [
        f"{count:>{widths[0]}}  {code:<{widths[1]}}  {sort:<{widths[2]}}  {title}"
        for count, code, sort, title in rows
    ]
