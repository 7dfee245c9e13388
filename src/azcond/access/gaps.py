"""What an answer does not know and what could change it: it is said, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from azcond.access.holding import HeldDenial, HeldRole
from azcond.access.models import EVERYONE
from azcond.access.query import AccessQuery
from azcond.access.scopes import is_management_group

if TYPE_CHECKING:
    from azcond.access.model import AccessModel


def granting_gaps(model: AccessModel, query: AccessQuery) -> tuple[str, ...]:
    """What is not known and could grant something to the principal of a query or its groups."""
    held = model.assigned.held_by(query.folded_principals)
    return (*_unknown_roles(model.held(query)), *_unplaced(model, query, held))


def denying_gaps(model: AccessModel, query: AccessQuery) -> tuple[str, ...]:
    """What is not known and could deny something to the principal of a query or its groups."""
    denials = model.denied.held_by((*query.folded_principals, EVERYONE))
    concerned = (one for one in denials if one.excluded.isdisjoint(query.folded_principals))
    return tuple(_unplaced(model, query, concerned))


def gaps_at(model: AccessModel, query: AccessQuery) -> tuple[str, ...]:
    """What is not known about anybody at the scope of a query."""
    held = model.assigned.held_by(model.assigned.principals())
    denials = model.denied.held_by(model.denied.principals())
    unplaced = dict.fromkeys([*_unplaced(model, query, held), *_unplaced(model, query, denials)])
    return (*_unknown_roles(model.held_by_anyone(query)), *unplaced)


def _unknown_roles(held: Iterable[HeldRole]) -> list[str]:
    unknown = dict.fromkeys(
        one.assignment.role for one in held if not one.role.is_known and not one.assignment.eligible
    )
    return [
        f"what the assigned role `{role}` grants: its definition is not given" for role in unknown
    ]


def _unplaced(
    model: AccessModel, query: AccessQuery, held: Iterable[HeldRole | HeldDenial]
) -> list[str]:
    """The management groups of what is held that might stand above the scope."""
    if model.hierarchy.places(query.folded_scope):
        return []
    chain = model.chain(query.folded_scope)
    scopes = {
        one.folded_scope: one.assignment.scope
        for one in held
        if is_management_group(one.folded_scope) and one.folded_scope not in chain
    }
    return [
        f"whether `{query.scope}` stands below `{scope}`, where something is assigned: "
        "no hierarchy places it"
        for scope in scopes.values()
    ]
