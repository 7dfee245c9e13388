"""What a decision and the lists of who can and what can are made of."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from azcond._dataclasses import dataclass
from azcond.access.models import DenyAssignment, Permission, RoleAssignment, RoleDefinition
from azcond.access.roles import Plane
from azcond.ast import Expression

if TYPE_CHECKING:
    from azcond.explanation import Explanation


class Outcome(StrEnum):
    """What became of one permission entry of an assigned role, the strongest first."""

    GRANTS = "grants"
    CONDITION = "condition not met"
    SET_ASIDE = "set aside"
    NOT_ACTIONS = "excluded by notActions"


@dataclass(frozen=True, slots=True)
class ConditionOutcome:
    """One of the barriers in the way: of the role assignment or of the role definition.

    With a `fault` it is never met, whatever its text says; `explanation` is there without one.
    """

    of: str
    text: str
    met: bool
    fault: str | None
    explanation: Explanation | None

    def to_json(self) -> dict[str, Any]:
        """The barrier as plain JSON."""
        return {
            "of": self.of,
            "met": self.met,
            "condition": self.text or None,
            "fault": self.fault,
            "explanation": self.explanation.to_json() if self.explanation else None,
        }


@dataclass(frozen=True, slots=True)
class Reason:
    """One permission entry of an assigned role that has to do with the action.

    `entry` is its position in the role's `permissions`. An assignment whose role is unknown has no
    entry, and is SET_ASIDE.
    """

    assignment: RoleAssignment
    role: RoleDefinition
    entry: int | None
    outcome: Outcome
    conditions: tuple[ConditionOutcome, ...]

    def to_json(self) -> dict[str, Any]:
        """The reason as plain JSON."""
        return {
            "outcome": self.outcome.value,
            "role": _role(self.role, self.entry),
            "assignment": _assignment(self.assignment),
            "conditions": [condition.to_json() for condition in self.conditions],
        }


class Standing(StrEnum):
    """How firmly an assignment gives access, the most certain first."""

    UNCONDITIONAL = "unconditional"
    CONDITIONAL = "conditional"
    BLOCKED = "blocked"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Case:
    """What stands between a permission entry and an action.

    `action` and `plane` are `None` for every action that no condition names in full. `remains` is
    what is left to be met when `standing` is CONDITIONAL, and `denied_by` what blocks when it is
    BLOCKED.
    """

    action: str | None
    plane: Plane | None
    standing: Standing
    remains: Expression | None = None
    denied_by: tuple[DenyAssignment, ...] = ()

    @property
    def condition(self) -> str | None:
        """What is left to be met, as canonical text."""
        from azcond.formatter import format_expression  # noqa: PLC0415  # not only to list a role

        return None if self.remains is None else format_expression(self.remains)

    def to_json(self) -> dict[str, Any]:
        """The case as plain JSON."""
        return {
            "action": self.action,
            "plane": self.plane and self.plane.value,
            "standing": self.standing.value,
            "condition": self.condition,
            "deniedBy": [denial_json(denial) for denial in self.denied_by],
        }


@dataclass(frozen=True, slots=True)
class Access:
    """One assignment that gives access to an action, or would but for a deny assignment."""

    assignment: RoleAssignment
    role: RoleDefinition
    entry: int
    case: Case

    @property
    def standing(self) -> Standing:
        """How firmly it gives access."""
        return self.case.standing

    @property
    def condition(self) -> str | None:
        """What is left to be met, as canonical text."""
        return self.case.condition

    @property
    def denied_by(self) -> tuple[DenyAssignment, ...]:
        """The deny assignments that block it."""
        return self.case.denied_by

    def to_json(self) -> dict[str, Any]:
        """The row as plain JSON."""
        return {
            "role": _role(self.role, self.entry),
            "assignment": _assignment(self.assignment),
            **self.case.to_json(),
        }


@dataclass(frozen=True, slots=True)
class SetAside:
    """A role assignment that grants nothing, and why."""

    assignment: RoleAssignment
    role: RoleDefinition
    reason: str

    def to_json(self) -> dict[str, Any]:
        """The assignment as plain JSON."""
        return {
            "role": _role(self.role, None),
            "assignment": _assignment(self.assignment),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Holders:
    """Who can do an action at a scope.

    `denials` are the deny assignments that forbid it there to anybody; `set_aside` the assignments
    whose role grants it and that grant nothing. `gaps` says what is not known and could add to the
    list.
    """

    accesses: tuple[Access, ...]
    denials: tuple[DenyAssignment, ...]
    set_aside: tuple[SetAside, ...]
    gaps: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The list as plain JSON."""
        return {
            "accesses": [access.to_json() for access in self.accesses],
            "denials": [denial_json(denial) for denial in self.denials],
            "setAside": [one.to_json() for one in self.set_aside],
            "gaps": list(self.gaps),
        }


