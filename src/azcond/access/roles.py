"""Role definitions made ready for many decisions.

Source of the behaviour: role-definitions. `notActions` subtract from the entry they stand in and
from nothing else; `actions` never include data actions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property

from azcond.access.filters import Filter, Filters
from azcond.access.models import (
    CONDITION_VERSION,
    Permission,
    Problem,
    ProblemKind,
    RoleDefinition,
    fold_id,
    version_text,
)
from azcond.actions import ActionSet
from azcond.kinds import fold

_REMEMBERED_ACTIONS = 1_000
_DEFINITIONS = "/roledefinitions/"


class Plane(StrEnum):
    """Whether an action manages a resource or touches the data in it."""

    MANAGEMENT = "management"
    DATA = "data"


def asked_key(plane: Plane, folded_action: str) -> str:
    """A plane and an action as one text, which is what a role remembers its answers by."""
    return f"{plane.value} {folded_action}"


def plane_lists(entry: Permission, plane: Plane) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a permission entry grants in a plane, and what it subtracts from that."""
    if plane is Plane.DATA:
        return entry.data_actions, entry.not_data_actions
    return entry.actions, entry.not_actions


class ReadyPermission:
    """One entry of a role's permissions, its patterns compiled when first asked."""

    __slots__ = ("_compiled", "filter", "permission")

    def __init__(self, permission: Permission, condition: Filter | None) -> None:
        self.permission = permission
        self.filter = condition
        self._compiled: dict[Plane, tuple[ActionSet, ActionSet]] = {}

    def grants(self, folded_action: str, plane: Plane) -> bool:
        """Whether the entry grants an action, its condition aside."""
        actions, not_actions = self._sets(plane)
        return actions.matches(folded_action) and not not_actions.matches(folded_action)

    def subtracts(self, folded_action: str, plane: Plane) -> bool:
        """Whether the entry would grant an action but for its `notActions`."""
        actions, not_actions = self._sets(plane)
        return actions.matches(folded_action) and not_actions.matches(folded_action)

    def _sets(self, plane: Plane) -> tuple[ActionSet, ActionSet]:
        found = self._compiled.get(plane)
        if found is None:
            granting, subtracting = plane_lists(self.permission, plane)
            found = self._compiled[plane] = (ActionSet(granting), ActionSet(subtracting))
        return found


class ReadyRole:
    """A role definition that answers what stands between it and an action, and remembers."""

    __slots__ = ("definition", "is_known", "permissions", "remembered")

    def __init__(
        self, definition: RoleDefinition, filters: Filters, *, is_known: bool = True
    ) -> None:
        self.definition = definition
        self.is_known = is_known
        self.permissions = tuple(
            [
                ReadyPermission(entry, filters.of(entry.condition))
                for entry in definition.permissions
            ]
        )
        self.remembered: dict[str, tuple[Filter | None, ...]] = {}

    def filters_of(self, asked: str) -> tuple[Filter | None, ...]:
        """The conditions of the entries that grant an action, any of which suffices.

        `asked` is an `asked_key`. `None` stands for an entry without a condition, which makes the
        others irrelevant; nothing at all means that the role does not grant the action.
        """
        found = self.remembered.get(asked)
        if found is None:
            name, _, folded_action = asked.partition(" ")
            plane = Plane(name)
            filters = [p.filter for p in self.permissions if p.grants(folded_action, plane)]
            found = (None,) if None in filters else tuple(dict.fromkeys(filters))
            if len(self.remembered) < _REMEMBERED_ACTIONS:
                self.remembered[asked] = found
        return found


class Roles:
    """Role definitions by what assignments call them: a full id, a GUID or a name.

    A name that two different roles have names neither.
    """

    def __init__(self, definitions: Iterable[RoleDefinition], filters: Filters) -> None:
        self._by_id: dict[str, ReadyRole | None] = {}
        self._by_name: dict[str, ReadyRole | None] = {}
        self.problems: list[Problem] = []
        for definition in definitions:
            role = ReadyRole(definition, filters)
            self._enter(self._by_id, _short_id(definition.id), role)
            self._enter(self._by_name, fold(definition.name), role)
            self.problems += _entry_problems(role)

    def __iter__(self) -> Iterator[ReadyRole]:
        return (role for role in self._by_id.values() if role is not None)

    def find(self, role: str) -> ReadyRole | None:
        """The role of a full role definition id, a GUID or a name, in any case."""
        return self._by_id.get(_short_id(role)) or self._by_name.get(fold(role))

    def has_data_action(self, folded_action: str) -> bool:
        """Whether some role names the action, letter for letter, among its data actions."""
        return folded_action in self._named_data_actions

    @cached_property
    def _named_data_actions(self) -> frozenset[str]:
        return frozenset(
            fold(action)
            for role in self
            for entry in role.definition.permissions
            for action in entry.data_actions
        )

    def _enter(self, table: dict[str, ReadyRole | None], name: str, role: ReadyRole) -> None:
        if not name:
            return
        known = table.setdefault(name, role)
        if known is role:
            return
        if known is None or known.definition.permissions != role.definition.permissions:
            table[name] = None
            message = f"`{name}` stands for several roles, so for none"
            where = f"role {role.definition.name}"
            self.problems.append(Problem(where, message, ProblemKind.NOTHING_GRANTED))


def _short_id(role: str) -> str:
    """The GUID of a full role definition id; what is no such id stays as it is."""
    folded = fold(role)
    _, marker, last = folded.rpartition(_DEFINITIONS)
    return fold_id(last if marker and "/" not in last else folded)


def _entry_problems(role: ReadyRole) -> Iterator[Problem]:
    for index, entry in enumerate(role.permissions):
        if entry.filter is None:
            continue
        place = f"role {role.definition.name}, permissions[{index}]"
        version = entry.permission.condition_version
        if entry.filter.fault:
            message = f"grants nothing: {entry.filter.fault}"
            yield Problem(place, message, ProblemKind.NOTHING_GRANTED)
        elif version != CONDITION_VERSION:
            given = version_text(version)
            message = f"its conditionVersion is {given}; evaluated as `{CONDITION_VERSION}`"
            yield Problem(place, message, ProblemKind.REMARK)
