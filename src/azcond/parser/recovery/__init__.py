"""Every error of a text that does not parse.

This is the slow path: it runs only for a text that parsing has refused. The text is scanned into
tokens, each mended where it is broken (`scanner`, `mending`); then the tokens are walked over the
table of the grammar, and what does not fit is reported and passed over (`walk`, `places`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azcond.ast import MAX_DEPTH, Expression, Not, children
from azcond.parser.recovery import wording
from azcond.parser.recovery.findings import LIMIT, Findings
from azcond.parser.recovery.patterns import terminal_pattern, token_pattern
from azcond.parser.recovery.places import find_errors
from azcond.parser.recovery.residue import inner_span
from azcond.parser.recovery.scanner import Scan
from azcond.parser.recovery.steps import Steps
from azcond.parser.recovery.walk import CONNECTIVES, Walk
from azcond.parser.tables import tables
from azcond.source import Source, Span

if TYPE_CHECKING:
    from azcond.diagnostics import Diagnostic

__all__ = ["find_syntax_errors"]


def find_syntax_errors(text: str, tree: Expression | None) -> tuple[Diagnostic, ...]:
    """The errors of a text that is not a condition, in text order: at least one, at most 100.

    `tree` is the tree of a text that follows the grammar and only nests too deeply. Takes time
    linear in the length of the text, whatever it holds.
    """
    source = Source(text)
    if tree is not None:
        return _deep_nesting(source, tree)
    scanned, walked = Findings(source), Findings(source)
    lexemes = Scan(text, scanned).run(inner_span(text, scanned))
    if lexemes:
        find_errors(Walk(lexemes, walked, whole=not scanned.full))
    elif not scanned.diagnostics:
        scanned.report(wording.EMPTY_TEXT, 0, len(text))
    if not scanned.diagnostics and not walked.diagnostics:
        _report_stop(scanned)
    found = {
        (error.span, error.code): error for error in (*walked.diagnostics, *scanned.diagnostics)
    }
    return tuple([found[place] for place in sorted(found)][:LIMIT])


def _deep_nesting(source: Source, tree: Expression) -> tuple[Diagnostic, ...]:
    """Points at each connective that opens a level too many."""
    level = [tree]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in children(node)]
    findings = Findings(source)
    for node in level:
        if operands := children(node):
            start = node.span.start if isinstance(node, Not) else operands[0].span.end
            findings.report(wording.TOO_DEEP, *_connective_from(source.text, start))
    return tuple(findings.diagnostics)


def _connective_from(text: str, start: int) -> Span:
    """The AND, OR or NOT at a position, or behind the closing parentheses there."""
    match = token_pattern().match(text, start)
    while match and match.lastgroup not in {*CONNECTIVES, "NOT"}:
        match = token_pattern().match(text, match.end())
    assert match is not None, start
    return Span(*match.span())


def _report_stop(findings: Findings) -> None:
    """Where parsing stopped and what could follow: for a refusal without a known mistake."""
    text, steps, position = findings.source.text, Steps(), 0
    while match := terminal_pattern().match(text, position):
        kind = match.lastgroup or ""
        if kind not in tables().ignored and not steps.try_feed(kind):
            break
        position = match.end()
    end = match.end() if match else min(position + 1, len(text))
    findings.report(wording.stopped_at(text[position:end], steps.expected), position, end)
