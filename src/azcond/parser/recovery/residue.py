"""What a host file leaves around a condition that was copied out of it."""

from __future__ import annotations

import re

from azcond.diagnostics import Edit, Fix
from azcond.parser.recovery import token_wording
from azcond.parser.recovery.findings import Findings, rewriting
from azcond.parser.recovery.quotes import LOOKS_LIKE_CODE
from azcond.source import Span

_ASSIGNMENT = re.compile(r"\s*((?:\{\s*)?[\"']?condition[\"']?[ \t]*[:=])(?!=)\s*", re.IGNORECASE)
_HEREDOC = re.compile(r"\s*(<<[-~]?[\"']?(\w+)[\"']?)[ \t]*[\r\n]")
_QUOTE = re.compile(r"\s*(\\?[\"'])")
_QUOTED_ATTRIBUTE = re.compile(r"@\w+\[[^\]\r\n]*\][\"']")


def inner_span(text: str, findings: Findings) -> Span:
    """The range of the condition itself; what stands around it is reported."""
    start, end = 0, len(text)
    if match := _ASSIGNMENT.match(text):
        start = match.end()
        fix = rewriting(*match.span(1), "", safe=True)
        findings.report(token_wording.assignment(match[1]), *match.span(1), fix)
    if match := _HEREDOC.match(text, start):
        start = match.end()
        findings.report(token_wording.assignment(match[1]), *match.span(1))
        code = text[start:].rstrip()
        if code.endswith(match[2]):
            end = start + len(code) - len(match[2])
    elif match := _QUOTE.match(text, start):
        return _unwrapped(text, match, findings)
    return Span(start, end)


def _unwrapped(text: str, match: re.Match[str], findings: Findings) -> Span:
    start, end = match.end(), len(text)
    if not LOOKS_LIKE_CODE.match(text, start) or _QUOTED_ATTRIBUTE.match(text, start):
        return Span(match.start(1), end)
    edits = [Edit(Span(*match.span(1)), "")]
    code = text.rstrip(" \t\r\n,;}")
    if code.endswith(match[1]) and len(code) > start:
        end = len(code) - len(match[1])
        edits.append(Edit(Span(end, len(text)), ""))
    fix = Fix("delete the quotes", tuple(edits), safe=True)
    findings.report(token_wording.wrapping_quotes(match[1][-1]), *match.span(1), fix)
    return Span(start, end)
