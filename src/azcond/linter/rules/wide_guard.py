"""ACT216: a guard with a wildcard that stands for more than what takes conditions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from azcond.actions import is_wildcard
from azcond.ast import ActionMatches
from azcond.catalogue import all_actions
from azcond.diagnostics import Severity
from azcond.kinds import fold
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'*/write'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'inbox')
"""


def _find(subject: Subject) -> Iterator[Found]:
    for leaf in subject.leaves:
        if isinstance(leaf, ActionMatches):
            for pattern in leaf.patterns:
                message = _fault(str(pattern.value))
                if message is not None:
                    advice = "write the actions out, one guard for each"
                    yield Found(pattern.span, message, advice)


def _fault(pattern: str) -> str | None:
    if not is_wildcard(pattern):
        return None
    written = fold(pattern.partition("*")[0])
    if "/" not in written:
        return "this guard stands for actions of every resource provider"
    if written.startswith(_resources()):
        return None
    return "this guard stands for more actions than those that take conditions"


@cache
def _resources() -> tuple[str, ...]:
    """The resource types whose actions take conditions: what those of a page have in common."""
    common: dict[tuple[str, str], list[str]] = {}
    for action in all_actions():
        *parents, _ = fold(action.id).split("/")
        key = action.page, parents[0]
        shared = common.setdefault(key, parents)
        same = [one for one, other in zip(shared, parents, strict=False) if one == other]
        common[key] = same
    return tuple(f"{'/'.join(parents)}/" for parents in common.values())


RULE = Rule(
    code="ACT216",
    slug="wide-guard",
    title="guard wider than the actions that take conditions",
    severity=Severity.WARNING,
    needs=Needs.CONDITION,
    why=(
        "A wildcard makes the demand of actions that have no such attribute, and those are then "
        "refused. It also takes in whatever a provider adds later, under rules that no one wrote "
        "for it."
    ),
    bad=BAD,
    good=BAD.replace(
        "'*/write'", "'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*'"
    ),
    page="conditions-format",
    find=_find,
    silences=("ACT207", "ACT209"),
)
