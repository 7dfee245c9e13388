"""Who may do what by a scan over everything: what decides alike, and slowly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import azcond
from azcond.access import AccessQuery, RoleAssignment, RoleDefinition


def scan(
    roles: Mapping[str, RoleDefinition], assignments: Iterable[RoleAssignment], query: AccessQuery
) -> bool:
    """Whether a management action is granted, by going through all there is and no more."""
    return any(_applies(one, query) and _grants(roles, one, query) for one in assignments)


def _applies(assignment: RoleAssignment, query: AccessQuery) -> bool:
    if assignment.principal_id.lower() not in query.folded_principals:
        return False
    scope = assignment.scope.lower().rstrip("/") + "/"
    return f"{query.scope.lower()}/".startswith(scope)


def _grants(
    roles: Mapping[str, RoleDefinition], assignment: RoleAssignment, query: AccessQuery
) -> bool:
    role = roles[assignment.role.rpartition("/")[2]]
    conditions = [assignment.condition] if assignment.condition else []
    for entry in role.permissions:
        if _any_of(entry.actions, query.action) and not _any_of(entry.not_actions, query.action):
            demanded = [*conditions, *([entry.condition] if entry.condition else [])]
            if all(azcond.evaluate(azcond.parse(one), query.request) for one in demanded):
                return True
    return False


def _any_of(patterns: Iterable[str], action: str) -> bool:
    return any(
        re.fullmatch(".*".join(map(re.escape, pattern.strip().lower().split("*"))), action.lower())
        for pattern in patterns
    )
