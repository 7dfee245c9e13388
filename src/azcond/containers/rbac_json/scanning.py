"""Conditions in JSON: role definitions, role assignments and lists of them, in any nesting.

The shapes are those of the REST API, of the Azure CLI, of Azure PowerShell and of Resource Graph
(role-definitions, "Role definition properties"; role-assignments-list-rest), of ARM templates
(role-assignments-template), of Privileged Identity Management, and of Terraform's plans and states.
A JSON file may hold one document or several (JSON lines), and comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import Any

from azcond.access.models import RoleDefinition
from azcond.containers.assembling import Assembly
from azcond.containers.model import (
    Comment,
    Contents,
    EmbeddedCondition,
    Fact,
    Holder,
    Host,
    Unread,
)
from azcond.containers.rbac_json.document import Document, written
from azcond.containers.rbac_json.fragments import (
    Fragments,
    holes_of,
    joined,
    known_text,
    parts_of,
)
from azcond.containers.rbac_json.holders import find_holder, read_assignment, read_role
from azcond.containers.rbac_json.names import (
    CONDITION,
    DECLARING,
    FACT_NAMES,
    Names,
    is_given,
)
from azcond.containers.rbac_json.places import Places, Trail, path_of, trail_of
from azcond.containers.rbac_json.terraform_plans import Planned, find_planned, is_generated
from azcond.containers.recognising import (
    looks_like_condition,
    may_be_of_azure,
    tells_of_azure,
)
from azcond.jsontext import JsonTextError, Path, Reading, json_name, read_what_can_be

_OF_INTEREST = re.compile(
    r"condition|permissions|assignable_?scopes|role_?definition|azcond:|\\u00", re.IGNORECASE
)
_ENDS = ("}", "]")
_WHOLE = Planned(())


def find_in_json(text: str) -> Contents:
    """Every condition that belongs to Azure access control, in text order.

    Null and the empty string are no condition. What stands where a condition should and is not
    text is unread. Broken JSON is not, if none of it speaks of access and it is not cut off.
    """
    if not _OF_INTEREST.search(text) and text.rstrip().endswith(_ENDS):
        return Contents()
    reading, plain, comments = _read(text)
    if isinstance(reading, JsonTextError):
        return Contents(unread=(Unread(reading.message, reading.offset),), comments=comments)
    found = [_Finder(plain, one.value, one.span.start).contents() for one in reading.documents]
    broken = (Unread(fault.message, fault.offset) for fault in reading.faults)
    unread = chain(broken, *(contents.unread for contents in found))
    return Contents(
        tuple(chain.from_iterable(contents.conditions for contents in found)),
        tuple(sorted(unread, key=attrgetter("offset"))),
        tuple(chain.from_iterable(contents.roles for contents in found)),
        tuple(chain.from_iterable(contents.assignments for contents in found)),
        comments,
    )


def _read(text: str) -> tuple[Reading | JsonTextError, str, tuple[Comment, ...]]:
    """The documents of a text, the text in which they stand, and the comments around them."""
    try:
        reading = read_what_can_be(text)
        if not reading.faults:
            return reading, text, ()
    except JsonTextError:
        pass
    from azcond.containers.rbac_json.comments import without_comments  # noqa: PLC0415  # seldom

    plain, comments = without_comments(text)
    try:
        return read_what_can_be(plain), plain, comments
    except JsonTextError as error:
        return error, plain, comments


def _objects(root: Any, trail: Trail) -> Iterator[tuple[Trail, dict[str, Any]]]:
    """Every object in text order, outer before inner, with the way to it."""
    pending: list[tuple[Trail, Any]] = [(trail, root)]
    while pending:
        trail, value = pending.pop()
        if isinstance(value, dict):
            yield trail, value
            members: Iterable[tuple[str | int, Any]] = list(value.items())
        elif isinstance(value, list):
            members = list(enumerate(value))
        else:
            continue
        pending.extend(
            ((trail, name), inner)
            for name, inner in reversed(list(members))
            if isinstance(inner, dict | list)
        )


class _Finder:
    """Finds what one document holds."""

    def __init__(self, text: str, root: Any, start: int) -> None:
        self._document = Document(root, Places(text, start, is_generated=is_generated(root)))
        self._folded = self._document.folded
        self._conditions: list[tuple[Path, Fragments, EmbeddedCondition]] = []
        self._problems: list[tuple[str, Path]] = []
        self._roles: list[RoleDefinition] = []
        self._assignments: list[Holder] = []

    def contents(self) -> Contents:
        """The contents of the document."""
        root = self._document.root
        planned = find_planned(root)
        for one in (_WHOLE,) if planned is None else planned:
            self._look_through(one)
        elsewhere = {
            fragment.home
            for path, fragments, _ in self._conditions
            for fragment in fragments
            if fragment.home != path
        }
        places = self._document.places
        return Contents(
            tuple([found for path, _, found in self._conditions if path not in elsewhere]),
            tuple([Unread(problem, places.start(path) or 0) for problem, path in self._problems]),
            tuple(self._roles),
            tuple(self._assignments),
        )

    def _look_through(self, planned: Planned) -> None:
        value, start = self._document.root, trail_of(planned.path)
        for part in planned.path:
            value = value[part]
        for trail, members in _objects(value, start):
            names = {self._folded[name]: name for name in members}
            if "permissions" in names or "assignablescopes" in names:
                self._take_role(trail, members, names)
            holder = self._assignment(trail, members, names)
            for folded, name in names.items():
                if folded.endswith((CONDITION, "value")) and members[name] not in (None, ""):
                    self._take_member(trail, members, names, name, holder, planned)
        if planned.unknown is not None:
            self._take_unknown(planned)

    def _assignment(self, trail: Trail, members: Mapping[str, Any], names: Names) -> Holder | None:
        is_one = is_given(members, names, FACT_NAMES[Fact.PRINCIPAL]) and is_given(
            members, names, FACT_NAMES[Fact.ROLE]
        )
        if not is_one:
            return None
        path = path_of(trail)
        condition = names.get(CONDITION)
        is_meant = condition is not None and self._is_meant(members, names, (*path, condition))
        if not is_meant and not self._is_of_azure(path):
            return None
        self._document.places.want(trail)
        holder = read_assignment(self._document, path)
        self._assignments.append(holder)
        return holder

    def _is_of_azure(self, path: Path) -> bool:
        """Whether the object at a path is a part of Azure's access control for sure."""
        given = self._document.members(self._document.around(path)).values
        return tells_of_azure(_texts(given), written(path))

    def _is_meant(self, members: Mapping[str, Any], names: Names, path: Path) -> bool:
        """Whether the member at a path has a text that seems to be a condition."""
        given = members[str(path[-1])]
        if not isinstance(given, str) or _is_of_a_deployment(names):
            return False
        fragments = self._document.strings.read(given, path)
        if looks_like_condition(joined(fragments)):
            return True
        is_told = known_text(fragments) is not None
        return not is_told and may_be_of_azure(dict.fromkeys(names, ""))

    def _take_role(self, trail: Trail, members: Mapping[str, Any], names: Names) -> None:
        """The role that an object defines, if any; a deny assignment has permissions as well."""
        if "principals" in names:
            return
        # Azure PowerShell has one list of actions for the whole role.
        entries = members[names["permissions"]] if "permissions" in names else [members]
        if isinstance(entries, list):
            around = self._document.around(path_of(trail))
            _, definition = read_role(self._document, around, entries)
            if definition is not None:
                self._roles.append(definition)

    def _take_member(  # noqa: PLR0913, PLR0917  # what is known about one member
        self,
        trail: Trail,
        members: Mapping[str, Any],
        names: Names,
        name: str,
        holder: Holder | None,
        planned: Planned,
    ) -> None:
        given, path = members[name], path_of(trail)
        is_own = self._folded[name] == CONDITION
        if not _is_named_condition(self._folded[name], trail):
            return
        is_sure = is_own and _may_belong(names, given) and self._is_of_azure(path)
        if not is_sure and not self._is_meant(members, names, (*path, name)):
            return
        self._document.places.want(trail)
        if isinstance(given, str):
            found = holder or find_holder(self._document, path)
            self._take_condition(given, (*path, name), found, planned)
        else:
            message = f"`condition` must be a string or null, got {json_name(given)}"
            self._problems.append((message, (*path, name)))

    def _take_condition(
        self, given: str, path: Path, holder: Holder | None, planned: Planned
    ) -> None:
        fragments = self._document.strings.read(given, path)
        before = planned.before.get(CONDITION) if isinstance(planned.before, dict) else None
        found = EmbeddedCondition(
            joined(fragments),
            holder,
            Host.JSON,
            partial(_parts, self._document, fragments),
            holes_of(fragments),
            before if isinstance(before, str) else None,
        )
        self._conditions.append((path, fragments, found))

    def _take_unknown(self, planned: Planned) -> None:
        """A condition that is known only when the plan has been applied."""
        assert planned.unknown is not None
        span = self._document.places.span(planned.unknown)
        assert span is not None
        made = Assembly()
        made.add_hole("(known after apply)", span, f"{planned.address}.condition")
        holder = read_assignment(self._document, planned.path)
        self._conditions.append((planned.unknown, (), made.condition(holder, Host.JSON)))


def _parts(document: Document, fragments: Fragments) -> tuple[Any, ...]:
    return tuple(parts_of(fragments, document.string))


def _texts(given: Mapping[str, Any]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else "" for name, value in given.items()}


def _is_of_a_deployment(names: Names) -> bool:
    """Whether `condition` says if an ARM template deploys a resource."""
    return {"type", "apiversion"} <= names.keys()


def _may_belong(names: Names, given: Any) -> bool:
    """Whether a member named `condition` can be one, and does not declare a parameter."""
    is_declaration = isinstance(given, dict) and not DECLARING.isdisjoint(map(str.lower, given))
    return not is_declaration and not _is_of_a_deployment(names)


def _is_named_condition(folded: str, trail: Trail) -> bool:
    """Whether a member is called a condition, or is the value of something that is."""
    if folded.endswith(CONDITION):
        return True
    around = "" if trail is None else str(trail[1])
    is_value = folded in {"value", "defaultvalue"}
    return is_value and around.lower().replace("_", "").endswith(CONDITION)
