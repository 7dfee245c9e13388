"""An attribute that only Azure's own roles use."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import operand_attributes
from azcond.catalogue import Status
from azcond.diagnostics import Severity
from azcond.linter.questions import known_attribute_of
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject


def find(subject: Subject) -> Iterator[Found]:
    """Attributes that no page documents, outside of the built-in roles that read them."""
    if subject.entry is not None and subject.role and not subject.role.definition.is_custom:
        return
    for leaf in subject.leaves:
        for attribute in operand_attributes(leaf):
            known = known_attribute_of(attribute)
            if known is not None and known.status is Status.INTERNAL:
                yield Found(
                    attribute.span,
                    f"only Azure's own roles read `{attribute.id}`, and no page says what it holds",
                    "write a condition with documented attributes",
                )


RULE = Rule(
    code="LIM607",
    slug="internal-attribute",
    title="attribute that only Azure's own roles use",
    severity=Severity.WARNING,
    needs=Needs.CATALOGUE,
    why="What is copied out of a built-in role may read attributes that Azure fills in for its own "
    "services only. Elsewhere they are absent, and the condition is never met, or they change "
    "without notice.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[HasObotoken] BoolEquals true
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Environment[isPrivateLink] BoolEquals true
 )
)""",
    page="built-in-roles",
    find=find,
)
