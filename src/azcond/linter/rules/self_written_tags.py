"""SEC319: a principal is compared with a tag that this same principal writes."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import AttributeSource, operand_attributes
from azcond.diagnostics import Severity
from azcond.linter.questions import TAGS, open_tag_writes, readers
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}
   AND NOT SubOperationMatches{'Blob.List'})
 OR @Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Work_Project]
    StringEquals
    @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project<$key_case_sensitive$>])
AND
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/runAsSuperUser/action'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'work')
"""

GOOD = (
    BAD
    + """\
AND
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags/write'})
 OR @Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Work_Project]
    StringEquals
    @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project<$key_case_sensitive$>])
AND
((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'}
   AND SubOperationMatches{'Blob.Write.WithTagHeaders'})
 AND
 !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'}
   AND SubOperationMatches{'Blob.Write.WithTagHeaders'}))
 OR @Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Work_Project]
    StringEquals
    @Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project<$key_case_sensitive$>])
"""
)


def _find(subject: Subject) -> Iterator[Found]:
    if subject.role is None:
        return
    found = [
        comparison
        for comparison in readers([subject.tree], TAGS, AttributeSource.RESOURCE)
        if any(a.source is AttributeSource.PRINCIPAL for a in operand_attributes(comparison))
    ]
    writes = open_tag_writes(subject) if found else []
    if writes:
        for comparison in found:
            yield Found(
                comparison.span,
                "the principal is compared with a tag that the same principal can write: "
                f"`{writes[0]}` is not limited",
                "demand the same of every action that writes tags",
            )


RULE = Rule(
    code="SEC319",
    slug="self-written-tags",
    title="principal compared with a tag that it can write",
    severity=Severity.SECURITY,
    needs=Needs.ROLE,
    why=(
        "The role that is limited here also writes blob index tags. Someone of project A sets the "
        "tag of a blob of project B to their own project, and reads it."
    ),
    bad=BAD,
    good=GOOD,
    page="storage-auth-abac-security",
    find=_find,
    role="Storage Blob Data Owner",
    silences=("SEC307",),
)
