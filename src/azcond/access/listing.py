"""Who can, and what can: where access depends on conditions, what is left of them is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from azcond.access.filters import Filter
from azcond.access.gaps import denying_gaps, gaps_at, granting_gaps
from azcond.access.holding import HeldDenial, HeldRole
from azcond.access.models import DenyAssignment, Permission
from azcond.access.outcomes import (
    Access,
    Capabilities,
    Case,
    Holders,
    Holding,
    SetAside,
    Standing,
)
from azcond.access.query import AccessQuery
from azcond.access.roles import Plane, ReadyPermission, plane_lists
from azcond.actions import is_wildcard
from azcond.ast import ActionMatches, And, Not, leaves
from azcond.errors import RequestError
from azcond.kinds import fold
from azcond.reduction import Residue, reduce
from azcond.request import Request

if TYPE_CHECKING:
    from azcond.access.model import AccessModel

_Filters = tuple[Filter | None, ...]


def who_can(model: AccessModel, query: AccessQuery) -> Holders:
    """Every assignment of anybody that gives what a query asks, whoever the query names."""
    accesses: list[Access] = []
    set_aside: list[SetAside] = []
    for held in model.held_by_anyone(query):
        if not held.role.filters_of(query.asked):
            continue
        if held.filter is not None and held.filter.fault:
            set_aside.append(SetAside(held.assignment, held.role.definition, held.filter.fault))
            continue
        holder = query.for_principal(held.assignment.principal_id)
        denials = tuple(model.denials(holder))
        accesses += _strongest(list(_accesses(held, denials, holder)))
    forbidding = [one.assignment for one in model.denials_at(query) if one.denies(query)]
    return Holders(
        tuple(sorted(accesses, key=_order)),
        tuple(forbidding),
        tuple(set_aside),
        gaps_at(model, query),
    )


def _accesses(
    held: HeldRole, denials: tuple[HeldDenial, ...], query: AccessQuery
) -> Iterator[Access]:
    for index, entry in enumerate(held.role.permissions):
        if entry.grants(query.request.folded_action, query.plane):
            case = _case((entry.filter, held.filter), denials, query)
            if case.standing is not Standing.NEVER:
                yield Access(held.assignment, held.role.definition, index, case)


def _strongest(accesses: list[Access]) -> list[Access]:
    """Of one assignment: an entry that gives access without a condition makes the others moot."""
    free = [one for one in accesses if one.standing is Standing.UNCONDITIONAL]
    return free[:1] or accesses


def _order(access: Access) -> tuple[int, str, str]:
    assignment = access.assignment
    rank = list(Standing).index(access.standing)
    return rank, assignment.principal_name or assignment.principal_id, access.role.name


def what_can(model: AccessModel, query: AccessQuery) -> Capabilities:
    """What the principal of a query can do at its scope; the query's action does not matter."""
    denials = tuple(model.denials_for(query))
    holdings: list[Holding] = []
    set_aside: list[SetAside] = []
    for held in model.held(query):
        if held.filter is not None and held.filter.fault:
            set_aside.append(SetAside(held.assignment, held.role.definition, held.filter.fault))
        else:
            holdings += _holdings(held, denials, query)
    return Capabilities(
        tuple(holdings),
        tuple([denial.assignment for denial in denials]),
        tuple(set_aside),
        tuple(dict.fromkeys([*granting_gaps(model, query), *denying_gaps(model, query)])),
    )


def _holdings(
    held: HeldRole, denials: tuple[HeldDenial, ...], query: AccessQuery
) -> Iterator[Holding]:
    for index, entry in enumerate(held.role.permissions):
        filters = (entry.filter, held.filter)
        cases = [
            _case(filters, tuple([d for d in denials if d.denies(asked)]), asked)
            for asked in _questions(filters, query)
            if entry.grants(asked.request.folded_action, asked.plane)
        ]
        left = _left(filters, query.request, any_other_action=True)
        denied = _denied_patterns(denials, entry.permission)
        patterns = {*_patterns(entry.permission)}
        blocking = dict.fromkeys(denied.values()) if patterns and patterns == {*denied} else ()
        cases.append(_to_case(None, None, left, tuple(blocking)))
        role = held.role.definition
        yield Holding(held.assignment, role, index, entry.permission, tuple(cases), denied)


