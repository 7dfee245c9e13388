"""ACT206: reading is limited by path, and the names of all blobs can be listed."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import AttributeSource
from azcond.diagnostics import Severity
from azcond.linter.amendments import add_clauses
from azcond.linter.listing import listing_clause
from azcond.linter.questions import LIST, PATH, READ, is_open, readers
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}
   AND NOT SubOperationMatches{'Blob.List'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path]
    StringLike 'team/*')
"""


def _find(subject: Subject) -> Iterator[Found]:
    parts = subject.demands.of(READ).parts
    first = next(readers(parts, PATH, AttributeSource.RESOURCE), None)
    if first is None or not is_open(subject, READ, LIST):
        return
    clause = listing_clause(parts)
    yield Found(
        first.span,
        "reading is limited by path, but listing is not: the names of all blobs can be seen",
        "add a clause for `Blob.List` that limits "
        "`@Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:prefix]`",
        add_clauses(subject, "limit the prefix of a listing", [clause]) if clause else None,
    )


RULE = Rule(
    code="ACT206",
    slug="listing-open",
    title="reading limited by path, listing not",
    severity=Severity.SECURITY,
    needs=Needs.CONDITION,
    why=(
        "Listing is a suboperation of reading, and `NOT SubOperationMatches{'Blob.List'}` takes it "
        "out of the clause. Whoever may read one folder sees the names of all blobs in every "
        "container: customers, projects, dates."
    ),
    bad=BAD,
    good=(
        BAD
        + """\
AND
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}
   AND SubOperationMatches{'Blob.List'})
 OR @Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:prefix]
    StringStartsWith 'team/')
"""
    ),
    page="storage-auth-abac-attributes",
    find=_find,
    mends=Mends.UNSAFE,
    fix="Listing without the prefix, or with another one, is refused afterwards.",
)
