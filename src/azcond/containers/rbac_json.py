"""Conditions in JSON: role definitions, role assignments and lists of them, in any nesting.

The shapes are those of the REST API, of the Azure CLI and of Azure PowerShell (role-definitions,
"Role definition properties"; role-assignments-list-rest). They differ in the case of names and in
a `properties` level. A JSON file may hold one document or several (JSON lines).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from json import dumps
from operator import attrgetter
from typing import Any

from azcond.access.models import RoleDefinition
from azcond.containers.model import (
    Contents,
    EmbeddedCondition,
    Fact,
    Field,
    Holder,
    Host,
    Part,
    Quoting,
    Unread,
)
from azcond.containers.role_json import read_definition
from azcond.jsontext import (
    Document,
    JsonTextError,
    Path,
    json_name,
    locate_all,
    read_what_can_be,
    string_runs,
)

_CONDITION = "condition"
_BESIDE_A_CONDITION = frozenset(
    {
        "conditionversion",
        "dataactions",
        "notactions",
        "notdataactions",
        "principalid",
        "roledefinitionid",
        "roledefinitionname",
    }
)
_OF_A_ROLE = frozenset({"assignablescopes", "permissions", "rolename", "roletype"})
_LEVELS = frozenset({"permissions", "properties"})
_LIKE_A_CONDITION = re.compile(
    r"\b(?:environment|principal|request|resource)\s*\[|\b(?:action|suboperation)matches\b",
    re.IGNORECASE,
)
_Trail = tuple["_Trail", str | int] | None
"""A path as a chain from the inside out: making one more costs the same at any depth."""

_TEMPLATE_EXPRESSION = re.compile(r"\s*\[.*\]\s*", re.DOTALL)


def find_in_json(text: str) -> Contents:
    """Every string named `condition` that belongs to Azure access control, in text order.

    Null and the empty string are no condition. What stands where a condition should and is not
    text is unread, and so is an ARM template expression (`"[…]"`), whose text is not known.
    """
    try:
        documents, faults = read_what_can_be(text)
    except JsonTextError as error:
        return Contents(unread=(Unread(error.message, error.offset),))
    found = [_find_in_document(text, document) for document in documents]
    broken = (Unread(fault.message, fault.offset) for fault in faults)
    unread = chain(broken, *(contents.unread for contents in found))
    return Contents(
        tuple(chain.from_iterable(contents.conditions for contents in found)),
        tuple(sorted(unread, key=attrgetter("offset"))),
        tuple(chain.from_iterable(contents.roles for contents in found)),
    )


def _find_in_document(text: str, document: Document) -> Contents:
    conditions: list[EmbeddedCondition] = []
    problems: list[tuple[str, Path]] = []
    paths: list[Path] = []
    roles: list[RoleDefinition] = []
    starts = cache(partial(locate_all, text, paths, document.span.start))
    for trail, members in _objects(document.value):
        roles += _definitions(document.value, trail, members)
        for name, given in members.items():
            if name.lower() != _CONDITION or given in (None, ""):
                continue
            path = _path(trail)
            if not _is_ours(path, members, given):
                continue
            paths.append((*path, name))
            if problem := _problem(given):
                problems.append((problem, paths[-1]))
            else:
                holder = _holder(document.value, path)
                find_parts = partial(_parts, text, starts, paths[-1])
                conditions.append(EmbeddedCondition(given, holder, Host.JSON, find_parts))
    unread = [Unread(problem, starts()[path]) for problem, path in problems]
    return Contents(tuple(conditions), tuple(unread), tuple(roles))


def _definitions(root: Any, trail: _Trail, members: Mapping[str, Any]) -> Iterator[RoleDefinition]:
    """The role that an object defines, if it does; a deny assignment has permissions as well."""
    by_name = {name.lower(): value for name, value in members.items()}
    if "principals" in by_name:
        return
    entries = by_name.get("permissions")
    if entries is None and "assignablescopes" in by_name:  # as Azure PowerShell has them
        entries = [members]
    if isinstance(entries, list):
        definition = _role(_around(root, _path(trail)), 1, entries).definition
        if definition is not None:
            yield definition


def _objects(root: Any) -> Iterator[tuple[_Trail, dict[str, Any]]]:
    """Every object in text order, outer before inner, with the way to it."""
    pending: list[tuple[_Trail, Any]] = [(None, root)]
    while pending:
        trail, value = pending.pop()
        if isinstance(value, dict):
            yield trail, value
            members = list(value.items())
        elif isinstance(value, list):
            members = list(enumerate(value))
        else:
            continue
        pending.extend(
            ((trail, name), inner)
            for name, inner in reversed(members)
            if isinstance(inner, dict | list)
        )


def _path(trail: _Trail) -> Path:
    parts: list[str | int] = []
    while trail is not None:
        trail, part = trail
        parts.append(part)
    return tuple(reversed(parts))


def _is_ours(path: Path, members: Mapping[str, Any], given: Any) -> bool:
    """Whether a member named `condition` is one of access control.

    Deployment templates, policies and much else have members of that name too.
    """
    names = {name.lower() for name in members}
    if {"type", "apiversion"} <= names:
        return False  # whether an ARM template deploys this resource
    if names & _BESIDE_A_CONDITION or _is_entry(path):
        return True
    return isinstance(given, str) and (
        len(names) == 1 or _LIKE_A_CONDITION.search(given) is not None
    )


def _is_entry(path: Path) -> bool:
    return len(path) > 1 and isinstance(path[-1], int) and str(path[-2]).lower() == "permissions"


def _problem(given: Any) -> str | None:
    """Why what is given as a condition cannot be read, if so."""
    if not isinstance(given, str):
        return f"`condition` must be a string or null, got {json_name(given)}"
    if _TEMPLATE_EXPRESSION.fullmatch(given):
        return "this condition is a template expression, so its text is not known here"
    return None


def _parts(text: str, starts: Callable[[], dict[Path, int]], path: Path) -> list[Part]:
    """Where the file has the text of a condition."""
    quoting = Quoting(_encode, has_lines=False)
    return [
        Part(run.start, run.end, run.place, not run.is_escape, quoting)
        for run in string_runs(text, starts()[path])
    ]


def _encode(text: str) -> str:
    return dumps(text, ensure_ascii=False)[1:-1]


def _holder(root: Any, path: Path) -> Holder | None:
    around = _around(root, path)
    if _is_entry(path):
        entries = around[-2][str(path[-2])]
        return _role(around[:-1], int(path[-1]) + 1, entries)
    if any(name.lower() in _OF_A_ROLE for name in around[-1]):
        return _role(around, 1, around[-1:])
    if any(name.lower() in _BESIDE_A_CONDITION for name in around[-1]):
        return _assignment(around, path)
    return Holder("object", _written(path)) if path else None


def _around(root: Any, path: Path) -> list[Mapping[str, Any]]:
    """The object at a path, and before it those that belong to the same role or assignment: the
    ones that hold it as `properties` or as an entry of `permissions`.
    """
    value, found = root, [root]
    for index, part in enumerate(path):
        value = value[part]
        if not _is_entry(path[: index + 1]) and str(part).lower() not in _LEVELS:
            found = []
        found.append(value)
    return [value for value in found if isinstance(value, dict)]


def _role(around: list[Mapping[str, Any]], entry: int, entries: Sequence[Any]) -> Holder:
    title, name, path = (_text(around, member) for member in ("rolename", "name", "id"))
    names = [name for name in (title, name, _last_segment(path), path) if name]
    identifiers, title = frozenset(names), names[0] if names else "without a name"
    definition = read_definition(_last_segment(path) or name, title, entries)
    own = entries[entry - 1 : entry]
    facts = _facts([one for one in own if isinstance(one, Mapping)], (Fact.VERSION,))
    return Holder("role", title, identifiers, entry, len(entries), definition, facts)


def _assignment(around: list[Mapping[str, Any]], path: Path) -> Holder:
    own_id = _text(around, "id") or _text(around, "roleassignmentid")
    name = _text(around, "name") or _text(around, "roleassignmentname") or _last_segment(own_id)
    role_id = _last_segment(_text(around, "roledefinitionid"))
    role = _text(around, "roledefinitionname") or role_id
    principal = (
        _text(around, "principalname")
        or _text(around, "displayname")
        or _text(around, "principalid")
    )
    parts = [name or _written(path) or "without a name"]
    parts += [f"role {role}"] if role else []
    parts += [f"principal {principal}"] if principal else []
    identifiers = frozenset(filter(None, (name, own_id, role, role_id)))
    return Holder(
        "assignment", ", ".join(parts), identifiers, facts=_facts(around, tuple(_FACT_NAMES))
    )


_FACT_NAMES = {
    Fact.ROLE: ("roledefinitionid", "roledefinitionname"),
    Fact.VERSION: ("conditionversion",),
    Fact.PRINCIPAL: ("principalid",),
    Fact.PRINCIPAL_TYPE: ("principaltype", "objecttype"),
    Fact.SCOPE: ("scope",),
    Fact.DESCRIPTION: ("description",),
}
"""Under which names, in lower case, facts are given."""


def _facts(around: Sequence[Mapping[str, Any]], wanted: Iterable[Fact]) -> dict[Fact, Field]:
    """The facts that are given, each by its innermost value, whatever that is."""
    given = {name.lower(): value for members in around for name, value in members.items()}
    found = {}
    for fact in wanted:
        value = next((given[name] for name in _FACT_NAMES[fact] if name in given), None)
        if value is not None:
            found[fact] = Field(value, str(value))
    return found


def _text(around: list[Mapping[str, Any]], name: str) -> str:
    """The innermost non-empty string of that name."""
    for members in reversed(around):
        for key, value in members.items():
            if key.lower() == name and isinstance(value, str) and value:
                return value
    return ""


def _last_segment(resource_id: str) -> str:
    return resource_id.rstrip("/").rpartition("/")[2]


def _written(path: Path) -> str:
    """A path as people write it: `value[3].properties`."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).removeprefix(".")
