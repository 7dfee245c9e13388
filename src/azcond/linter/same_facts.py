"""Whether the facts about two assignments are the same, in one file."""

from __future__ import annotations

import re

from azcond.access.known import KnownRoles
from azcond.access.models import RoleDefinition, fold_id
from azcond.access.scopes import fold_scope
from azcond.containers import Fact, Field, Holder
from azcond.kinds import fold

_OF_AN_INSTANCE = re.compile(r"\b(?:each|count)\.|\bcopyIndex\(")
"""What is another value in every instance of a resource."""


def role_of(holder: Holder, roles: KnownRoles) -> RoleDefinition | None:
    """The role that is assigned, if it is told and known."""
    named = holder.text(Fact.ROLE)
    return roles.find(named) if named else None


def comparable(holder: Holder, fact: Fact) -> str | None:
    """A fact in the form in which it compares; nothing where equal texts may say different things.

    Expressions in code that is no script have one value wherever they stand in the file.
    """
    field = holder.facts.get(fact, Field(None, ""))
    if isinstance(field.value, str):
        return _folded(field.value, fact) if field.value else None
    if not holder.is_declared or not field.written or _OF_AN_INSTANCE.search(field.written):
        return None
    return " ".join(field.written.split())


def _folded(value: str, fact: Fact) -> str:
    match fact:
        case Fact.SCOPE:
            return fold_scope(value)
        case Fact.PRINCIPAL:
            return fold_id(value)
        case _:
            return fold(value)
