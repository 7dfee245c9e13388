"""A text after a fix, for tests that look at one fix at a time."""

from __future__ import annotations

from azcond.diagnostics import Fix


def applied(text: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text
