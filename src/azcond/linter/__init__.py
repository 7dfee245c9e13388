"""Everything known about a condition text."""

from __future__ import annotations

from azcond.checker import check
from azcond.checker.findings import Findings
from azcond.checker.size import check_size
from azcond.diagnostics import Diagnostic
from azcond.errors import ConditionSyntaxError
from azcond.parser import parse

__all__ = ["lint"]


def lint(text: str) -> list[Diagnostic]:
    """The findings about a condition text, in text order; those of severity info included.

    A text that does not parse gives its syntax errors, and that it is too long where it is; any
    other text gives what `check` finds. Never raises for a text, whatever it holds.
    """
    try:
        return check(parse(text))
    except ConditionSyntaxError as error:
        findings = Findings(text)
        check_size(findings)
        found = [*error.diagnostics, *findings.in_text_order()]
        return sorted(found, key=lambda diagnostic: (diagnostic.span, diagnostic.code))
