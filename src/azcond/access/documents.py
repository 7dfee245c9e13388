"""Roles, assignments and deny assignments out of JSON documents, with the place of what is wrong.

The shape of each entry stands in `azcond.access.shapes`. Entries come alone, in a list, under
`value` (REST API) or `data` (Resource Graph), or as JSON lines of any of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from azcond.access.built_in import with_built_in_roles
from azcond.access.models import (
    EVERYONE,
    DenyAssignment,
    Permission,
    Problem,
    ProblemKind,
    RoleDefinition,
)
from azcond.access.scopes import ROOT, assignable_fault, scope_fault
from azcond.access.shapes import PROPERTIES, ShapeError, read_assignment, read_denial, read_role
from azcond.errors import AccessDataError
from azcond.jsontext import (
    JsonTextError,
    json_name,
    locate_all,
    read_documents,
    read_what_can_be,
)
from azcond.jsontext import Path as JsonPath
from azcond.source import Source

_LISTS = ("value", "data")

V = TypeVar("V")


class JsonText(NamedTuple):
    """The text of a JSON file, and what to call it."""

    name: str
    text: str


def read_model(
    roles: Any, assignments: Any, deny_assignments: Any, hierarchy: Any
) -> dict[str, Any]:
    """The constructor arguments of an `AccessModel`; see `AccessModel.from_json`."""
    problems: list[Problem] = []
    return {
        "roles": with_built_in_roles(_read(roles, "roles", read_role, problems)),
        "assignments": _read(assignments, "assignments", read_assignment, problems),
        "deny_assignments": _read(
            deny_assignments, "deny assignments", read_denial, problems, _forbid_everything
        ),
        "hierarchy": _read_hierarchy(hierarchy),
        "problems": problems,
    }


def read_roles(given: Any) -> tuple[list[RoleDefinition], list[Problem]]:
    """Role definitions from parsed JSON or a path, and what could not be read of them."""
    problems: list[Problem] = []
    return _read(given, "roles", read_role, problems), problems


class _Origin(NamedTuple):
    """Where an entry comes from: what to call the input, and its place in a file if it has one."""

    name: str
    file: Source | None = None
    start: int = 0


class _Item(NamedTuple):
    """One entry and its place."""

    value: Any
    origin: _Origin
    path: JsonPath


def _items(given: Any, name: str) -> Iterator[_Item]:
    if given is None:
        return
    source = _load(Path(given)) if isinstance(given, str | Path) else given
    if isinstance(source, JsonText):
        file = Source(source.text)
        documents, faults = _parsed(source, read_what_can_be)
        for value, span in documents:
            yield from _spread(_Item(value, _Origin(source.name, file, span.start), ()))
        for fault in faults:
            yield _Item(fault, _Origin(source.name, file, fault.offset), ())
    else:
        yield from _spread(_Item(source, _Origin(name), ()))


def _spread(item: _Item) -> Iterator[_Item]:
    value = item.value
    if isinstance(value, Mapping):
        for member in _LISTS:
            if isinstance(value.get(member), list):
                item, value = item._replace(path=(member,)), value[member]
                break
    if isinstance(value, list | tuple):
        for index, entry in enumerate(value):
            yield item._replace(value=entry, path=(*item.path, index))
    else:
        yield item


def _load(path: Path) -> JsonText:
    try:
        return JsonText(str(path), path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise AccessDataError(f"{path}: cannot be read: {reason}") from None


def _parsed(source: JsonText, read: Callable[[str], V]) -> V:
    try:
        return read(source.text)
    except JsonTextError as error:
        line, column = Source(source.text).line_column(error.offset)
        raise AccessDataError(f"{source.name}:{line}:{column}: {error.message}") from None


def _read(
    given: Any,
    name: str,
    read_entry: Callable[[Any], V],
    problems: list[Problem],
    instead: Callable[[_Item, str], V] | None = None,
) -> list[V]:
    """The entries of a document. A bad one, or a broken line, is a problem, and `instead` stands
    for it if given.
    """
    entries: list[V] = []
    faults: list[tuple[_Item, ShapeError]] = []
    broken: list[tuple[_Item, str]] = []
    for item in _items(given, name):
        if isinstance(item.value, JsonTextError):
            broken.append((item, item.value.message))
            continue
        try:
            entries.append(read_entry(item.value))
        except ShapeError as error:
            faults.append((item, error))
    bad = [*broken, *((item, fault.message) for item, fault in faults)]
    places = [_place(item.origin, (), item.origin.start) for item, _ in broken] + _places(faults)
    for (item, message), place in zip(bad, places, strict=True):
        problems.append(Problem(place, message, ProblemKind.UNREAD))
        if instead is not None:
            entries.append(instead(item, place))
    return entries


def _forbid_everything(item: _Item, place: str) -> DenyAssignment:
    """What stands for a deny assignment that cannot be read: nobody may do anything below it."""
    member = _member(item.value, "scope")
    scope = member[1] if member else None
    is_read = isinstance(scope, str) and assignable_fault(scope) is None
    return DenyAssignment(
        scope=str(scope) if is_read else ROOT,
        permissions=(Permission(actions=("*",), data_actions=("*",)),),
        principals=(EVERYONE,),
        name=f"a deny assignment that could not be read ({place})",
    )


def _places(faults: list[tuple[_Item, ShapeError]]) -> list[str]:
    """Where the faults stand; each document is looked through once for all that is in it."""
    paths = [(*item.path, *_written(item.value, error.path)) for item, error in faults]
    origins = [item.origin for item, _ in faults]
    wanted: dict[_Origin, set[JsonPath]] = {}
    for origin, path in zip(origins, paths, strict=True):
        wanted.setdefault(origin, set()).add(path)
    offsets = {
        origin: locate_all(origin.file.text, inner, origin.start)
        for origin, inner in wanted.items()
        if origin.file is not None
    }
    return [
        _place(origin, path, offsets.get(origin, {}).get(path, origin.start))
        for origin, path in zip(origins, paths, strict=True)
    ]


def _place(origin: _Origin, path: JsonPath, offset: int) -> str:
    if origin.file is None:
        steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
        return origin.name + "".join(steps)
    line, column = origin.file.line_column(offset)
    return f"{origin.name}:{line}:{column}"


def _written(value: Any, path: JsonPath) -> JsonPath:
    """A path into an entry as the document spells it, as far as it leads."""
    written: list[str | int] = []
    for step in path:
        if isinstance(step, int):
            written.append(step)
            value = value[step]
            continue
        member = _member(value, step)
        if member is None:
            break
        written += member[0]
        value = member[1]
    return tuple(written)


def _member(value: Any, name: str) -> tuple[JsonPath, Any] | None:
    """A member in any case, also inside `properties`, and how to reach it."""
    if not isinstance(value, Mapping):
        return None
    by_folded = {str(key).lower(): str(key) for key in value}
    properties = by_folded.get(PROPERTIES)
    inner = _member(value[properties], name) if properties and name != PROPERTIES else None
    if properties and inner:
        return (properties, *inner[0]), inner[1]
    key = by_folded.get(name.lower())
    return None if key is None else ((key,), value[key])


def _read_hierarchy(given: Any) -> dict[str, tuple[str, ...]]:
    if given is None:
        return {}
    where = "hierarchy"
    source = _load(Path(given)) if isinstance(given, str | Path) else given
    if isinstance(source, JsonText):
        where, source = source.name, _parsed(source, read_documents)[0].value
    if not isinstance(source, Mapping):
        expected = "an object of scopes and lists of their ancestors"
        raise AccessDataError(f"{where}: expected {expected}, got {json_name(source)}")
    for scope, above in source.items():
        if not isinstance(above, list | tuple) or not all(isinstance(one, str) for one in above):
            raise AccessDataError(f"{where}: `{scope}`: expected a list of scopes, nearest first")
        fault = next(filter(None, map(scope_fault, (str(scope), *above))), None)
        if fault:
            raise AccessDataError(f"{where}: `{scope}`: {fault}")
    return {str(scope): tuple(above) for scope, above in source.items()}
