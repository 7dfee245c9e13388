"""A decision as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.access.decision import Decision
from azcond.access.models import DenyAssignment, RoleAssignment, fold_id
from azcond.access.outcomes import ConditionOutcome, Outcome, Reason
from azcond.explanation.values import shortened

_MARGIN = "  "
_EXPLANATION_HEAD = 2
"""How many lines of an explanation only repeat the verdict and the action."""


def render_decision(decision: Decision, width: int) -> str:
    """The whole decision; explanations keep to about `width` characters in a line."""
    query = decision.query
    verdict = "ALLOWED" if decision.allowed else "NOT ALLOWED"
    lines = [
        f"{verdict}   {shortened(query.action)} ({query.plane.value} action)",
        f"{_MARGIN}for {_principal_text(decision)}",
        f"{_MARGIN}at {shortened(query.scope)}",
        "",
    ]
    lines += [denial_text(denial) for denial in decision.denied_by]
    for reason in decision.reasons:
        lines += _reason_lines(reason, decision, width)
    if not decision.reasons:
        lines.append("no role assigned here to the principal or its groups grants this action")
    lines += [f"not known: {gap}" for gap in decision.gaps]
    return "\n".join(lines) + "\n"


def denial_text(denial: DenyAssignment) -> str:
    """A deny assignment that forbids the action."""
    name = denial.name or denial.id or "a deny assignment without a name"
    return f"denied by {shortened(name)}, at {shortened(denial.scope)}"


def _principal_text(decision: Decision) -> str:
    shown = shortened(decision.query.principal_id)
    name = decision.principal_name
    return f"{shortened(name)} ({shown})" if name else shown


def _reason_lines(reason: Reason, decision: Decision, width: int) -> Iterator[str]:
    assignment = reason.assignment
    outcome = _OUTCOMES[reason.outcome]
    if reason.outcome is Outcome.GRANTS and not decision.allowed:
        outcome = f"would be {outcome}"
    yield (
        f"{outcome} {_role_text(reason)}, assigned"
        f"{_holder_text(assignment, decision.query.principal_id)} at {shortened(assignment.scope)}"
    )
    for condition in reason.conditions:
        yield from _condition_lines(condition, width)


_OUTCOMES = {
    Outcome.GRANTS: "granted by",
    Outcome.CONDITION: "not granted: the condition is not met of",
    Outcome.SET_ASIDE: "not counted:",
    Outcome.NOT_ACTIONS: "not granted: notActions exclude it from",
}


def _role_text(reason: Reason) -> str:
    role = shortened(reason.role.name)
    if reason.entry is None or len(reason.role.permissions) == 1:
        return role
    return f"{role} (permission entry {reason.entry + 1} of {len(reason.role.permissions)})"


def _holder_text(assignment: RoleAssignment, principal_id: str) -> str:
    if fold_id(assignment.principal_id) == fold_id(principal_id):
        return ""
    return f" to {shortened(assignment.principal_name or assignment.principal_id)}"


def _condition_lines(condition: ConditionOutcome, width: int) -> Iterator[str]:
    if condition.fault:
        yield f"{_MARGIN}{condition.fault}"
    elif condition.met:
        yield f"{_MARGIN}the condition of the {condition.of} is met"
    elif condition.explanation is not None:
        yield f"{_MARGIN}condition of the {condition.of}:"
        told = condition.explanation.to_text(width - 2 * len(_MARGIN)).splitlines()
        for line in told[_EXPLANATION_HEAD:]:
            yield f"{2 * _MARGIN}{line}".rstrip()
