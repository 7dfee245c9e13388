"""Who can, as a table for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from textwrap import wrap

from azcond.access import Access, DenyAssignment, Holders, Standing
from azcond.access.models import EVERYONE
from azcond.reports.finding import counted
from azcond.reports.readable import (
    condition_text,
    principal_text,
    scope_text,
    set_aside_text,
    wrapped,
)
from azcond.reports.style import Style, visible, width_of

NameOf = Callable[[str], str | None]
"""What a principal id is called, if it is known."""

_HEADER = ("principal", "through", "scope", "condition")
_GAP = 2
_LEAST_WIDTH = 40
"""The condition gets a line of its own where less than this would be left for it."""


def holders_lines(holders: Holders, scope: str, name_of: NameOf, style: Style) -> list[str]:
    """The table, what is not counted, the deny assignments that apply, and last the summary."""
    rows = [_row(access, scope) for access in holders.accesses]
    lines = _table(rows, style) if rows else []
    lines += [set_aside_text(one, scope) for one in holders.set_aside]
    lines += [_denial_line(denial, scope, name_of) for denial in holders.denials]
    lines += [f"not known: {visible(gap)}" for gap in holders.gaps]
    return [*lines, _summary(holders)]


def _row(access: Access, scope: str) -> tuple[str, ...]:
    role = visible(access.role.name)
    if len(access.role.permissions) > 1:
        role += f" (entry {access.entry + 1})"
    holder = principal_text(access.assignment)
    return holder, role, scope_text(access.assignment.scope, scope), _condition(access)


def _condition(access: Access) -> str:
    if access.standing is Standing.BLOCKED:
        return f"blocked by {', '.join(map(denial_name, access.denied_by))}"
    return "none" if access.case.remains is None else f"if {condition_text(access.case.remains)}"


def denial_name(denial: DenyAssignment) -> str:
    """What a deny assignment is called."""
    return visible(denial.name or denial.id or "a deny assignment without a name")


def _table(rows: Sequence[tuple[str, ...]], style: Style) -> list[str]:
    """Columns as wide as they have to be; the last one wraps."""
    widths = [max(map(width_of, column)) for column in zip(*rows, _HEADER, strict=True)][:-1]
    indent = sum(widths) + _GAP * len(widths)
    lines = [style.strong(_joined(_HEADER, widths))]
    for row in rows:
        *cells, last = row
        room = style.width - indent
        if room >= _LEAST_WIDTH or width_of(last) <= room:
            first, *more = _wrapped(last, room)
            lines.append(_joined([*cells, first], widths))
            lines += [" " * indent + line for line in more]
        else:
            lines += [_joined(cells, widths), *wrapped(last, style, indent=4)]
    return lines


def _joined(cells: Iterable[str], widths: Sequence[int]) -> str:
    padded = [
        cell + " " * (widths[at] + _GAP - width_of(cell)) if at < len(widths) else cell
        for at, cell in enumerate(cells)
    ]
    return "".join(padded).rstrip()


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, max(width, 1), break_long_words=False, break_on_hyphens=False) or [""]


def _denial_line(denial: DenyAssignment, scope: str, name_of: NameOf) -> str:
    return f"denied by {denial_text(denial, scope, name_of)}"


def denial_text(denial: DenyAssignment, scope: str, name_of: NameOf) -> str:
    """A deny assignment: what it is called, where it stands, and to whom it applies."""
    here_only = ", not below" if denial.does_not_apply_to_child_scopes else ""
    text = f"{denial_name(denial)} ({scope_text(denial.scope, scope)}{here_only}): "
    text += _names(denial.principals, name_of)
    if denial.exclude_principals:
        text += f", except {_names(denial.exclude_principals, name_of)}"
    return text


def _names(principals: Iterable[str], name_of: NameOf) -> str:
    names = ["everyone" if one == EVERYONE else name_of(one) or one for one in principals]
    return ", ".join(map(visible, names))


def _summary(holders: Holders) -> str:
    able = [one for one in holders.accesses if one.standing is not Standing.BLOCKED]
    firm = {one.assignment.principal_id for one in able if one.standing is Standing.UNCONDITIONAL}
    maybe = {one.assignment.principal_id for one in able} - firm
    blocked = {one.assignment.principal_id for one in holders.accesses} - firm - maybe
    text = counted(len(firm | maybe), "principal") if able else "nobody"
    if maybe:
        text += f", {len(maybe):,} only under a condition"
    text += f"; blocked by a deny assignment: {len(blocked) or 'none'}"
    if holders.set_aside:
        text += f"; not counted: {counted(len(holders.set_aside), 'assignment')}"
    return text
