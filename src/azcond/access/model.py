"""Roles, assignments and deny assignments together: who may do what, where and why.

Source of the behaviour: Azure RBAC documentation, overview ("How Azure RBAC determines if a user
has access to a resource") and deny-assignments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from azcond.access.decision import Decision
from azcond.access.filters import Filters
from azcond.access.holding import HeldDenial, HeldRole, Intake
from azcond.access.index import Index
from azcond.access.listing import what_can, who_can
from azcond.access.models import (
    EVERYONE,
    DenyAssignment,
    Problem,
    RoleAssignment,
    RoleDefinition,
    fold_id,
)
from azcond.access.outcomes import Capabilities, Holders
from azcond.access.query import ANY_ACTION, AccessQuery
from azcond.access.roles import Plane, Roles
from azcond.access.scopes import Hierarchy
from azcond.kinds import fold

_REMEMBERED_CHAINS = 10_000


class AccessModel:
    """Everything that decides access in one tenant, built once and asked often.

    `problems` lists what was set aside or is not what it seems. An assignment whose role is
    unknown, whose condition does not parse or whose `condition_version` is not `2.0` grants
    nothing, and one that is eligible grants nothing until it is activated. Decisions are
    thread-safe.
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
        intake = Intake(self.roles, filters)
        self.hierarchy = Hierarchy(hierarchy)
        self._chains: dict[str, dict[str, None]] = {}
        self.assigned = Index(intake.hold(assignments))
        self.denied = Index(intake.deny(deny_assignments))
        self._has_denials = bool(self.denied.principals())
        self.problems: list[Problem] = [*problems, *self.roles.problems, *intake.problems]

    @classmethod
    def from_json(
        cls,
        roles: Any = None,
        assignments: Any = None,
        deny_assignments: Any = None,
        hierarchy: Any = None,
    ) -> AccessModel:
        """Build a model from parsed JSON or from paths of JSON files (also JSON lines).

        Takes what the Azure CLI, the REST API, ARM, Azure PowerShell and Resource Graph give. The
        built-in roles that azcond knows need not be given; a given definition goes before. An
        entry that cannot be read is a problem of the model and loses no other entry. Raises
        `AccessDataError` when a file or a document cannot be read at all.
        """
        from azcond.access.documents import read_model  # noqa: PLC0415  # pydantic

        return cls(**read_model(roles, assignments, deny_assignments, hierarchy))

    def decide(self, query: AccessQuery) -> Decision:
        """Whether the query is allowed; the reasons are worked out when they are asked for."""
        is_denied = self._has_denials and next(self.denials(query), None) is not None
        return Decision(self, query, not is_denied and self._is_granted(query))

    def who_can(
        self, action: str, scope: str, *, plane: Plane = Plane.MANAGEMENT, **known: Any
    ) -> Holders:
        """Who may do an action at a scope: every assignment that gives it, most certain first.

        `known` takes `suboperation` and the attribute maps of `azcond.Request`; what it leaves
        out is open, and rows that depend on it carry what is left of their conditions. Nothing is
        known of the members of groups: a deny assignment for a group blocks what the group holds.
        """
        managed, data = (action, None) if plane is Plane.MANAGEMENT else (None, action)
        return who_can(
            self, AccessQuery(EVERYONE, scope, action=managed, data_action=data, **known)
        )

    def what_can(
        self, principal_id: str, scope: str, *, groups: Iterable[str] = (), **known: Any
    ) -> Capabilities:
        """What a principal may do at a scope, and the deny assignments in its way.

        `known` is as for `who_can`; the groups are those of `AccessQuery`.
        """
        query = AccessQuery(principal_id, scope, action=ANY_ACTION, groups=groups, **known)
        return what_can(self, query)

    def principals_called(self, name: str) -> tuple[str, ...]:
        """The ids of the principals that role assignments call by a name, in any case."""
        folded = fold(name)
        called = (
            held.assignment.principal_id
            for held in self.assigned.held_by(self.assigned.principals())
            if fold(held.assignment.principal_name) == folded
        )
        return tuple({fold_id(principal): principal for principal in called}.values())

    def name_of(self, principal_id: str) -> str | None:
        """What role assignments call a principal, if they do."""
        held = self.assigned.held_by((fold_id(principal_id),))
        return next((one.assignment.principal_name for one in held), None) or None

    def chain(self, folded_scope: str) -> Collection[str]:
        """A folded scope and all above it, nearest first."""
        known = self._chains.get(folded_scope)
        if known is None:
            known = dict.fromkeys(self.hierarchy.chain(folded_scope))
            if len(self._chains) < _REMEMBERED_CHAINS:
                self._chains[folded_scope] = known
        return known

    def held(self, query: AccessQuery) -> list[HeldRole]:
        """The role assignments that apply to the principal and its groups at the scope."""
        return self.assigned.applicable(query.folded_principals, self.chain(query.folded_scope))

    def held_by_anyone(self, query: AccessQuery) -> list[HeldRole]:
        """The role assignments of any principal that apply at the scope."""
        return self.assigned.applicable(self.assigned.principals(), self.chain(query.folded_scope))

    def denials(self, query: AccessQuery) -> Iterator[HeldDenial]:
        """The deny assignments that forbid what the query asks."""
        return (denial for denial in self.denials_for(query) if denial.denies(query))

    def denials_for(self, query: AccessQuery) -> Iterator[HeldDenial]:
        """The deny assignments for the principal and its groups at the scope, of any action."""
        if not self._has_denials:
            return iter(())
        principals = (*query.folded_principals, EVERYONE)
        found = self.denied.applicable(principals, self.chain(query.folded_scope))
        return (denial for denial in dict.fromkeys(found) if denial.is_for(query))

    def denials_at(self, query: AccessQuery) -> list[HeldDenial]:
        """The deny assignments for anybody that apply at the scope, of any action."""
        chain = self.chain(query.folded_scope)
        found = self.denied.applicable(self.denied.principals(), chain)
        return [denial for denial in dict.fromkeys(found) if denial.applies_at(query)]

    def _is_granted(self, query: AccessQuery) -> bool:
        """Whether an assignment grants what is asked; every decision passes here, so no detours."""
        asked, request = query.asked, query.request
        chain = self._chains.get(query.folded_scope) or self.chain(query.folded_scope)
        for principal in query.folded_principals:
            for held in self.assigned.near(principal, chain):
                if held.folded_scope not in chain:
                    continue
                # The own condition goes first: where there is one, it mostly settles the matter.
                own = held.filter
                if own is None or own.program(request):
                    conditions = held.role.remembered.get(asked)
                    if conditions is None:
                        conditions = held.role.filters_of(asked)
                    for condition in conditions:
                        if condition is None or condition.program(request):
                            return True
        return False
