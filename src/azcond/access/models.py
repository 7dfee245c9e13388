"""Role definitions, role assignments and deny assignments, as plain frozen values.

Sources of the shapes: Azure RBAC documentation, role-definitions, "List role assignments" and
deny-assignments. Files are read by `azcond.access.documents`; these can also be written by hand.
"""

from __future__ import annotations

from enum import StrEnum

from azcond._dataclasses import dataclass
from azcond.kinds import fold, guid_value

EVERYONE = "00000000-0000-0000-0000-000000000000"
"""The principal of a deny assignment that means everyone (type `SystemDefined`)."""

CONDITION_VERSION = "2.0"
"""The only version of the condition language in use."""

_GUID_DIGITS = 32


def version_text(given: str | None) -> str:
    """What messages call a `conditionVersion` that is not the one in use."""
    return f"`{given}`" if given else "missing"


def fold_id(text: str) -> str:
    """An object id in the form in which ids compare: folded; a GUID without dashes gets them.

    A text that is in that form already is given back itself: a model need not hold it twice.
    """
    if len(text) == _GUID_DIGITS:
        return guid_value(text) or fold(text)
    folded = fold(text)
    return text if folded == text else folded


@dataclass(frozen=True, slots=True)
class Permission:
    """One entry of `permissions`: what is subtracted is subtracted from this entry only."""

    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    data_actions: tuple[str, ...] = ()
    not_data_actions: tuple[str, ...] = ()
    condition: str | None = None
    condition_version: str | None = None

    def lists(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The four lists of patterns, each with the name it has in JSON."""
        return (
            ("actions", self.actions),
            ("notActions", self.not_actions),
            ("dataActions", self.data_actions),
            ("notDataActions", self.not_data_actions),
        )


@dataclass(frozen=True, slots=True)
class RoleDefinition:
    """A role. `id` is its GUID, or whatever names it where there is none."""

    id: str
    name: str
    permissions: tuple[Permission, ...]
    description: str = ""
    assignable_scopes: tuple[str, ...] = ()
    is_custom: bool = False


@dataclass(frozen=True, slots=True)
class RoleAssignment:
    """A role for a principal at a scope. `role` is a full role definition id, a GUID or a name.

    An eligible assignment (Privileged Identity Management) grants nothing until it is activated.
    """

    principal_id: str
    role: str
    scope: str
    condition: str | None = None
    condition_version: str | None = None
    id: str = ""
    principal_type: str = ""
    principal_name: str = ""
    eligible: bool = False


@dataclass(frozen=True, slots=True)
class DenyAssignment:
    """What the listed principals must not do, whatever is assigned to them."""

    scope: str
    permissions: tuple[Permission, ...]
    principals: tuple[str, ...]
    exclude_principals: tuple[str, ...] = ()
    does_not_apply_to_child_scopes: bool = False
    id: str = ""
    name: str = ""


class ProblemKind(StrEnum):
    """What a problem means for the answers of a model."""

    UNREAD = "unread"
    """An entry could not be taken. A role or an assignment is missing; a deny assignment is not:
    one that denies everything stands in its place."""

    NOTHING_GRANTED = "nothing granted"
    """An assignment, or an entry of a role, was understood and grants nothing."""

    REMARK = "remark"
    """The data is not what it seems, and is taken all the same."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the given data that had to be set aside, or that is not what it seems."""

    where: str
    message: str
    kind: ProblemKind

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"
