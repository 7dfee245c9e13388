"""Parentheses around parentheses, and NOT around NOT."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import And, Not, Or, postorder
from azcond.checker.findings import Findings, safe_fix
from azcond.diagnostics import Edit, Severity
from azcond.linter.gaps import Token, find_tokens
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject


def find(subject: Subject) -> Iterator[Found]:
    """A pair of parentheses that holds nothing but another pair; `NOT NOT`, which says nothing."""
    tokens = list(find_tokens(subject.tree, subject.text))
    closers = _closers(tokens)
    outer = {at for at, closer in closers.items() if closers.get(at + 1) == closer - 1}
    for at in sorted(outer):
        if at - 1 not in outer:
            yield _report_pairs(at, outer, closers, tokens)
    for node in postorder(subject.tree):
        if isinstance(node, Not) and isinstance(node.operand, Not):
            yield _report_double(node, node.operand, subject.text)


def _closers(tokens: list[Token]) -> dict[int, int]:
    """For each opening parenthesis the one that closes it, both by number."""
    openers: list[int] = []
    found: dict[int, int] = {}
    for at, token in enumerate(tokens):
        if token.text == "(":
            openers.append(at)
        elif token.text == ")" and openers:
            found[openers.pop()] = at
    return found


def _report_pairs(
    first: int, outer: set[int], closers: dict[int, int], tokens: list[Token]
) -> Found:
    """One finding for all pairs around one."""
    at, edits = first, []
    while at in outer:
        edits += [Edit(tokens[at].span, ""), Edit(tokens[closers[at]].span, "")]
        at += 1
    fix = safe_fix("leave the innermost pair", *edits)
    message = "these parentheses hold only other parentheses"
    return Found(tokens[first].span, message, None, fix)


def _report_double(outer: Not, inner: Not, text: str) -> Found:
    rest = inner.operand
    kept = text[rest.span.start : rest.span.end]
    if isinstance(rest, And | Or):
        kept = f"({kept})"
    edit = Findings(text).replace(outer.span, kept)
    return Found(outer.span, "`NOT` of `NOT` says nothing", None, safe_fix("remove both", edit))


RULE = Rule(
    code="STY505",
    slug="redundant-parentheses",
    title="parentheses around parentheses, or NOT around NOT",
    severity=Severity.INFO,
    needs=Needs.CONDITION,
    why="Readers count parentheses to see what belongs together, and pairs that hold nothing make "
    "them count wrong. A doubled NOT is read as one, which turns the meaning around.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 ((
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders'
 ))
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders'
 )
)""",
    page="conditions-format",
    find=find,
    mends=Mends.SAFE,
    fix="Safe: the tree is the same, but for two NOTs that undo each other.",
)
