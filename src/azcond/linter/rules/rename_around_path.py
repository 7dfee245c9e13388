"""SEC308: paths decide, and blobs can be renamed."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import AttributeSource
from azcond.diagnostics import Severity
from azcond.linter.amendments import extend_to
from azcond.linter.questions import ADD, DELETE, MOVE, PATH, READ, WRITE, is_open, readers
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.showing import own_role
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path]
    StringStartsWith 'drafts/')
"""

GOOD = """\
((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})
 AND
 !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/move/action'}))
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path]
    StringStartsWith 'drafts/')
"""

_MODELS = ((DELETE, None), (WRITE, None), (ADD, None), (READ, None))


def _find(subject: Subject) -> Iterator[Found]:
    if subject.role is None:
        return
    first = next(readers([subject.tree], PATH, AttributeSource.RESOURCE), None)
    if first is not None and is_open(subject, MOVE):
        yield Found(
            first.span,
            f"the path decides here, and {own_role(subject)} can rename any blob: "
            f"`{MOVE}` is not limited",
            f"demand the same of `{MOVE}`",
            extend_to(subject, MOVE, _MODELS),
        )


RULE = Rule(
    code="SEC308",
    slug="rename-around-path",
    title="path condition around which blobs can be renamed",
    severity=Severity.SECURITY,
    needs=Needs.ROLE,
    why=(
        "With a hierarchical namespace `move/action` renames a file or a directory. Whoever may "
        "only delete below `drafts/` moves a file there first, and then deletes it."
    ),
    bad=BAD,
    good=GOOD,
    page="storage-auth-abac-attributes",
    find=_find,
    mends=Mends.UNSAFE,
    fix="It limits renaming, which was open before.",
    role="Storage Blob Data Contributor",
)
