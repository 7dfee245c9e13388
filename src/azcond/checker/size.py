"""How long a condition may be."""

from __future__ import annotations

from azcond.checker import wording
from azcond.checker.findings import Findings
from azcond.diagnostics import Severity
from azcond.source import Span

MAX_SIZE = 8192
"""The longest condition, in UTF-8 bytes (conditions-faq: 8 KB)."""

NEAR_PERCENT = 90
"""From how much of a limit on something is nearly too long."""


def condition_size(text: str) -> int:
    """The size of a condition as Azure counts it, in UTF-8 bytes."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def check_size(findings: Findings) -> None:
    """LIM601: longer than Azure accepts, from where it gets too long; or nearly so."""
    text = findings.text
    size = condition_size(text)
    if size > MAX_SIZE:
        fitting = text.encode("utf-8", "surrogatepass")[:MAX_SIZE].decode("utf-8", "ignore")
        findings.add(wording.too_long(size, MAX_SIZE), Span(len(fitting), len(text)))
    elif size * 100 >= MAX_SIZE * NEAR_PERCENT:
        whole = Span(0, len(text))
        findings.add(wording.nearly_too_long(size, MAX_SIZE), whole, severity=Severity.WARNING)
