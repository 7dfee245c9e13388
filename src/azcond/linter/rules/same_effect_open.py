"""ACT213: another action that the role grants has the same effect, and is not limited."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.diagnostics import Severity
from azcond.linter.amendments import extend_to
from azcond.linter.questions import is_open, may_grant, place_for
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 OR @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders')
"""

_MESSAGES = "Microsoft.Storage/storageAccounts/queueServices/queues/messages"
_LOG_TABLES = "Microsoft.OperationalInsights/workspaces/tables/data/read"
_LOGS = "Microsoft.Insights/logs/data/read"

_SAME = (
    (f"{_MESSAGES}/read", f"{_MESSAGES}/process/action", "gets messages too"),
    (f"{_MESSAGES}/add/action", f"{_MESSAGES}/write", "puts messages too"),
    (_LOG_TABLES, _LOGS, "reads the same logs"),
    (_LOGS, _LOG_TABLES, "reads the same logs"),
)


def _find(subject: Subject) -> Iterator[Found]:
    if subject.role is None:
        return
    for limited, other, effect in _SAME:
        if subject.demands.of(limited).is_free or not may_grant(subject, limited):
            continue
        if is_open(subject, other):
            yield Found(
                place_for(subject, limited),
                f"`{subject.role.definition.name}` also grants `{other}`, which {effect} and is "
                "not limited",
                f"demand the same of `{other}`",
                extend_to(subject, other, [(limited, None)]),
            )


RULE = Rule(
    code="ACT213",
    slug="same-effect-open",
    title="another action with the same effect is not limited",
    severity=Severity.SECURITY,
    needs=Needs.ROLE,
    why=(
        "A role often grants two ways to the same thing, and a clause for one leaves the other "
        "open. Whoever may peek at the messages of one queue only receives those of every queue "
        "through `process/action`."
    ),
    bad=BAD,
    good=BAD.replace(
        " OR",
        " AND\n !(ActionMatches"
        "{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/process/action'}))\n OR",
    ).replace("(!", "((!", 1),
    page="storage-auth-abac-security",
    find=_find,
    mends=Mends.UNSAFE,
    fix="It limits an action that was open before.",
    role="Storage Queue Data Message Processor",
)
