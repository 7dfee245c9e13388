"""An attribute that is in preview."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import operand_attributes
from azcond.catalogue import Status
from azcond.diagnostics import Severity
from azcond.linter.questions import known_attribute_of
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject


def find(subject: Subject) -> Iterator[Found]:
    """The first use of each attribute that the catalogue marks as a preview."""
    seen = set()
    for leaf in subject.leaves:
        for attribute in operand_attributes(leaf):
            known = known_attribute_of(attribute)
            if known is None or known.status is not Status.PREVIEW or known.key in seen:
                continue
            seen.add(known.key)
            yield Found(
                attribute.span,
                f"the attribute `{known.name}` is in preview, so it may change or go away",
                None,
            )


RULE = Rule(
    code="LIM604",
    slug="preview-attribute",
    title="attribute that is in preview",
    severity=Severity.INFO,
    needs=Needs.CATALOGUE,
    why="Previews come without a service level agreement, and not in every cloud. When the "
    "attribute changes its name, every request that the condition guards is refused.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.KeyVault/vaults/secrets/getSecret/action'})
 )
 OR
 (
  @Resource[Microsoft.KeyVault/vaults:name] StringEquals 'pay-prod'
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'pay-prod'
 )
)""",
    page="conditions-format",
    find=find,
)