@dataclass(frozen=True, slots=True)
class Holding:
    """What one permission entry of an assigned role lets a principal do.

    The entry's patterns are in `permission`. `cases` holds one case for each action that the
    conditions in its way name and that it grants, and last one for all other actions. `denied` has
    the patterns of which a deny assignment forbids all that they match.
    """

    assignment: RoleAssignment
    role: RoleDefinition
    entry: int
    permission: Permission
    cases: tuple[Case, ...]
    denied: Mapping[tuple[Plane, str], DenyAssignment]

    def to_json(self) -> dict[str, Any]:
        """The holding as plain JSON."""
        return {
            "role": _role(self.role, self.entry),
            "assignment": _assignment(self.assignment),
            **permission_json(self.permission),
            "cases": [case.to_json() for case in self.cases],
            "denied": [
                {"plane": plane.value, "pattern": pattern, "by": denial_json(denial)}
                for (plane, pattern), denial in self.denied.items()
            ],
        }


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a principal can do at a scope.

    `denials` are the deny assignments for it there, whichever actions they forbid; `set_aside` the
    assignments that grant nothing. `gaps` says what is not known.
    """

    holdings: tuple[Holding, ...]
    denials: tuple[DenyAssignment, ...]
    set_aside: tuple[SetAside, ...]
    gaps: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The capabilities as plain JSON."""
        return {
            "holdings": [holding.to_json() for holding in self.holdings],
            "denials": [denial_json(denial) for denial in self.denials],
            "setAside": [one.to_json() for one in self.set_aside],
            "gaps": list(self.gaps),
        }


def permission_json(permission: Permission) -> dict[str, list[str]]:
    """The four lists of a permission entry as plain JSON."""
    return {
        "actions": list(permission.actions),
        "notActions": list(permission.not_actions),
        "dataActions": list(permission.data_actions),
        "notDataActions": list(permission.not_data_actions),
    }


def role_json(role: RoleDefinition) -> dict[str, Any]:
    """A role definition as plain JSON, as the Azure CLI writes it."""
    return {
        "name": role.id,
        "roleName": role.name,
        "roleType": "CustomRole" if role.is_custom else "BuiltInRole",
        "description": role.description,
        "permissions": [
            {
                **permission_json(entry),
                "condition": entry.condition,
                "conditionVersion": entry.condition_version,
            }
            for entry in role.permissions
        ],
        "assignableScopes": list(role.assignable_scopes),
    }


def denial_json(denial: DenyAssignment) -> dict[str, Any]:
    """A deny assignment as plain JSON."""
    return {
        "id": denial.id,
        "name": denial.name,
        "scope": denial.scope,
        "principals": list(denial.principals),
        "excludePrincipals": list(denial.exclude_principals),
        "doNotApplyToChildScopes": denial.does_not_apply_to_child_scopes,
        "permissions": [permission_json(entry) for entry in denial.permissions],
    }


def _role(role: RoleDefinition, entry: int | None) -> dict[str, Any]:
    return {"id": role.id, "name": role.name, "entry": entry}


def _assignment(assignment: RoleAssignment) -> dict[str, Any]:
    return {
        "id": assignment.id,
        "scope": assignment.scope,
        "principalId": assignment.principal_id,
        "principalType": assignment.principal_type,
        "principalName": assignment.principal_name,
    }
