"""From diagnostics of a condition to findings in the file that holds it."""

from __future__ import annotations

from collections.abc import Iterable

from azcond.containers import EmbeddedCondition
from azcond.containers.files import shown_name
from azcond.diagnostics import Diagnostic, Edit
from azcond.reports.finding import Finding
from azcond.source import Source, Span


def findings_of(
    name: str,
    file: Source,
    condition: EmbeddedCondition,
    diagnostics: Iterable[Diagnostic],
    *,
    mendable: bool = False,
) -> list[Finding]:
    """The diagnostics at their places in a file; places are computed only if there are any.

    `mendable` says that the file is the condition, and that fixes can be applied there.
    """
    found = list(diagnostics)
    if not found:
        return []
    whole = condition.span_in_file(Span(0, len(condition.text)))
    holder = (condition.holder.kind, condition.holder.title) if condition.holder else None
    path, place = shown_name(name), condition.span_in_file
    return [
        Finding(path, file, place(one.span), whole, holder, one, _edits(one) if mendable else ())
        for one in found
    ]


def _edits(diagnostic: Diagnostic) -> tuple[Edit, ...]:
    return diagnostic.fix.edits if diagnostic.fix else ()
