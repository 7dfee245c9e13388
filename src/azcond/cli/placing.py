"""From diagnostics of a condition to findings in the file that holds it."""

from __future__ import annotations

from collections.abc import Iterable

from azcond.containers import EmbeddedCondition
from azcond.containers.files import STDIN, shown_name
from azcond.diagnostics import Diagnostic
from azcond.reports.finding import Finding
from azcond.source import Source, Span


def findings_of(
    name: str, file: Source, condition: EmbeddedCondition, diagnostics: Iterable[Diagnostic]
) -> list[Finding]:
    """The diagnostics at their places in a file; places are computed only if there are any."""
    found = list(diagnostics)
    if not found:
        return []
    whole = condition.span_in_file(Span(0, len(condition.text)))
    holder = (condition.holder.kind, condition.holder.title) if condition.holder else None
    path, place = shown_name(name), condition.span_in_file
    can_change = name != STDIN and not condition.holes
    return [
        Finding(
            path,
            file,
            place(one.span),
            whole,
            holder,
            one,
            condition.edits_in_file(one.fix.edits) if one.fix and can_change else (),
        )
        for one in found
    ]
