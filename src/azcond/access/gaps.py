"""What an answer does not know and what could change it: it is said, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from azcond.access.holding import HeldRole
from azcond.access.models import EVERYONE
from azcond.access.query import AccessQuery
from azcond.access.scopes import is_management_group

if TYPE_CHECKING:
    from azcond.access.model import AccessModel


def gaps_of(model: AccessModel, query: AccessQuery) -> tuple[str, ...]:
    """What is not known about the principal of a query and its groups at the scope."""
    principals = query.folded_principals
    return (*_unknown_roles(model.held(query)), *_unplaced(model, query, principals))


def gaps_at(model: AccessModel, query: AccessQuery) -> tuple[str, ...]:
    """What is not known about anybody at the scope of a query."""
    everybody = (*model.assigned.principals(), *model.denied.principals())
    return (*_unknown_roles(model.held_by_anyone(query)), *_unplaced(model, query, everybody))


def _unknown_roles(held: Iterable[HeldRole]) -> list[str]:
    unknown = dict.fromkeys(
        one.assignment.role for one in held if not one.role.is_known and not one.assignment.eligible
    )
    return [
        f"what the assigned role `{role}` grants: its definition is not given" for role in unknown
    ]


def _unplaced(model: AccessModel, query: AccessQuery, principals: Iterable[str]) -> list[str]:
    """Whether assignments at management groups apply, when no hierarchy places the scope."""
    if model.hierarchy.places(query.folded_scope):
        return []
    chain = model.chain(query.folded_scope)
    held = model.assigned.held_by(principals)
    denied = model.denied.held_by({*principals, EVERYONE})
    scopes = {
        one.folded_scope: one.assignment.scope
        for group in (held, denied)
        for one in group
        if is_management_group(one.folded_scope) and one.folded_scope not in chain
    }
    return [
        f"whether `{query.scope}` stands below `{scope}`, where something is assigned: "
        "no hierarchy places it"
        for scope in scopes.values()
    ]
