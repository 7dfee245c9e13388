"""ACT217: blobs can be deleted within limits, and their versions without any."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.diagnostics import Fix, Severity
from azcond.linter.amendments import add_clauses, all_of, guarded
from azcond.linter.questions import (
    DELETE,
    DELETE_FOR_GOOD,
    DELETE_VERSION,
    can_ask,
    is_open,
    may_grant,
    place_for,
)
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.showing import own_role
from azcond.linter.subject import Subject

BAD = """\
((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})
 AND
 !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/runAsSuperUser/action'}))
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'drafts')
"""


def _find(subject: Subject) -> Iterator[Found]:
    if subject.role is None or subject.demands.of(DELETE).is_free:
        return
    others = [action for action in (DELETE_VERSION, DELETE_FOR_GOOD) if is_open(subject, action)]
    if others and may_grant(subject, DELETE):
        listed = " and ".join(f"`{action}`" for action in others)
        yield Found(
            place_for(subject, DELETE),
            f"deleting is limited, but {own_role(subject)} also grants {listed}",
            f"demand the same of {listed}",
            _fix(subject, others),
        )


def _fix(subject: Subject, others: list[str]) -> Fix | None:
    parts = subject.demands.of(DELETE).parts
    if not parts or not all(can_ask(action, parts) for action in others):
        return None
    clause = guarded(others, all_of(parts))
    return add_clauses(subject, "demand the same of the other ways to delete", [clause])


RULE = Rule(
    code="ACT217",
    slug="open-version-removal",
    title="deleting limited, deleting versions or for good not",
    severity=Severity.WARNING,
    needs=Needs.ROLE,
    why=(
        "Old versions and soft-deleted blobs go through actions of their own. Whoever may only "
        "delete in one container still destroys the versions, and so the backups, in all others."
    ),
    bad=BAD,
    good=BAD.replace(
        ")\n OR",
        """
 AND
 !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/deleteBlobVersion/action'})
 AND
 !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/permanentDelete/action'}))
 OR""",
    ),
    page="storage-auth-abac-attributes",
    find=_find,
    mends=Mends.UNSAFE,
    fix="It limits actions that were open before.",
    role="Storage Blob Data Owner",
)
