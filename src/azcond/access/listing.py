"""Who can, and what can: where access depends on conditions, what is left of them is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from azcond.access.filters import Filter
from azcond.access.models import DenyAssignment, Permission, RoleAssignment, RoleDefinition
from azcond.access.query import AccessQuery
from azcond.access.roles import Plane
from azcond.actions import is_wildcard
from azcond.ast import ActionMatches, And, Expression, leaves
from azcond.formatter import format_expression
from azcond.kinds import fold
from azcond.reduction import Residue, reduce
from azcond.request import Request

if TYPE_CHECKING:
    from azcond.access.model import AccessModel, HeldRole

_Filters = tuple[Filter | None, ...]


class Standing(StrEnum):
    """How firmly an assignment gives access."""

    UNCONDITIONAL = "unconditional"
    CONDITIONAL = "conditional"
    BLOCKED = "blocked"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Access:
    """One assignment that gives access, or would but for a deny assignment.

    `condition` is what is left to be met, as canonical text, when `standing` is CONDITIONAL;
    `denied_by` is set when it is BLOCKED. `entry` is the position in the role's `permissions`.
    """

    assignment: RoleAssignment
    role: RoleDefinition
    entry: int
    standing: Standing
    condition: str | None = None
    denied_by: tuple[DenyAssignment, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The row as plain JSON."""
        return {
            "standing": self.standing.value,
            "principalId": self.assignment.principal_id,
            "principalType": self.assignment.principal_type,
            "principalName": self.assignment.principal_name,
            "role": {"id": self.role.id, "name": self.role.name, "entry": self.entry},
            "assignment": {"id": self.assignment.id, "scope": self.assignment.scope},
            "condition": self.condition,
            "deniedBy": [{"id": d.id, "name": d.name, "scope": d.scope} for d in self.denied_by],
        }


@dataclass(frozen=True, slots=True)
class Case:
    """What conditions demand for one action, or for `None`: every action not named otherwise."""

    action: str | None
    standing: Standing
    condition: str | None = None
    denied_by: tuple[DenyAssignment, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The case as plain JSON."""
        return {
            "action": self.action,
            "standing": self.standing.value,
            "condition": self.condition,
            "deniedBy": [{"id": d.id, "name": d.name} for d in self.denied_by],
        }


@dataclass(frozen=True, slots=True)
class Holding:
    """What one permission entry of an assigned role lets a principal do.

    The entry's patterns are in `permission`. `cases` holds one case for each action that the
    conditions in its way name and that it grants, and last one for all other actions.
    """

    assignment: RoleAssignment
    role: RoleDefinition
    entry: int
    permission: Permission
    cases: tuple[Case, ...]

    def to_json(self) -> dict[str, Any]:
        """The holding as plain JSON."""
        permission = self.permission
        return {
            "role": {"id": self.role.id, "name": self.role.name, "entry": self.entry},
            "assignment": {
                "id": self.assignment.id,
                "scope": self.assignment.scope,
                "principalId": self.assignment.principal_id,
            },
            "actions": list(permission.actions),
            "notActions": list(permission.not_actions),
            "dataActions": list(permission.data_actions),
            "notDataActions": list(permission.not_data_actions),
            "cases": [case.to_json() for case in self.cases],
        }


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a principal can do at a scope: what it holds, and the denials in its way."""

    holdings: tuple[Holding, ...]
    denials: tuple[DenyAssignment, ...]


def who_can(model: AccessModel, query: AccessQuery) -> tuple[Access, ...]:
    """Every assignment of anybody that gives what a query asks, whoever the query names."""
    rows = [row for held in model.held_at(query.scope) for row in _rows(model, held, query)]
    return tuple(sorted(rows, key=_order))


def _rows(model: AccessModel, held: HeldRole, query: AccessQuery) -> Iterator[Access]:
    for index, entry in enumerate(held.role.permissions):
        if not entry.grants(query.request.folded_action, query.plane):
            continue
        left = _left((entry.filter, held.filter), query.request)
        if left is False:
            continue
        holder = query.for_principal(held.assignment.principal_id)
        denied = tuple([denial.assignment for denial in model.denials(holder)])
        condition = None if left is True else format_expression(left)
        role = held.role.definition
        standing = _standing(left, denied)
        yield Access(held.assignment, role, index, standing, condition, denied)


def what_can(model: AccessModel, query: AccessQuery) -> Capabilities:
    """What the principal of a query can do at its scope; the query's action does not matter."""
    holdings = tuple([one for held in model.held(query) for one in _holdings(model, held, query)])
    denials = tuple([denial.assignment for denial in model.denials_for(query)])
    return Capabilities(holdings, denials)


def _holdings(model: AccessModel, held: HeldRole, query: AccessQuery) -> Iterator[Holding]:
    for index, entry in enumerate(held.role.permissions):
        filters = (entry.filter, held.filter)
        cases = [
            _case(model, query.for_action(action, plane), filters)
            for plane in Plane
            for action in _named_actions(filters)
            if entry.grants(fold(action), plane)
        ]
        left = _left(filters, query.request, any_other_action=True)
        cases.append(_to_case(None, left, ()))
        yield Holding(held.assignment, held.role.definition, index, entry.permission, tuple(cases))


def _case(model: AccessModel, query: AccessQuery, filters: _Filters) -> Case:
    denied = tuple([denial.assignment for denial in model.denials(query)])
    return _to_case(query.action, _left(filters, query.request), denied)


def _to_case(action: str | None, left: Residue, denied: tuple[DenyAssignment, ...]) -> Case:
    condition = None if isinstance(left, bool) else format_expression(left)
    return Case(action, _standing(left, denied), condition, denied)


def _standing(left: Residue, denied: tuple[DenyAssignment, ...]) -> Standing:
    if denied:
        return Standing.BLOCKED
    if isinstance(left, bool):
        return Standing.UNCONDITIONAL if left else Standing.NEVER
    return Standing.CONDITIONAL


def _named_actions(filters: _Filters) -> list[str]:
    """The actions that the conditions name in full, in the order in which they do."""
    named: dict[str, str] = {}
    for one in filters:
        if one is None or one.condition is None:
            continue
        for leaf in leaves(one.condition.ast):
            if isinstance(leaf, ActionMatches):
                for pattern in leaf.patterns:
                    if not is_wildcard(str(pattern.value)):
                        named.setdefault(fold(str(pattern.value)), str(pattern.value))
    return list(named.values())


def _left(filters: _Filters, known: Request, *, any_other_action: bool = False) -> Residue:
    """What is left of all the conditions in the way of one permission entry."""
    left: list[Expression] = []
    for one in filters:
        if one is None:
            continue
        if one.fault is not None or one.condition is None:
            return False
        residue = reduce(one.condition.ast, known, any_other_action=any_other_action)
        if residue is False:
            return False
        if residue is not True:
            left.append(residue)
    if len(left) > 1:
        return And(tuple(left), left[0].span)
    return left[0] if left else True


def _order(row: Access) -> tuple[int, str, str]:
    standing = list(Standing).index(row.standing)
    return standing, row.assignment.principal_name or row.assignment.principal_id, row.role.name
