"""ACT207: blobs can be written within limits, and created without any, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.analysis import Budget, documented, same_decisions
from azcond.ast import And, Expression, leaves
from azcond.diagnostics import Fix, Severity
from azcond.linter.amendments import add_clauses, all_of, guarded
from azcond.linter.chains import joined
from azcond.linter.questions import (
    ADD,
    TAG_HEADERS,
    WRITE,
    WRITE_TAGS,
    is_open,
    may_grant,
    place_for,
)
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'inbox')
"""

_STEPS = 2_000
_MOST_LEAVES = 12
"""The work of showing that two demands are the same in other words; nothing is said past it."""


def _find(subject: Subject) -> Iterator[Found]:
    for suboperation in (None, TAG_HEADERS):
        for limited, free in ((WRITE, ADD), (ADD, WRITE)):
            if _is_about_existing_tags(subject, limited, suboperation):
                continue
            is_limited = not subject.demands.of(limited, suboperation).is_free
            if is_limited and is_open(subject, free, suboperation):
                yield _report_open(subject, limited, free, suboperation)
                return
    for suboperation in (None, TAG_HEADERS):
        if _differ(subject, suboperation):
            yield Found(
                place_for(subject, ADD, suboperation),
                f"`{WRITE}` and `{ADD}` both create blobs, and each under other demands",
                "demand the same of both, best in one clause",
            )
            return


def _is_about_existing_tags(subject: Subject, limited: str, suboperation: str | None) -> bool:
    """Whether a clause is for changing the tags of blobs that exist, which creating does not."""
    if limited != WRITE or suboperation != TAG_HEADERS or not subject.demands.of(WRITE).is_free:
        return False
    return not subject.demands.of(WRITE_TAGS).is_free


def _report_open(subject: Subject, limited: str, free: str, suboperation: str | None) -> Found:
    parts = subject.demands.of(limited, suboperation).parts
    fix: Fix | None = None
    if parts:
        clause = guarded([free], all_of(parts), suboperation)
        fix = add_clauses(subject, f"demand the same of `{free}`", [clause])
    return Found(
        place_for(subject, limited, suboperation),
        f"`{limited}` is limited and `{free}` is not, and either creates blobs",
        f"demand the same of `{free}`",
        fix,
    )


def _differ(subject: Subject, suboperation: str | None) -> bool:
    demands = [subject.demands.of(action, suboperation) for action in (WRITE, ADD)]
    if any(demand.is_free or demand.is_refused for demand in demands):
        return False
    if not (may_grant(subject, WRITE, suboperation) and may_grant(subject, ADD, suboperation)):
        return False
    one, other = (demand.parts for demand in demands)
    if _conjuncts(one) == _conjuncts(other):
        return False
    if sum(1 for part in (*one, *other) for _ in leaves(part)) > _MOST_LEAVES:
        return False
    return not same_decisions(_whole(one), _whole(other), documented, Budget(_STEPS))


def _whole(parts: tuple[Expression, ...]) -> Expression:
    return parts[0] if len(parts) == 1 else And(parts, parts[0].span)


def _conjuncts(parts: tuple[Expression, ...]) -> set[Expression]:
    return {operand for part in parts for operand in joined(part, And)}


RULE = Rule(
    code="ACT207",
    slug="open-creation",
    title="writing blobs limited and creating them not, or the reverse",
    severity=Severity.SECURITY,
    needs=Needs.CONDITION,
    why=(
        "`blobs/write` and `blobs/add/action` both create blobs, and a role may grant either. "
        "Whoever may write into one container only creates a blob in any other one through the "
        "action that was forgotten."
    ),
    bad=BAD,
    good=BAD.replace(
        " OR",
        " AND\n !(ActionMatches"
        "{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'}))\n OR",
    ).replace("(!", "((!", 1),
    page="storage-auth-abac-attributes",
    find=_find,
    mends=Mends.UNSAFE,
    fix="It limits an action that was open before.",
)
