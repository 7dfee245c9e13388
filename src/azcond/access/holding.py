"""Role assignments and deny assignments made ready for many decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from azcond.access.filters import Filter, Filters
from azcond.access.models import (
    CONDITION_VERSION,
    DenyAssignment,
    Permission,
    Problem,
    ProblemKind,
    RoleAssignment,
    RoleDefinition,
    fold_id,
    version_text,
)
from azcond.access.query import AccessQuery
from azcond.access.roles import ReadyPermission, ReadyRole, Roles
from azcond.access.scopes import ROOT, assignable_fault, fold_scope
from azcond.interpreter import evaluate
from azcond.truth import Truth


class HeldRole:
    """A role assignment with its role found and its condition parsed."""

    __slots__ = ("assignment", "filter", "folded_scope", "role")

    def __init__(
        self, assignment: RoleAssignment, role: ReadyRole, scope: str, condition: Filter | None
    ) -> None:
        self.assignment = assignment
        self.role = role
        self.folded_scope = scope
        self.filter = condition


class HeldDenial:
    """A deny assignment with its patterns compiled."""

    __slots__ = ("assignment", "excluded", "folded_scope", "permissions")

    def __init__(self, assignment: DenyAssignment, scope: str, filters: Filters) -> None:
        self.assignment = assignment
        self.folded_scope = scope
        self.excluded = frozenset(map(fold_id, assignment.exclude_principals))
        self.permissions = tuple(
            [
                ReadyPermission(entry, filters.of(entry.condition, _version_fault(entry)))
                for entry in assignment.permissions
            ]
        )

    def is_for(self, query: AccessQuery) -> bool:
        """Whether it concerns the query; its principals and scope already fit."""
        return self.applies_at(query) and self.excluded.isdisjoint(query.folded_principals)

    def applies_at(self, query: AccessQuery) -> bool:
        """Whether it concerns the scope of the query, which is at or below its own."""
        here_only = self.assignment.does_not_apply_to_child_scopes
        return not here_only or self.folded_scope == query.folded_scope

    def conditions(self, query: AccessQuery) -> Iterator[Filter | None]:
        """The conditions of the entries that forbid the action of a query that it is for.

        `None` stands for an entry without a condition.
        """
        folded_action, plane = query.request.folded_action, query.plane
        return (one.filter for one in self.permissions if one.grants(folded_action, plane))

    def denies(self, query: AccessQuery) -> bool:
        """Whether it forbids the action: unless a condition is plainly false, it does."""
        return any(
            one is None
            or one.condition is None
            or evaluate(one.condition, query.request) is not Truth.FALSE
            for one in self.conditions(query)
        )


class Intake:
    """Takes assignments in, and notes what is wrong with them.

    A role assignment whose scope or principal cannot be read is left out; a deny assignment never
    is: where its scope cannot be read, it applies everywhere.
    """

    def __init__(self, roles: Roles, filters: Filters) -> None:
        self.problems: list[Problem] = []
        self._roles = roles
        self._filters = filters
        self._ready: dict[str, ReadyRole] = {}
        self._scopes: dict[str, str | None] = {}

    def hold(self, assignments: Iterable[RoleAssignment]) -> Iterator[tuple[str, HeldRole]]:
        """Folded principals and what they hold."""
        scopes, ready = self._scopes, self._ready
        for assignment in assignments:
            given = assignment.scope
            scope = scopes[given] if given in scopes else self._scope(given)
            role = ready.get(assignment.role) or self._role(assignment.role)
            if scope is None or not assignment.principal_id:
                self._leave_out(assignment)
                continue
            barrier = None
            if assignment.condition or assignment.eligible or not role.is_known:
                barrier = self._barrier(assignment, role)
            yield fold_id(assignment.principal_id), HeldRole(assignment, role, scope, barrier)

    def deny(self, assignments: Iterable[DenyAssignment]) -> Iterator[tuple[str, HeldDenial]]:
        """Folded principals and what is denied to them."""
        for assignment in assignments:
            where = f"deny assignment {assignment.name or assignment.id or 'without a name'}"
            fault = assignable_fault(assignment.scope)
            if fault:
                self._note(where, f"{fault}; it is applied everywhere", ProblemKind.UNREAD)
            scope = ROOT if fault else fold_scope(assignment.scope)
            denial = HeldDenial(assignment, scope, self._filters)
            for entry in denial.permissions:
                if entry.filter is not None and entry.filter.fault:
                    message = f"{entry.filter.fault}; it is applied as if it had no condition"
                    self._note(where, message, ProblemKind.REMARK)
            for principal in dict.fromkeys(map(fold_id, assignment.principals)):
                yield principal, denial

    def _scope(self, given: str) -> str | None:
        scope = None if assignable_fault(given) else fold_scope(given)
        self._scopes[given] = scope
        return scope

    def _role(self, name: str) -> ReadyRole:
        role = self._roles.find(name) or ReadyRole(
            RoleDefinition(name, name, ()), self._filters, is_known=False
        )
        self._ready[name] = role
        return role

    def _barrier(self, assignment: RoleAssignment, role: ReadyRole) -> Filter | None:
        """What stands between the assignment and what its role grants."""
        fault = None
        if assignment.eligible:
            fault = "it is eligible and not activated"
        elif not role.is_known:
            fault = f"its role `{assignment.role}` is unknown"
        else:
            fault = _version_fault(assignment)
        barrier = self._filters.of(assignment.condition, fault)
        if barrier is not None and barrier.fault and not assignment.eligible:
            message = f"grants nothing: {barrier.fault}"
            self._note(_place(assignment), message, ProblemKind.NOTHING_GRANTED)
        return barrier

    def _leave_out(self, assignment: RoleAssignment) -> None:
        reason = assignable_fault(assignment.scope) or "it names no principal"
        self._note(_place(assignment), f"grants nothing: {reason}", ProblemKind.UNREAD)

    def _note(self, where: str, message: str, kind: ProblemKind) -> None:
        self.problems.append(Problem(where, message, kind))


def _place(assignment: RoleAssignment) -> str:
    return f"role assignment {assignment.id or f'of {assignment.principal_id}'}"


def _version_fault(held: RoleAssignment | Permission) -> str | None:
    """Why the condition of an assignment is not taken, if its version is not the one in use."""
    if not held.condition or held.condition_version == CONDITION_VERSION:
        return None
    given = version_text(held.condition_version)
    return f"its conditionVersion is {given}, not `{CONDITION_VERSION}`"
