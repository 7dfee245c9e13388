"""User text inside of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azcond.access.models import RoleDefinition

if TYPE_CHECKING:
    from azcond.linter.subject import Subject

_LONGEST = 120
_TAIL = 60


def shown(text: str) -> str:
    """Text between backticks; of a long one the beginning and the end."""
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - _TAIL - 1]}…{text[-_TAIL:]}"
    return f"`{text}`"


def shown_role(role: RoleDefinition) -> str:
    """The name of a role."""
    return shown(role.name)


def own_role(subject: Subject) -> str:
    """The name of the role that the condition is for, which is known."""
    assert subject.role is not None
    return shown_role(subject.role.definition)
