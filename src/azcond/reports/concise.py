"""The report of one line per finding."""

from __future__ import annotations

from azcond.reports.finding import Finding
from azcond.reports.style import Style, visible


def headline(finding: Finding, style: Style) -> str:
    """`path:line:column: severity[CODE] message`."""
    line, column = finding.place
    diagnostic = finding.diagnostic
    place = style.strong(f"{visible(finding.path)}:{line}:{column}:")
    label = style.severity(diagnostic.severity, f"{diagnostic.severity}[{diagnostic.code}]")
    return f"{place} {label} {visible(diagnostic.message)}"
