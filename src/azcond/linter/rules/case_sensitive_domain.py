"""A case-sensitive comparison with an attribute that ignores case."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import operand_attributes
from azcond.checker.findings import unsafe_fix
from azcond.diagnostics import Edit, Severity
from azcond.kinds import Kind
from azcond.linter.questions import known_attribute_of
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject
from azcond.source import Span


def find(subject: Subject) -> Iterator[Found]:
    """String relations without `IgnoreCase` on attributes that are the same in any case."""
    for comparison in subject.comparisons:
        relation, span = comparison.operator.relation, comparison.operator.span
        if relation.kind is not Kind.STRING or relation.ignore_case:
            continue
        for attribute in operand_attributes(comparison):
            known = known_attribute_of(attribute)
            if known is not None and known.ignore_case:
                better = f"{relation.name}IgnoreCase"
                edit = Edit(Span(span.end - len(relation.name), span.end), better)
                yield Found(
                    span,
                    f"case says nothing in {known.name}, and `{relation.name}` compares it",
                    f"write `{better}`",
                    unsafe_fix(f"write `{better}`", edit),
                )


RULE = Rule(
    code="COR413",
    slug="case-sensitive-domain",
    title="case-sensitive comparison with an attribute that ignores case",
    severity=Severity.WARNING,
    needs=Needs.CATALOGUE,
    why="Azure writes `/resourceGroups/` in one place and `/resourcegroups/` in another, and both "
    "name the same thing. A case-sensitive test then refuses the right network or lets the wrong "
    "one through, depending on who wrote the id.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Environment[Microsoft.Network/privateEndpoints] StringLike '*/privateEndpoints/orders-pe'
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Environment[Microsoft.Network/privateEndpoints] StringLikeIgnoreCase '*/privateEndpoints/orders-pe'
 )
)""",
    page="conditions-authorization-actions-attributes",
    find=find,
    mends=Mends.UNSAFE,
    fix="Unsafe: values that differ only in case count as equal afterwards.",
)
