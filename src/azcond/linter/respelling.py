"""What a finding says where the language of the file would spoil what it says to write."""

from __future__ import annotations

from azcond._dataclasses import replace
from azcond.containers import EmbeddedCondition
from azcond.diagnostics import Diagnostic
from azcond.source import Source

_LOST_DOLLAR = "SYN009"


def as_in_file(finding: Diagnostic, condition: EmbeddedCondition, file: Source) -> Diagnostic:
    """A finding about a condition, with how its file has to spell what was meant.

    Only a suffix with `$` is spelled otherwise: in strings where that starts a variable, which is
    how it was lost.
    """
    if finding.code != _LOST_DOLLAR or finding.fix is None:
        return finding
    intended = finding.fix.edits[0].replacement
    moved = condition.edits_in_file(finding.fix.edits)
    spelling = moved[0].replacement if moved else intended
    start, end = condition.span_in_file(finding.span)
    is_there = intended.lower() in file.text[start:end].lower()
    if spelling == intended and not is_there:
        return finding
    message = finding.message
    if is_there:
        message = f"`$` starts a variable here, which leaves a damaged `{intended}`"
    quoted = f"`` {spelling} ``" if "`" in spelling else f"`{spelling}`"
    advice = "escape each `$`" if spelling == intended else f"write {quoted}"
    return replace(
        finding, message=message, help=f"{advice}, or put the condition into single quotes"
    )
