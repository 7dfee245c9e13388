"""An attribute compared with itself."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import Attribute
from azcond.diagnostics import Severity
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject
from azcond.request import place_of


def find(subject: Subject) -> Iterator[Found]:
    """Comparisons with one attribute on both sides."""
    for comparison in subject.comparisons:
        left, right = comparison.left, comparison.right
        if isinstance(left, Attribute) and isinstance(right, Attribute):
            if place_of(left) != place_of(right):
                continue
            yield Found(
                comparison.span,
                "both sides are the same attribute, so its value does not matter",
                "compare with another attribute, such as the same one of another source, or with "
                "a value",
            )


RULE = Rule(
    code="COR414",
    slug="self-comparison",
    title="attribute compared with itself",
    severity=Severity.WARNING,
    needs=Needs.CONDITION,
    why="`@Resource[…] StringEquals @Resource[…]` with one attribute on both sides lets every "
    "value pass, while it reads like a restriction. It usually comes from copying a line and "
    "changing one side less than intended, for instance `@Principal` into `@Resource`.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.KeyVault/vaults/secrets/setSecret/action'})
 )
 OR
 (
  @Request[Microsoft.KeyVault/vaults/secrets:name] StringEquals
  @Request[Microsoft.KeyVault/vaults/secrets:name]
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.KeyVault/vaults/secrets/setSecret/action'})
 )
 OR
 (
  @Request[Microsoft.KeyVault/vaults/secrets:name] StringEquals
  @Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Payments_Secret]
 )
)""",
    page="conditions-format",
    find=find,
    silences=("COR401", "COR402", "COR403"),
)
