"""What a principal can do, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from azcond.access import Capabilities, Case, DenyAssignment, Holding, Permission, Plane, Standing
from azcond.access.models import fold_id
from azcond.access.roles import plane_lists
from azcond.kinds import fold
from azcond.reports.finding import counted
from azcond.reports.holders import NameOf, denial_name, denial_text
from azcond.reports.readable import (
    condition_text,
    principal_text,
    scope_text,
    set_aside_text,
    wrapped,
)
from azcond.reports.style import Style, visible


def capabilities_lines(
    capabilities: Capabilities, principal_id: str, scope: str, name_of: NameOf, style: Style
) -> list[str]:
    """Each holding, then what is denied and what is not counted, and last the summary."""
    lines: list[str] = []
    for holding in capabilities.holdings:
        lines += [*_holding_lines(holding, principal_id, scope, style), ""]
    for denial in capabilities.denials:
        lines += [*_denial_lines(denial, scope, name_of), ""]
    lines += [set_aside_text(one, scope) for one in capabilities.set_aside]
    lines += [f"not known: {visible(gap)}" for gap in capabilities.gaps]
    return [*lines, _summary(capabilities)]


def _holding_lines(holding: Holding, principal_id: str, scope: str, style: Style) -> Iterator[str]:
    through = ""
    if fold_id(holding.assignment.principal_id) != fold_id(principal_id):
        through = f", through {principal_text(holding.assignment)}"
    role = style.strong(visible(holding.role.name))
    yield f"{role}{_entry_text(holding)}, {scope_text(holding.assignment.scope, scope)}{through}"
    *named, rest = holding.cases
    for case in named:
        yield f"  {visible(case.action or '')}"
        yield from wrapped(_case_text(case), style, indent=4)
    yield from wrapped(f"{'everything else' if named else 'all'}, {_case_text(rest)}", style, 2)
    yield from _permission_lines(
        holding.permission, [case.action or "" for case in named], holding.denied
    )


def _entry_text(holding: Holding) -> str:
    if len(holding.role.permissions) == 1:
        return ""
    return f" (permission entry {holding.entry + 1} of {len(holding.role.permissions)})"


def _case_text(case: Case) -> str:
    match case.standing:
        case Standing.UNCONDITIONAL:
            return "without a condition"
        case Standing.CONDITIONAL:
            assert case.remains is not None
            return f"if {condition_text(case.remains)}"
        case Standing.BLOCKED:
            return f"not: denied by {', '.join(map(denial_name, case.denied_by))}"
        case Standing.NEVER:
            return "not: the condition is not met"
        case _:
            assert_never(case.standing)


def _permission_lines(
    permission: Permission,
    told: Sequence[str] = (),
    denied: Mapping[tuple[Plane, str], DenyAssignment] = {},
) -> Iterator[str]:
    """The four lists, without the actions that were told before."""
    left_out = set(map(fold, told))
    for plane, label, excluded in (
        (Plane.MANAGEMENT, "actions", "notActions"),
        (Plane.DATA, "dataActions", "notDataActions"),
    ):
        granting, subtracting = plane_lists(permission, plane)
        shown = [one for one in dict.fromkeys(granting) if fold(one) not in left_out]
        for at, pattern in enumerate(shown):
            denial = denied.get((plane, pattern))
            suffix = f"  denied by {denial_name(denial)}" if denial else ""
            yield f"    {'' if at else label:<15}{visible(pattern)}{suffix}"
        for at, pattern in enumerate(dict.fromkeys(subtracting)):
            yield f"    {'' if at else excluded:<15}{visible(pattern)}"


def _denial_lines(denial: DenyAssignment, scope: str, name_of: NameOf) -> Iterator[str]:
    yield f"denied by {denial_text(denial, scope, name_of)}"
    for entry in denial.permissions:
        yield from _permission_lines(entry)
        if entry.condition:
            yield f"    if {visible(entry.condition)}"


def _summary(capabilities: Capabilities) -> str:
    text = counted(len({id(one.assignment) for one in capabilities.holdings}), "role assignment")
    conditional = sum(
        any(case.standing is Standing.CONDITIONAL for case in holding.cases)
        for holding in capabilities.holdings
    )
    if conditional:
        text += f", {conditional:,} with a condition"
    return f"{text}; deny assignments: {len(capabilities.denials) or 'none'}"
