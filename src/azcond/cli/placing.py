"""From diagnostics to findings in the file that they are about."""

from __future__ import annotations

from collections.abc import Iterable

from azcond.containers import Located
from azcond.containers.files import STDIN, shown_name
from azcond.reports.finding import Finding
from azcond.source import Source


def findings_of(name: str, file: Source, located: Iterable[Located]) -> list[Finding]:
    """The diagnostics at their places in a file, in the order of these."""
    found = [_finding(name, file, one) for one in located]
    return sorted(found, key=lambda finding: (finding.span, finding.diagnostic.code))


def _finding(name: str, file: Source, located: Located) -> Finding:
    diagnostic, condition = located.diagnostic, located.condition
    edits = diagnostic.fix.edits if diagnostic.fix and name != STDIN else ()
    return Finding(
        shown_name(name),
        file,
        located.place,
        condition.extent if condition else None,
        located.holder,
        diagnostic,
        condition.edits_in_file(edits) if condition else edits,
        located.blocks,
    )
