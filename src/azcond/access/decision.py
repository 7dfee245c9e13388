"""A decision and its reasons, which are worked out only when somebody asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from azcond.access.filters import Filter
from azcond.access.models import DenyAssignment, RoleAssignment, RoleDefinition
from azcond.access.query import AccessQuery
from azcond.explanation import Explanation, explain
from azcond.kinds import fold

if TYPE_CHECKING:
    from azcond.access.model import AccessModel, HeldRole
    from azcond.access.roles import ReadyPermission


class Outcome(StrEnum):
    """What became of one permission entry of an assigned role."""

    GRANTS = "grants"
    NOT_ACTIONS = "excluded by notActions"
    CONDITION = "condition not met"


@dataclass(frozen=True, slots=True)
class ConditionOutcome:
    """One of the conditions in the way: of the role assignment or of the role definition."""

    of: str
    text: str
    met: bool
    fault: str | None
    explanation: Explanation | None

    def to_json(self) -> dict[str, Any]:
        """`of`, `met`, `condition`, and `fault` or `explanation` where there is one."""
        told: dict[str, Any] = {"of": self.of, "met": self.met, "condition": self.text}
        if self.fault:
            told["fault"] = self.fault
        if self.explanation:
            told["explanation"] = self.explanation.to_json()
        return told


@dataclass(frozen=True, slots=True)
class Reason:
    """A role assignment that grants, or would grant but for `outcome`.

    `entry` is the position in the role's `permissions`; `principal_id` is the principal or the
    group that holds the assignment.
    """

    assignment: RoleAssignment
    role: RoleDefinition
    entry: int
    outcome: Outcome
    conditions: tuple[ConditionOutcome, ...]

    def to_json(self) -> dict[str, Any]:
        """The reason as plain JSON."""
        return {
            "outcome": self.outcome.value,
            "role": {"id": self.role.id, "name": self.role.name, "entry": self.entry},
            "assignment": {
                "id": self.assignment.id,
                "scope": self.assignment.scope,
                "principalId": self.assignment.principal_id,
            },
            "conditions": [condition.to_json() for condition in self.conditions],
        }


class Decision:
    """The answer to an `AccessQuery`. Truthy when allowed."""

    __slots__ = ("__dict__", "_model", "allowed", "query")

    def __init__(self, model: AccessModel, query: AccessQuery, *, allowed: bool) -> None:
        self._model = model
        self.query = query
        self.allowed = allowed

    def __bool__(self) -> bool:
        return self.allowed

    def __repr__(self) -> str:
        return f"Decision(allowed={self.allowed}, action={self.query.action!r})"

    @cached_property
    def denied_by(self) -> tuple[DenyAssignment, ...]:
        """The deny assignments that forbid the action, whatever is assigned."""
        return tuple([denial.assignment for denial in self._model.denials(self.query)])

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Every assignment that has to do with the action, those that grant first."""
        found = [reason for held in self._model.held(self.query) for reason in self._of(held)]
        return tuple(sorted(found, key=lambda reason: list(Outcome).index(reason.outcome)))

    @property
    def granted_by(self) -> tuple[Reason, ...]:
        """The reasons that grant the action; a deny assignment may still forbid it."""
        return tuple([r for r in self.reasons if r.outcome is Outcome.GRANTS])

    def _of(self, held: HeldRole) -> list[Reason]:
        reasons = []
        request, plane = self.query.request, self.query.plane
        for index, entry in enumerate(held.role.permissions):
            if entry.grants(request.folded_action, plane):
                conditions = self._conditions(held, entry)
                met = all(condition.met for condition in conditions)
                outcome = Outcome.GRANTS if met else Outcome.CONDITION
            elif entry.subtracts(request.folded_action, plane):
                conditions, outcome = (), Outcome.NOT_ACTIONS
            else:
                continue
            role = held.role.definition
            reasons.append(Reason(held.assignment, role, index, outcome, conditions))
        return reasons

    def _conditions(self, held: HeldRole, entry: ReadyPermission) -> tuple[ConditionOutcome, ...]:
        given = (("role definition", entry.filter), ("role assignment", held.filter))
        return tuple([self._outcome(of, one) for of, one in given if one is not None])

    def _outcome(self, of: str, condition: Filter) -> ConditionOutcome:
        request = self.query.request
        told = None
        if condition.fault is None and condition.condition is not None:
            told = explain(condition.condition, request)
        return ConditionOutcome(of, condition.text, condition.met(request), condition.fault, told)

    def to_json(self) -> dict[str, Any]:
        """`allowed`, the query, `deniedBy` and `reasons`, as plain JSON."""
        query = self.query
        return {
            "allowed": self.allowed,
            "principalId": query.principal_id,
            "action": query.action,
            "plane": query.plane.value,
            "scope": query.scope,
            "deniedBy": [{"id": d.id, "name": d.name, "scope": d.scope} for d in self.denied_by],
            "reasons": [reason.to_json() for reason in self.reasons],
        }

    def to_text(self) -> str:
        """The decision for people: the verdict first, then every reason."""
        query = self.query
        verdict = "ALLOWED" if self.allowed else "NOT ALLOWED"
        lines = [
            f"{verdict}   {query.action} ({query.plane.value} action)",
            f"  at {query.scope}",
            "",
        ]
        lines += [f"denied by {d.name or d.id} at {d.scope}" for d in self.denied_by]
        for reason in self.reasons:
            lines += self._reason_lines(reason)
        if not self.reasons and not self.denied_by:
            lines.append("no role assigned to the principal or its groups grants this action")
        return "\n".join(lines) + "\n"

    def _reason_lines(self, reason: Reason) -> list[str]:
        assignment = reason.assignment
        through = ""
        if fold(assignment.principal_id) != fold(self.query.principal_id):
            through = f" through {assignment.principal_name or assignment.principal_id}"
        lines = [
            f"{reason.role.name}: {reason.outcome.value}{through}, assigned at {assignment.scope}"
        ]
        for condition in reason.conditions:
            if condition.met and reason.outcome is Outcome.GRANTS:
                lines.append(f"  condition of the {condition.of} is met")
            elif condition.fault:
                lines.append(f"  {condition.of}: {condition.fault}")
            elif condition.explanation:
                told = condition.explanation.to_text().splitlines()
                lines.append(f"  condition of the {condition.of}:")
                lines += [f"    {line}".rstrip() for line in told]
        return lines
