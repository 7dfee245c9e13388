"""ACT212: a guard for an action that the role does not grant."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.actions import is_wildcard
from azcond.diagnostics import Severity
from azcond.linter.questions import role_lists
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.showing import own_role
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'drafts')
"""


def _find(subject: Subject) -> Iterator[Found]:
    if subject.role is None:
        return
    for clause in subject.clauses:
        for target in clause.targets:
            for pattern in target.action_patterns:
                action = str(pattern.value)
                if not is_wildcard(action) and not role_lists(subject, action):
                    yield Found(
                        pattern.span,
                        f"{own_role(subject)} does not grant this action, so the guard is for nothing",
                        "guard an action of the role, or assign the role that was meant",
                    )


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
    bad=BAD,
    good=BAD.replace("/delete'", "/read'"),
    page="storage-auth-abac-examples",
    find=_find,
    role="Storage Blob Data Reader",
)
