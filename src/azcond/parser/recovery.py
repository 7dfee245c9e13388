"""Every error of a text that does not parse."""

from azcond.diagnostics import Diagnostic, Severity, diagnostic_at
from azcond.source import Source, Span


def find_syntax_errors(text, tree):
    return (
        diagnostic_at(
            Source(text),
            Span(0, len(text)),
            "SYN001",
            Severity.ERROR,
            "the text is not a condition",
        ),
    )
