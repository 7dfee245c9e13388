"""A decision and its reasons, which are worked out only when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from azcond.access.filters import Filter
from azcond.access.gaps import denying_gaps, granting_gaps
from azcond.access.models import DenyAssignment
from azcond.access.outcomes import ConditionOutcome, Outcome, Reason, denial_json
from azcond.access.query import AccessQuery
from azcond.explanation import explain

if TYPE_CHECKING:
    from azcond.access.holding import HeldRole
    from azcond.access.model import AccessModel


class Decision:
    """The answer to an `AccessQuery`. Truthy when allowed."""

    __slots__ = ("__dict__", "_model", "allowed", "query")

    def __init__(self, model: AccessModel, query: AccessQuery, allowed: bool) -> None:
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

    @property
    def principal_name(self) -> str | None:
        """What role assignments call the principal, if they do."""
        return self._model.name_of(self.query.principal_id)

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """What is not known and could change the answer: a role, the place of a scope."""
        if self.denied_by:
            return ()
        find = denying_gaps if self.allowed else granting_gaps
        return find(self._model, self.query)

    def _of(self, held: HeldRole) -> Iterator[Reason]:
        role, request, plane = held.role.definition, self.query.request, self.query.plane
        if not held.role.is_known:
            conditions = tuple(self._conditions(None, held.filter))
            yield Reason(held.assignment, role, None, Outcome.SET_ASIDE, conditions)
        for index, entry in enumerate(held.role.permissions):
            if entry.grants(request.folded_action, plane):
                conditions = tuple(self._conditions(entry.filter, held.filter))
                yield Reason(held.assignment, role, index, _outcome(conditions), conditions)
            elif entry.subtracts(request.folded_action, plane):
                yield Reason(held.assignment, role, index, Outcome.NOT_ACTIONS, ())

    def _conditions(
        self, of_role: Filter | None, of_assignment: Filter | None
    ) -> Iterator[ConditionOutcome]:
        request = self.query.request
        for of, one in (("role definition", of_role), ("role assignment", of_assignment)):
            if one is not None:
                told = explain(one.condition, request) if one.condition else None
                yield ConditionOutcome(of, one.text, one.program(request), one.fault, told)

    def to_json(self) -> dict[str, Any]:
        """`allowed`, the query, `deniedBy`, `reasons` and `gaps`, as plain JSON."""
        query = self.query
        return {
            "allowed": self.allowed,
            "principalId": query.principal_id,
            "action": query.action,
            "plane": query.plane.value,
            "scope": query.scope,
            "deniedBy": [denial_json(denial) for denial in self.denied_by],
            "reasons": [reason.to_json() for reason in self.reasons],
            "gaps": list(self.gaps),
        }

    def to_text(self, width: int = 100) -> str:
        """The decision for people: the verdict first, then every reason."""
        from azcond.access.rendering import render_decision  # noqa: PLC0415  # renders what is here

        return render_decision(self, width)


def _outcome(conditions: tuple[ConditionOutcome, ...]) -> Outcome:
    if all(condition.met for condition in conditions):
        return Outcome.GRANTS
    faulty = any(condition.fault for condition in conditions)
    return Outcome.SET_ASIDE if faulty else Outcome.CONDITION
