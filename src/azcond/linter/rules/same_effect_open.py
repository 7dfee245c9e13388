"""ACT213: another action that the role grants has the same effect, and is not limited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from azcond.diagnostics import Severity
from azcond.linter.amendments import extend_to
from azcond.linter.questions import BLOBS, is_open, may_grant, place_for
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.showing import own_role
from azcond.linter.subject import Subject

BAD = """\
((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/modifyPermissions/action'})
 AND
 !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/runAsSuperUser/action'}))
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'drafts')
"""

_MESSAGES = "Microsoft.Storage/storageAccounts/queueServices/queues/messages"
_LOG_TABLES = "Microsoft.OperationalInsights/workspaces/tables/data/read"
_LOGS = "Microsoft.Insights/logs/data/read"
_MODIFY, _OWN = f"{BLOBS}/modifyPermissions/action", f"{BLOBS}/manageOwnership/action"


class _Pair(NamedTuple):
    """Two actions; `effect` says what the other one does in the end."""

    limited: str
    other: str
    effect: str
    severity: Severity = Severity.SECURITY


_PAIRS = (
    _Pair(_MODIFY, _OWN, "makes an owner, who can modify permissions"),
    _Pair(_LOG_TABLES, _LOGS, "reads the same logs"),
    _Pair(_LOGS, _LOG_TABLES, "reads the same logs"),
    _Pair(f"{_MESSAGES}/add/action", f"{_MESSAGES}/write", "puts messages too"),
    # Microsoft's own example of peeking leaves receiving open, so this may be meant.
    _Pair(
        f"{_MESSAGES}/read", f"{_MESSAGES}/process/action", "gets messages too", Severity.WARNING
    ),
)


def _find(subject: Subject) -> Iterator[Found]:
    if subject.role is None:
        return
    for limited, other, effect, severity in _PAIRS:
        if subject.demands.of(limited).is_free or not may_grant(subject, limited):
            continue
        if is_open(subject, other):
            yield Found(
                place_for(subject, limited),
                f"{own_role(subject)} also grants `{other}`, which {effect}, and "
                "that is not limited",
                f"demand the same of `{other}`",
                extend_to(subject, other, [(limited, None)]),
                severity,
            )


RULE = Rule(
    code="ACT213",
    slug="same-effect-open",
    title="another action with the same effect is not limited",
    severity=Severity.SECURITY,
    needs=Needs.ROLE,
    why=(
        "A role often grants two ways to the same thing, and a clause for one leaves the other "
        "open. Whoever may modify permissions in one container only makes themselves the owner "
        "of a directory in another one, and modifies its permissions then."
    ),
    bad=BAD,
    good=BAD.replace(
        "(!",
        """\
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/manageOwnership/action'})
 AND
 !""",
        1,
    ),
    page="storage-auth-abac-security",
    find=_find,
    mends=Mends.UNSAFE,
    fix="It limits an action that was open before.",
    role="Storage Blob Data Owner",
)
