"""NOT around a comparison with an attribute that may be absent."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import Not
from azcond.diagnostics import Severity
from azcond.formatter import format_expression
from azcond.linter.presence import find_unsettled
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject


def find(subject: Subject) -> Iterator[Found]:
    """Comparisons under NOT whose attribute may be absent, where nothing settles that case."""
    for case in find_unsettled(subject.tree):
        if case.is_denied:
            attribute = format_expression(case.attribute)
            place = case.parent if isinstance(case.parent, Not) else case.comparison
            yield Found(
                place.span,
                "a comparison under NOT reads an attribute that may be absent, and no page says "
                "what NOT gives then",
                f"say what happens without the attribute: `Exists {attribute} AND …`, or "
                f"`NOT Exists {attribute} OR …`",
            )


RULE = Rule(
    code="COR408",
    slug="negated-comparison",
    title="NOT of a comparison with an attribute that may be absent",
    severity=Severity.WARNING,
    needs=Needs.CATALOGUE,
    why="If an engine takes a comparison with an absent attribute as false, NOT makes it true, and "
    "everything that lacks the attribute passes. An attacker then only has to leave the attribute "
    "out.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.OperationalInsights/workspaces/tables/data/read'})
 )
 OR
 (
  NOT (
   @Resource[Microsoft.OperationalInsights/workspaces/tables/record:Region] StringEquals 'eu'
  )
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
)
