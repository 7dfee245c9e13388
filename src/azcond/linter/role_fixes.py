"""Fixes that change a list of roles, in the clause for adding and in the one for removing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from azcond.ast import Comparison, Literal, SetLiteral
from azcond.diagnostics import Edit, Fix
from azcond.kinds import guid_value
from azcond.linter.role_sets import roles_of
from azcond.operators import EQUAL
from azcond.source import Span

if TYPE_CHECKING:
    from azcond.linter.subject import Subject

_DENY = "ForAnyOfAllValues:GuidNotEquals"


def listed_roles(subject: Subject) -> list[Comparison]:
    """The comparisons of roles in what is demanded of adding and of removing assignments."""
    found = (*subject.delegation.assigning_lists, *subject.delegation.removing_lists)
    return list({id(comparison): comparison for comparison in found}.values())


def remove_role(subject: Subject, guid: str, title: str) -> Fix | None:
    """Take a role out of every list that allows it; nothing where it stands alone."""
    edits: list[Edit] = []
    for comparison in listed_roles(subject):
        if comparison.operator.relation.predicate is not EQUAL:
            continue
        operand = comparison.right
        items = operand.items if isinstance(operand, SetLiteral) else ()
        removed = [at for at, item in enumerate(items) if guid_value(item.value) == guid]
        if isinstance(operand, Literal) and guid_value(operand.value) == guid:
            return None
        if removed and len(removed) == len(items):
            return None
        edits += [Edit(_with_comma(items, at), "") for at in removed]
    return Fix(title, tuple(edits), safe=False) if edits else None


def _with_comma(items: Sequence[Literal], at: int) -> Span:
    if at:
        return Span(items[at - 1].span.end, items[at].span.end)
    return Span(items[0].span.start, items[1].span.start)


def deny_roles(subject: Subject, guids: Iterable[str], title: str) -> Fix | None:
    """Add roles to every list of roles that are denied."""
    edits = [
        edit
        for comparison in listed_roles(subject)
        if roles_of(comparison).is_deny_list
        for edit in _add(comparison, guids)
    ]
    return Fix(title, tuple(edits), safe=False) if edits else None


def _add(comparison: Comparison, guids: Iterable[str]) -> Iterator[Edit]:
    operand, quantifier = comparison.right, comparison.operator.quantifier
    denied = roles_of(comparison).ids
    added = ", ".join(guid for guid in guids if guid not in denied)
    if not added:
        return
    if isinstance(operand, SetLiteral) and quantifier and quantifier.over_right is all:
        end = operand.items[-1].span.end
        yield Edit(Span(end, end), f", {added}")
    elif isinstance(operand, Literal | SetLiteral):
        yield Edit(comparison.operator.span, _DENY)
        yield Edit(operand.span, f" {{{', '.join(sorted(denied))}, {added}}}")
