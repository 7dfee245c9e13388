"""SEC312: assignments are limited, the requests of Privileged Identity Management are not."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.diagnostics import Severity
from azcond.linter.questions import ASSIGN, is_open, may_grant, place_for
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.showing import own_role
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 OR @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
AND
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 OR @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
"""

_REQUESTS = (
    "Microsoft.Authorization/roleAssignmentScheduleRequests/write",
    "Microsoft.Authorization/roleEligibilityScheduleRequests/write",
)


def _find(subject: Subject) -> Iterator[Found]:
    if subject.role is None or subject.demands.of(ASSIGN).is_free:
        return
    action = next((action for action in _REQUESTS if is_open(subject, action)), None)
    if action is None or not may_grant(subject, ASSIGN):
        return
    lists = subject.delegation.assigning_lists
    yield Found(
        lists[0].span if lists else place_for(subject, ASSIGN),
        f"{own_role(subject)} also grants `{action}`, which nothing here limits",
        "give `Role Based Access Control Administrator` instead, which assigns roles and cannot "
        "request them through Privileged Identity Management",
    )


RULE = Rule(
    code="SEC312",
    slug="eligible-assignments",
    title="role assignments limited, Privileged Identity Management requests not",
    severity=Severity.SECURITY,
    needs=Needs.ROLE,
    why=(
        "A request of Privileged Identity Management makes an assignment through another action "
        "than `roleAssignments/write`, and the condition does not ask anything of that action. A "
        "delegate requests Owner for themselves instead of assigning it."
    ),
    bad=BAD,
    good=BAD,
    page="delegate-role-assignments-overview",
    find=_find,
    role="User Access Administrator",
    good_role="Role Based Access Control Administrator",
)
