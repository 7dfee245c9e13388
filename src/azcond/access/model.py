"""Roles, assignments and deny assignments together: who may do what, where and why.

Source of the behaviour: Azure RBAC documentation, overview ("How Azure RBAC determines if a user
has access to a resource") and deny-assignments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from azcond.access.decision import Decision
from azcond.access.filters import Filter, Filters
from azcond.access.index import Index
from azcond.access.listing import Access, Capabilities, what_can, who_can
from azcond.access.models import (
    CONDITION_VERSION,
    EVERYONE,
    DenyAssignment,
    Problem,
    RoleAssignment,
    RoleDefinition,
)
from azcond.access.query import AccessQuery
from azcond.access.roles import Plane, ReadyPermission, ReadyRole, Roles
from azcond.access.scopes import Hierarchy, fold_scope
from azcond.kinds import fold

_REMEMBERED_CHAINS = 10_000


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

    def __init__(self, assignment: DenyAssignment, filters: Filters) -> None:
        self.assignment = assignment
        self.folded_scope = fold_scope(assignment.scope)
        self.excluded = frozenset(map(fold, assignment.exclude_principals))
        self.permissions = tuple(
            [
                ReadyPermission(entry, filters.of(entry.condition))
                for entry in assignment.permissions
            ]
        )

    def is_for(self, query: AccessQuery) -> bool:
        """Whether it concerns the query; its principals and scope already fit."""
        if not self.excluded.isdisjoint(query.folded_principals):
            return False
        here_only = self.assignment.does_not_apply_to_child_scopes
        return not here_only or self.folded_scope == query.folded_scope

    def denies(self, query: AccessQuery) -> bool:
        """Whether it forbids the action of a query that it is for."""
        return any(
            entry.grants(query.request.folded_action, query.plane)
            and entry.may_apply(query.request)
            for entry in self.permissions
        )


class AccessModel:
    """Everything that decides access in one tenant, built once and asked often.

    `problems` lists what was set aside or is not what it seems: an assignment whose role is
    unknown, whose condition does not parse or whose `condition_version` is not `2.0` grants
    nothing. Decisions are thread-safe.
    """

    def __init__(
        self,
        roles: Iterable[RoleDefinition],
        assignments: Iterable[RoleAssignment] = (),
        deny_assignments: Iterable[DenyAssignment] = (),
        hierarchy: Mapping[str, Sequence[str]] | None = None,
        problems: Iterable[Problem] = (),
    ) -> None:
        filters = Filters()
        self.roles = Roles(roles, filters)
        self.problems: list[Problem] = [*problems, *self.roles.problems]
        self._hierarchy = Hierarchy(hierarchy)
        self._chains: dict[str, dict[str, None]] = {}
        self._held = Index(self._hold(assignments, filters))
        self._denials = Index(_deny(deny_assignments, filters))

    @classmethod
    def from_json(
        cls,
        roles: Any,
        assignments: Any = (),
        deny_assignments: Any = (),
        hierarchy: Any = None,
    ) -> AccessModel:
        """Build a model from parsed JSON or from paths of JSON files (also JSON lines).

        Takes what the Azure CLI, the REST API, ARM, Azure PowerShell and Resource Graph give. An
        entry that cannot be read is a problem of the model and loses no other entry. Raises
        `AccessDataError` when a file or a document cannot be read at all.
        """
        from azcond.access.documents import read_model  # noqa: PLC0415  # pydantic

        return cls(**read_model(roles, assignments, deny_assignments, hierarchy))

    def decide(self, query: AccessQuery) -> Decision:
        """Whether the query is allowed; the reasons are worked out when they are asked for."""
        if self._denials and next(self.denials(query), None) is not None:
            return Decision(self, query, allowed=False)
        return Decision(self, query, allowed=self._is_granted(query))

    def who_can(
        self, action: str, scope: str, *, plane: Plane = Plane.MANAGEMENT, **known: Any
    ) -> tuple[Access, ...]:
        """Who may do an action at a scope: every assignment that gives it, most certain first.

        `known` takes `suboperation` and the attribute maps of `azcond.Request`; what it leaves
        out is open, and rows that depend on it carry what is left of their conditions.
        """
        managed, data = (action, None) if plane is Plane.MANAGEMENT else (None, action)
        query = AccessQuery(EVERYONE, scope, action=managed, data_action=data, **known)
        return who_can(self, query)

    def what_can(
        self, principal_id: str, scope: str, *, groups: Iterable[str] = (), **known: Any
    ) -> Capabilities:
        """What a principal may do at a scope, and the deny assignments in its way.

        `known` is as for `who_can`; the groups are those of `AccessQuery`.
        """
        query = AccessQuery(principal_id, scope, action="*", groups=groups, **known)
        return what_can(self, query)

    def chain(self, folded_scope: str) -> dict[str, None]:
        """A folded scope and all above it, nearest first."""
        known = self._chains.get(folded_scope)
        if known is None:
            known = dict.fromkeys(self._hierarchy.chain(folded_scope))
            if len(self._chains) < _REMEMBERED_CHAINS:
                self._chains[folded_scope] = known
        return known

    def held(self, query: AccessQuery) -> list[HeldRole]:
        """The role assignments that apply to the principal and its groups at the scope."""
        return self._held.applicable(query.folded_principals, self.chain(query.folded_scope))

    def denials(self, query: AccessQuery) -> Iterator[HeldDenial]:
        """The deny assignments that forbid what the query asks."""
        return (denial for denial in self.denials_for(query) if denial.denies(query))

    def denials_for(self, query: AccessQuery) -> Iterator[HeldDenial]:
        """The deny assignments for the principal and its groups at the scope, of any action."""
        if not self._denials:
            return iter(())
        principals = (*query.folded_principals, EVERYONE)
        found = self._denials.applicable(principals, self.chain(query.folded_scope))
        return (denial for denial in dict.fromkeys(found) if denial.is_for(query))

    def held_at(self, scope: str) -> list[HeldRole]:
        """The role assignments of anybody that apply at a scope."""
        return self._held.applicable(self._held.principals(), self.chain(fold_scope(scope)))

    def _is_granted(self, query: AccessQuery) -> bool:
        asked, request = query.asked, query.request
        for held in self.held(query):
            conditions = held.role.remembered.get(asked)
            if conditions is None:
                conditions = held.role.filters_of(asked)
            for condition in conditions:
                if (condition is None or condition.met(request)) and (
                    held.filter is None or held.filter.met(request)
                ):
                    return True
        return False

    def _hold(
        self, assignments: Iterable[RoleAssignment], filters: Filters
    ) -> Iterator[tuple[str, HeldRole]]:
        scopes: dict[str, str] = {}
        found: dict[str, ReadyRole | None] = {}
        for assignment in assignments:
            if assignment.role not in found:
                found[assignment.role] = self.roles.find(assignment.role)
            role = found[assignment.role]
            condition = filters.of(assignment.condition, _version_fault(assignment))
            if role is None or assignment.eligible or (condition and condition.fault):
                self.problems.append(_nothing_granted(assignment, role, condition))
            if role is None or assignment.eligible:
                continue
            scope = scopes.setdefault(assignment.scope, fold_scope(assignment.scope))
            yield fold(assignment.principal_id), HeldRole(assignment, role, scope, condition)


def _version_fault(assignment: RoleAssignment) -> str | None:
    if assignment.condition_version == CONDITION_VERSION:
        return None
    given = assignment.condition_version or "missing"
    return f"its conditionVersion is {given}, not {CONDITION_VERSION}"


def _nothing_granted(
    assignment: RoleAssignment, role: ReadyRole | None, condition: Filter | None
) -> Problem:
    where = f"role assignment {assignment.id or assignment.principal_id}"
    if role is None:
        reason = f"its role `{assignment.role}` is unknown"
    elif assignment.eligible:
        reason = "it is eligible and not activated"
    else:
        reason = condition.fault if condition and condition.fault else ""
    return Problem(where, f"grants nothing: {reason}")


def _deny(
    assignments: Iterable[DenyAssignment], filters: Filters
) -> Iterator[tuple[str, HeldDenial]]:
    for assignment in assignments:
        denial = HeldDenial(assignment, filters)
        for principal in assignment.principals:
            yield fold(principal), denial
