"""Role definitions made ready for many decisions.

Source of the behaviour: role-definitions. `notActions` subtract from the entry they stand in and
from nothing else; `actions` never include data actions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from azcond.access.filters import Filter, Filters
from azcond.access.models import CONDITION_VERSION, Permission, Problem, RoleDefinition
from azcond.actions import ActionSet
from azcond.interpreter import evaluate
from azcond.kinds import fold
from azcond.request import Request
from azcond.truth import Truth

_REMEMBERED_ACTIONS = 10_000


class Plane(StrEnum):
    """Whether an action manages a resource or touches the data in it."""

    MANAGEMENT = "management"
    DATA = "data"


def asked_key(plane: Plane, folded_action: str) -> str:
    """A plane and an action as one text, which is what a role remembers its answers by."""
    return f"{plane.value} {folded_action}"


class ReadyPermission:
    """One entry of a role's permissions, with its patterns compiled and its condition parsed."""

    __slots__ = ("_lists", "filter", "permission")

    def __init__(self, permission: Permission, condition: Filter | None) -> None:
        self.permission = permission
        self.filter = condition
        self._lists = {
            Plane.MANAGEMENT: (ActionSet(permission.actions), ActionSet(permission.not_actions)),
            Plane.DATA: (
                ActionSet(permission.data_actions),
                ActionSet(permission.not_data_actions),
            ),
        }

    def grants(self, folded_action: str, plane: Plane) -> bool:
        """Whether the entry grants an action, its condition aside."""
        actions, not_actions = self._lists[plane]
        return actions.matches(folded_action) and not not_actions.matches(folded_action)

    def subtracts(self, folded_action: str, plane: Plane) -> bool:
        """Whether the entry would grant an action but for its `notActions`."""
        actions, not_actions = self._lists[plane]
        return actions.matches(folded_action) and not_actions.matches(folded_action)

    def may_apply(self, request: Request) -> bool:
        """Whether a denial applies: unless its condition is plainly false, it does."""
        condition = self.filter
        if condition is None or condition.condition is None:
            return True
        return evaluate(condition.condition, request) is not Truth.FALSE


class ReadyRole:
    """A role definition that answers what stands between it and an action, and remembers."""

    __slots__ = ("definition", "permissions", "remembered")

    def __init__(self, definition: RoleDefinition, filters: Filters) -> None:
        self.definition = definition
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
            found = (None,) if None in filters else tuple(filters)
            if len(self.remembered) < _REMEMBERED_ACTIONS:
                self.remembered[asked] = found
        return found


class Roles:
    """Role definitions by what assignments call them: a full id, a GUID or a name."""

    def __init__(self, definitions: Iterable[RoleDefinition], filters: Filters) -> None:
        self._by_key: dict[str, ReadyRole] = {}
        self.problems: list[Problem] = []
        for definition in definitions:
            self._add(ReadyRole(definition, filters))

    def __iter__(self) -> Iterator[ReadyRole]:
        return iter(dict.fromkeys(self._by_key.values()))

    def find(self, role: str) -> ReadyRole | None:
        """The role of a full role definition id, a GUID or a name, in any case."""
        return self._by_key.get(fold(role).rpartition("/")[2]) or self._by_key.get(fold(role))

    def _add(self, role: ReadyRole) -> None:
        definition = role.definition
        where = f"role {definition.name}"
        for name in dict.fromkeys((fold(definition.id), fold(definition.name))):
            if name in self._by_key:
                self.problems.append(
                    Problem(where, f"`{name}` names two roles; the first one counts")
                )
            elif name:
                self._by_key[name] = role
        for index, entry in enumerate(role.permissions):
            version = entry.permission.condition_version
            place = f"{where}, permissions[{index}]"
            if entry.filter is None:
                continue
            if entry.filter.fault:
                self.problems.append(Problem(place, f"grants nothing: {entry.filter.fault}"))
            elif version != CONDITION_VERSION:
                self.problems.append(
                    Problem(place, f"condition version {version}, evaluated as {CONDITION_VERSION}")
                )
