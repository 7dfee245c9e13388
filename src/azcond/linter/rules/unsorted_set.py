"""A set that is not sorted, or a GUID that is not in its usual form."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import Comparison, Literal, SetLiteral
from azcond.checker.findings import Findings, safe_fix
from azcond.diagnostics import Severity
from azcond.kinds import Kind
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject


def find(subject: Subject) -> Iterator[Found]:
    """Sets of quantified comparisons, and GUIDs that stand alone."""
    for comparison in subject.comparisons:
        for operand in (comparison.left, comparison.right):
            match operand:
                case SetLiteral():
                    yield from _examine_set(operand, comparison, subject.text)
                case Literal(kind=Kind.GUID):
                    yield from _examine_guid(operand, subject.text)
                case _:
                    pass


def _examine_guid(literal: Literal, text: str) -> Iterator[Found]:
    usual = str(literal.value)
    if text[literal.span.start : literal.span.end] != usual:
        edit = Findings(text).replace(literal.span, usual)
        yield Found(
            literal.span,
            "a GUID is written in lower case with dashes, without quotes",
            None,
            safe_fix(f"write `{usual}`", edit),
        )


def _examine_set(operand: SetLiteral, comparison: Comparison, text: str) -> Iterator[Found]:
    items = list(operand.items)
    kinds = {item.kind for item in items}
    if comparison.operator.quantifier is not None and len(kinds) == 1:
        items.sort(key=lambda item: item.value)
    written = [text[item.span.start : item.span.end] for item in operand.items]
    # the characters of a string stay as they are written; only GUIDs have a usual form
    usual = [
        str(item.value) if item.kind is Kind.GUID else text[item.span.start : item.span.end]
        for item in items
    ]
    if written == usual:
        return
    findings = Findings(text)
    edits = [
        findings.replace(item.span, better)
        for item, before, better in zip(operand.items, written, usual, strict=True)
        if before != better
    ]
    is_sorted = all(item is other for item, other in zip(items, operand.items, strict=True))
    yield Found(
        operand.span,
        "a GUID is written in lower case with dashes, without quotes"
        if is_sorted
        else "the values of this set are not sorted",
        "a sorted set shows at a glance what is in it, and what a change adds",
        safe_fix("write them so" if is_sorted else "sort them", *edits),
    )


RULE = Rule(
    code="STY504",
    slug="unsorted-set",
    title="set that is not sorted, or GUID that is not lower case with dashes",
    severity=Severity.INFO,
    needs=Needs.CONDITION,
    why="Two teams that add a value to an unsorted set add it in two places, and nobody sees that "
    "it is there twice. GUIDs in several spellings escape a search for the role that they name.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name]
  ForAnyOfAnyValues:StringEquals {'returns', 'orders'}
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name]
  ForAnyOfAnyValues:StringEquals {'orders', 'returns'}
 )
)""",
    page="conditions-format",
    find=find,
    mends=Mends.SAFE,
    fix="Safe: a set has no order, and a GUID is compared by value.",
)
