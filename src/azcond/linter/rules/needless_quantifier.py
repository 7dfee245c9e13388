"""A quantifier where one value is compared with one value."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import Attribute, Comparison, Literal, SetLiteral
from azcond.catalogue import AttributeType
from azcond.checker.findings import Findings, unsafe_fix
from azcond.diagnostics import Severity
from azcond.linter.questions import known_attribute_of
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject

_LISTS = (AttributeType.STRING_LIST, AttributeType.CUSTOM_SECURITY)


def find(subject: Subject) -> Iterator[Found]:
    """Quantified comparisons of an attribute that has one value with a set of one."""
    for comparison in subject.comparisons:
        item = _only_item(comparison)
        if comparison.operator.quantifier is None or item is None:
            continue
        known = known_attribute_of(comparison.left)
        if (
            isinstance(comparison.left, Attribute)
            and known is not None
            and known.type not in _LISTS
        ):
            yield _report(comparison, item, subject.text)


def _only_item(comparison: Comparison) -> Literal | None:
    match comparison.right:
        case SetLiteral(items=(item,)):
            return item
        case _:
            return None


def _report(comparison: Comparison, item: Literal, text: str) -> Found:
    relation = comparison.operator.relation.name
    findings = Findings(text)
    written = text[item.span.start : item.span.end]
    return Found(
        comparison.operator.span,
        f"one value is compared with one value, which `{relation}` does without a quantifier",
        f"write `{relation} {written}`",
        unsafe_fix(
            f"write `{relation} {written}`",
            findings.replace(comparison.operator.span, relation),
            findings.replace(comparison.right.span, written),
        ),
    )


RULE = Rule(
    code="STY506",
    slug="needless-quantifier",
    title="quantifier where one value is compared with one value",
    severity=Severity.INFO,
    needs=Needs.CATALOGUE,
    why="A quantifier tells readers that there may be several values, and has them think about "
    "each pair. Where there is only one pair, the plain relation says the same in one word.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name]
  ForAnyOfAnyValues:StringEquals {'orders'}
 )
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
    mends=Mends.UNSAFE,
    fix="Unsafe: the two differ for a request that holds several values, which the documentation "
    "rules out for this attribute and the language does not.",
)
