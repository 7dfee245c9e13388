"""SEC307: tags decide, and whoever is to be limited can write them."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import AttributeSource, Comparison
from azcond.diagnostics import Fix, Severity
from azcond.linter.amendments import add_clauses, all_of, guarded
from azcond.linter.questions import (
    BLOBS,
    READ,
    TAGS,
    WRITE_TAGS,
    can_ask,
    open_tag_writes,
    operations_below,
    readers,
)
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}
   AND NOT SubOperationMatches{'Blob.List'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Stage<$key_case_sensitive$>]
    StringEquals 'public')
"""

GOOD = (
    BAD
    + """\
AND
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags/write'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Stage<$key_case_sensitive$>]
    StringEquals 'public')
"""
)


def _find(subject: Subject) -> Iterator[Found]:
    if next(readers([subject.tree], TAGS, AttributeSource.RESOURCE), None) is None:
        return
    first = _first_use(subject)
    if first is None:
        return
    writes = open_tag_writes(subject)
    if writes:
        who = "whoever may write them" if subject.role is None else "anyone"
        yield Found(
            first.span,
            f"blob index tags decide here, and {who} can change them: `{writes[0]}` is not limited",
            "limit the writing of tags as well",
            _fix(subject, writes),
        )


def _first_use(subject: Subject) -> Comparison | None:
    """Where tags first decide about anything but the writing of tags."""
    found = [
        comparison
        for action, suboperation in operations_below(BLOBS)
        if action != WRITE_TAGS
        for comparison in readers(
            subject.demands.of(action, suboperation).parts, TAGS, AttributeSource.RESOURCE
        )
    ]
    return min(found, key=lambda comparison: comparison.span, default=None)


def _fix(subject: Subject, writes: list[str]) -> Fix | None:
    parts = subject.demands.of(READ).parts
    if not parts or writes != [WRITE_TAGS] or not can_ask(WRITE_TAGS, parts):
        return None
    clause = guarded([WRITE_TAGS], all_of(parts))
    return add_clauses(subject, f"demand the same of `{WRITE_TAGS}`", [clause])


RULE = Rule(
    code="SEC307",
    slug="unprotected-tags",
    title="tag condition without protection of the tags",
    severity=Severity.SECURITY,
    needs=Needs.CONDITION,
    why=(
        "Where blob index tags decide who reads a blob, whoever can write tags decides it. An "
        "account that may not read a blob sets the tag that is asked for, and reads it."
    ),
    bad=BAD,
    good=GOOD,
    page="storage-auth-abac-security",
    find=_find,
    mends=Mends.UNSAFE,
    fix="It limits the writing of tags, which was open before.",
)
