"""A negative comparison with an attribute that may be absent."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import And
from azcond.checker.findings import unsafe_fix
from azcond.diagnostics import Edit, Severity
from azcond.formatter import format_expression
from azcond.linter.presence import find_unsettled
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject
from azcond.source import Span


def find(subject: Subject) -> Iterator[Found]:
    """`…Not…` relations whose attribute may be absent, where nothing says what happens then."""
    for case in find_unsettled(subject.tree):
        if case.is_denied or not case.comparison.operator.relation.is_negative:
            continue
        start, end = case.comparison.span
        attribute = format_expression(case.attribute)
        opener, closer = ("", "") if isinstance(case.parent, And) else ("(", ")")
        edits = [Edit(Span(start, start), f"{opener}Exists {attribute} AND ")]
        edits += [Edit(Span(end, end), closer)] if closer else []
        yield Found(
            case.comparison.span,
            f"`{case.comparison.operator.name}` is asked of an attribute that may be absent, and "
            "no page says what it gives then",
            f"write `Exists {attribute} AND …`, or `NOT Exists {attribute} OR …` if requests "
            "without it should pass",
            unsafe_fix("ask for the attribute first", *edits),
        )


RULE = Rule(
    code="COR406",
    slug="negative-on-absent",
    title="negative comparison with an attribute that may be absent",
    severity=Severity.WARNING,
    needs=Needs.CATALOGUE,
    why="A blob without the tag is neither equal nor unequal to a value, and the documentation "
    "does not say whether `…NotEquals` lets it pass. What one engine refuses another may grant, "
    "so data without the attribute is either locked away or open to everyone.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.OperationalInsights/workspaces/tables/data/read'})
 )
 OR
 (
  @Resource[Microsoft.OperationalInsights/workspaces/tables/record:Region] StringNotEquals 'eu'
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.OperationalInsights/workspaces/tables/data/read'})
 )
 OR
 (
  Exists @Resource[Microsoft.OperationalInsights/workspaces/tables/record:Region]
  AND
  @Resource[Microsoft.OperationalInsights/workspaces/tables/record:Region] StringNotEquals 'eu'
 )
)""",
    page="conditions-format",
    find=find,
    mends=Mends.UNSAFE,
    fix="Unsafe: where the service lets requests without the attribute pass, they no longer do.",
)
