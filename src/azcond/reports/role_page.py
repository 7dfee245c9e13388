"""A role definition, and what it grants of one action, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from azcond.access import Access, Plane, Standing
from azcond.access.dirt import dirt_of
from azcond.access.models import CONDITION_VERSION, Permission, RoleDefinition
from azcond.access.roles import plane_lists
from azcond.actions import action_matches
from azcond.errors import ConditionSyntaxError
from azcond.formatter import format as format_condition
from azcond.reports.readable import condition_text, wrapped
from azcond.reports.style import Style, visible


def role_lines(role: RoleDefinition, style: Style) -> Iterator[str]:
    """The whole definition, with what is odd about its patterns."""
    kind = "custom role" if role.is_custom else "role"
    yield f"{style.strong(visible(role.name))}   {kind} {visible(role.id)}"
    yield from wrap(visible(role.description), min(style.width, 100))
    for index, entry in enumerate(role.permissions):
        yield ""
        if len(role.permissions) > 1:
            yield style.strong(f"permission entry {index + 1} of {len(role.permissions)}")
        yield from permission_lines(entry, style)
    for index, note in enumerate(dirt_of(role)):
        if index == 0:
            yield ""
        yield from wrapped(f"note: {visible(note)}", style, indent=0)
    if role.assignable_scopes:
        yield ""
        yield f"assignable at {', '.join(map(visible, role.assignable_scopes))}"


def permission_lines(entry: Permission, style: Style) -> Iterator[str]:
    """The lists that are not empty, and the condition in its canonical layout."""
    lists = entry.lists()
    if not any(patterns for _, patterns in lists):
        yield "grants nothing"
    for label, patterns in lists:
        if patterns:
            yield style.strong(label)
            yield from (f"  {visible(pattern)}" for pattern in patterns)
    if entry.condition:
        version = entry.condition_version or "missing"
        stated = "" if version == CONDITION_VERSION else f" (version {visible(version)})"
        yield style.strong(f"condition{stated}")
        yield from (f"  {visible(line)}" for line in _laid_out(entry.condition))


def _laid_out(condition: str) -> list[str]:
    try:
        return format_condition(condition).splitlines()
    except ConditionSyntaxError as error:
        return [condition, f"grants nothing: it does not parse: {error}"]


def check_lines(
    role: RoleDefinition, action: str, plane: Plane, accesses: Sequence[Access], style: Style
) -> Iterator[str]:
    """Whether a role grants an action, by which pattern, and what its conditions still ask."""
    firm = any(access.standing is Standing.UNCONDITIONAL for access in accesses)
    verdict = "GRANTED" if firm else "GRANTED UNDER A CONDITION" if accesses else "NOT GRANTED"
    yield f"{style.strong(verdict)}   {visible(action)} ({plane} action)"
    for access in accesses:
        granting, _ = plane_lists(role.permissions[access.entry], plane)
        yield f"  {visible(role.name)} grants it by {_patterns(granting, action)}"
        if access.case.remains is not None:
            yield from wrapped(f"if {condition_text(access.case.remains)}", style, indent=4)
    if not accesses:
        yield f"  {_why_not(role, action, plane)}"


def _why_not(role: RoleDefinition, action: str, plane: Plane) -> str:
    for entry in role.permissions:
        granting, subtracting = plane_lists(entry, plane)
        if _matching(granting, action) and _matching(subtracting, action):
            name = "notDataActions" if plane is Plane.DATA else "notActions"
            return f"{name} of {visible(role.name)} exclude it: {_patterns(subtracting, action)}"
        if _matching(granting, action):
            return f"the condition of {visible(role.name)} lets it through in no case"
    other = Plane.MANAGEMENT if plane is Plane.DATA else Plane.DATA
    text = f"none of the {plane} actions of {visible(role.name)} matches"
    elsewhere = [one for entry in role.permissions for one in plane_lists(entry, other)[0]]
    if _matching(elsewhere, action):
        text += f"; {_patterns(elsewhere, action)} is for {other} actions"
    return text


def _matching(patterns: Sequence[str], action: str) -> list[str]:
    return [one for one in dict.fromkeys(patterns) if action_matches(one.strip(), action)]


def _patterns(patterns: Sequence[str], action: str) -> str:
    return ", ".join([f"`{visible(one)}`" for one in _matching(patterns, action)])