def _patterns(permission: Permission) -> Iterator[tuple[Plane, str]]:
    for plane in Plane:
        granting, _ = plane_lists(permission, plane)
        yield from ((plane, pattern) for pattern in granting)


def _denied_patterns(
    denials: Iterable[HeldDenial], permission: Permission
) -> dict[tuple[Plane, str], DenyAssignment]:
    """The patterns of which a deny assignment forbids everything, and which one does.

    A pattern covers another one if it matches it letter for letter, `*` included.
    """
    found: dict[tuple[Plane, str], DenyAssignment] = {}
    covering = [(one, entry) for one in denials for entry in one.permissions if _is_plain(entry)]
    for plane, pattern in _patterns(permission):
        folded = fold(pattern.strip())
        for denial, entry in covering:
            if entry.grants(folded, plane):
                found.setdefault((plane, pattern), denial.assignment)
    return found


def _is_plain(entry: ReadyPermission) -> bool:
    """Whether nothing lifts the denial of what its patterns match."""
    permission = entry.permission
    free = entry.filter is None or entry.filter.condition is None
    return free and not permission.not_actions and not permission.not_data_actions


def _case(filters: _Filters, denials: tuple[HeldDenial, ...], query: AccessQuery) -> Case:
    """What stands between an entry and the action; the denials are those that may forbid it."""
    left = _left(filters, query.request)
    blocking = []
    for denial in denials:
        lifted = _lifted(denial, query)
        if lifted is False:
            blocking.append(denial.assignment)
        left = _both(left, lifted)
    return _to_case(query.action, query.plane, left, tuple(blocking))


def _lifted(denial: HeldDenial, query: AccessQuery) -> Residue:
    """What has to be met for a deny assignment not to apply: its conditions are plainly false."""
    left: Residue = True
    for one in denial.conditions(query):
        if one is None or one.condition is None:
            return False
        tree = one.condition.ast
        left = _both(left, reduce(Not(tree, tree.span), query.request))
    return left


def _left(filters: _Filters, known: Request, *, any_other_action: bool = False) -> Residue:
    """What is left of all the conditions in the way of one permission entry."""
    left: Residue = True
    for one in filters:
        if one is None:
            continue
        if one.condition is None:
            return False
        rest = reduce(one.condition.ast, known, any_other_action=any_other_action)
        left = _both(left, rest)
    return left


def _both(one: Residue, other: Residue) -> Residue:
    if isinstance(one, bool):
        return other if one else False
    if isinstance(other, bool):
        return one if other else False
    return And((one, other), one.span)


def _to_case(
    action: str | None, plane: Plane | None, left: Residue, denied: tuple[DenyAssignment, ...]
) -> Case:
    if denied:
        return Case(action, plane, Standing.BLOCKED, denied_by=denied)
    if isinstance(left, bool):
        return Case(action, plane, Standing.UNCONDITIONAL if left else Standing.NEVER)
    return Case(action, plane, Standing.CONDITIONAL, left)


def _questions(filters: _Filters, query: AccessQuery) -> Iterator[AccessQuery]:
    """About every action that the conditions name in full, in either plane, in text order."""
    for plane in Plane:
        for action in _named_actions(filters):
            with suppress(RequestError):  # what names no action is asked by no request
                yield query.for_action(action, plane)


def _named_actions(filters: _Filters) -> list[str]:
    """The actions that the conditions name in full, in the order in which they do."""
    named: dict[str, str] = {}
    for one in filters:
        for leaf in leaves(one.condition.ast) if one and one.condition else ():
            if isinstance(leaf, ActionMatches):
                for pattern in leaf.patterns:
                    if not is_wildcard(str(pattern.value)):
                        named.setdefault(fold(str(pattern.value)), str(pattern.value))
    return list(named.values())
