"""SEC309: all data operations of a hierarchical namespace stay open."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.diagnostics import Severity
from azcond.linter.amendments import extend_to
from azcond.linter.questions import (
    ADD,
    BLOBS,
    DELETE,
    LIST,
    READ,
    SUPER_USER,
    WRITE,
    is_open,
    may_grant,
    operations_below,
    place_for,
)
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.showing import own_role
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs')
"""

GOOD = """\
((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 AND
 !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/runAsSuperUser/action'}))
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs')
"""

_MODELS = ((READ, None), (WRITE, None), (ADD, None), (DELETE, None), (READ, LIST))


def _find(subject: Subject) -> Iterator[Found]:
    if subject.role is None or not is_open(subject, SUPER_USER):
        return
    for action, suboperation in operations_below(BLOBS):
        if not subject.demands.of(action, suboperation).is_free and may_grant(subject, action):
            yield Found(
                place_for(subject, action, suboperation),
                f"{own_role(subject)} also grants `{SUPER_USER}`, which does all of "
                "this without the condition",
                "demand the same of it, or give `Storage Blob Data Contributor`",
                extend_to(subject, SUPER_USER, _MODELS),
            )
            return


RULE = Rule(
    code="SEC309",
    slug="open-super-user",
    title="`runAsSuperUser` granted and not limited",
    severity=Severity.SECURITY,
    needs=Needs.ROLE,
    why=(
        "On an account with a hierarchical namespace `runAsSuperUser/action` covers every data "
        "operation. A Storage Blob Data Owner whose reading is limited to one container reads "
        "all of them through it."
    ),
    bad=BAD,
    good=GOOD,
    page="storage-auth-abac-attributes",
    find=_find,
    mends=Mends.UNSAFE,
    fix="It limits operations that were open before.",
    role="Storage Blob Data Owner",
    silences=("ACT213",),
)
