"""ACT212: a guard for an action that the role does not grant."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.actions import is_wildcard
from azcond.clauses import Clause, ClauseKind, Target
from azcond.diagnostics import Fix, Severity
from azcond.linter.amendments import without_targets
from azcond.linter.questions import role_lists
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.showing import own_role
from azcond.linter.subject import Subject

GOOD = """\
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs')
"""

_MOST_FIXES = 16
"""A fix may write the whole text anew, so one text gets this many at most."""


def _find(subject: Subject) -> Iterator[Found]:
    if subject.role is None:
        return
    count = 0
    for clause in subject.clauses:
        dead = [target for target in clause.targets if _is_dead(subject, target)]
        for target in dead:
            count += 1
            yield Found(
                target.action_patterns[0].span,
                f"{own_role(subject)} does not grant this action, so the guard is for nothing",
                "guard an action of the role, or assign the role that was meant",
                _fix(subject, clause, dead) if count <= _MOST_FIXES else None,
            )


def _is_dead(subject: Subject, target: Target) -> bool:
    """Whether the role grants none of the actions of a target; a wildcard is left alone."""
    return bool(target.actions) and not any(
        is_wildcard(action) or role_lists(subject, action) for action in target.actions
    )


def _fix(subject: Subject, clause: Clause, dead: list[Target]) -> Fix | None:
    if clause.kind is not ClauseKind.GUARDED or clause.expression is None:
        return None
    return without_targets(subject, clause, [one for one in clause.targets if one not in dead])


RULE = Rule(
    code="ACT212",
    slug="dead-guard",
    title="guard for an action that the role does not grant",
    severity=Severity.WARNING,
    needs=Needs.ROLE,
    why=(
        "A clause for an action that the role does not grant is never used. Often the condition "
        "was written for another role, and what this role does grant is not limited at all."
    ),
    bad=(
        GOOD
        + """\
AND
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'drafts')
"""
    ),
    good=GOOD,
    page="storage-auth-abac-examples",
    find=_find,
    mends=Mends.UNSAFE,
    fix="It no longer limits the action for another role that the condition may be copied to.",
    role="Storage Blob Data Reader",
)
