"""A value that stands twice in one set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azcond.ast import (
    ActionMatches,
    Comparison,
    Literal,
    SetLiteral,
    SubOperationMatches,
    constant_values,
)
from azcond.checker.findings import safe_fix
from azcond.diagnostics import Edit, Severity
from azcond.kinds import Comparable, fold
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject
from azcond.source import Span


def find(subject: Subject) -> Iterator[Found]:
    """Each value that equals an earlier one of its set, as the relation compares them."""
    for leaf in subject.leaves:
        match leaf:
            case ActionMatches() | SubOperationMatches():
                names = [fold(str(pattern.value)) for pattern in leaf.patterns]
                yield from _repeated(leaf.patterns, names, subject.text)
            case Comparison(operator=operator) if operator.quantifier is not None:
                for operand in (leaf.left, leaf.right):
                    values = constant_values(operand, operator.relation)
                    if isinstance(operand, SetLiteral) and values is not None:
                        yield from _repeated(operand.items, values, subject.text)
            case _:
                pass


def _repeated(items: Sequence[Literal], values: Sequence[Comparable], text: str) -> Iterator[Found]:
    first: dict[Comparable, Literal] = {}
    for before, item, value in zip(items, items[1:], values[1:], strict=False):
        first.setdefault(values[0], items[0])
        known = first.setdefault(value, item)
        if known is not item:
            written = text[known.span.start : known.span.end]
            fix = safe_fix("remove it", Edit(Span(before.span.end, item.span.end), ""))
            message = f"this value already stands in the set, as `{written}`"
            yield Found(item.span, message, "was another value meant?", fix)


RULE = Rule(
    code="COR404",
    slug="duplicate-value",
    title="value that stands twice in one set",
    severity=Severity.WARNING,
    needs=Needs.CONDITION,
    why="Whoever typed a value twice often meant two values, and the one that was meant is "
    "missing. Reviewers count the entries of an allow-list, and this one has fewer than it shows.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.KeyVault/vaults/secrets/getSecret/action'})
 )
 OR
 (
  @Resource[Microsoft.KeyVault/vaults:name] ForAnyOfAnyValues:StringEqualsIgnoreCase {
   'pay-prod', 'Pay-Prod'
  }
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.KeyVault/vaults/secrets/getSecret/action'})
 )
 OR
 (
  @Resource[Microsoft.KeyVault/vaults:name] ForAnyOfAnyValues:StringEqualsIgnoreCase {
   'pay-prod', 'pay-test'
  }
 )
)""",
    page="conditions-format",
    find=find,
    mends=Mends.SAFE,
    fix="Safe: a set holds each of its values once.",
)
