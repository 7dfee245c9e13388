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
    diagnostic, condition, blocks = located
    path, edits = shown_name(name), diagnostic.fix.edits if diagnostic.fix and name != STDIN else ()
    if condition is None:
        return Finding(path, file, located.place, None, None, diagnostic, edits, blocks)
    holder = (condition.holder.kind, condition.holder.title) if condition.holder else None
    moved = condition.edits_in_file(edits)
    return Finding(path, file, located.place, condition.extent, holder, diagnostic, moved, blocks)
