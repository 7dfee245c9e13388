"""Many requests as columns of values: what bulk evaluation takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from azcond.errors import RequestError
from azcond.kinds import Comparable, fold
from azcond.references import KEYS, split_reference
from azcond.request import (
    SOURCES,
    SUBOPERATION_ID,
    Place,
    Table,
    legacy_suboperation,
    spell,
)
from azcond.request_values import PLAIN_TYPES, DictionaryValue, take_dictionary, take_value

Column: TypeAlias = "Sequence[Any]"
"""One value for each row; Arrow arrays and others with `to_pylist` are taken too."""


Convert: TypeAlias = "Callable[[object], Comparable | None]"

ColumnKey: TypeAlias = "str | Place | tuple[Place, Convert]"
"""`action` or `suboperation` (folded), a place, or a place in the form that a relation compares."""


class Columns:
    """As many requests as the columns have rows, prepared for `Program.columns`.

    `action` and `suboperation` are a column, or one value for every row; the attribute maps hold a
    column under each id. A row means what `azcond.Request` makes of the same values. Raises
    `RequestError` as `Request` does, for columns of different lengths, and for a dictionary
    attribute that is given both as a column of maps and as flat ids.
    """

    __slots__ = ("_actions", "_known", "_suboperations", "_tables", "rows")

    def __init__(  # noqa: PLR0913, PLR0917  # the four attribute sources of the language
        self,
        action: str | Column,
        suboperation: str | Column | None = None,
        resource: Mapping[str, Column] | None = None,
        request: Mapping[str, Column] | None = None,
        principal: Mapping[str, Column] | None = None,
        environment: Mapping[str, Column] | None = None,
    ) -> None:
        given = dict(zip(SOURCES, (resource, request, principal, environment), strict=True))
        lists = {
            source: {name: _values(column) for name, column in (columns or {}).items()}
            for source, columns in given.items()
        }
        actions = action if isinstance(action, str) else _values(action)
        suboperations = (
            suboperation
            if suboperation is None or isinstance(suboperation, str)
            else _values(suboperation)
        )
        columns = [column for table in lists.values() for column in table.values()]
        columns += [column for column in (actions, suboperations) if isinstance(column, list)]
        lengths = {len(column) for column in columns} or {1}
        if len(lengths) > 1:
            raise RequestError(f"columns have different lengths: {sorted(lengths)}")
        self.rows = lengths.pop()
        self._tables = {source: _Table(source, table, self.rows) for source, table in lists.items()}
        self._actions = _names("action", _spread(actions, self.rows))
        told = self._tables["request"].plain.get(SUBOPERATION_ID)
        self._suboperations: list[str | None] = _spread(suboperations, self.rows)
        if told is not None:
            pairs = zip(self._suboperations, told, strict=True)
            self._suboperations = [legacy_suboperation(one, other) for one, other in pairs]
        self._known: dict[ColumnKey, list[Any]] = {
            "action": self._actions,
            "suboperation": _names("suboperation", self._suboperations),
        }

    def column(self, key: ColumnKey) -> list[Any]:
        """The values by row, worked out once. Comparable ones are None where there is none."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._find(key)
        return known

    def _find(self, key: ColumnKey) -> list[Any]:
        if isinstance(key, tuple):
            place, convert = key
            return _comparable(self.column(place), convert)
        assert isinstance(key, Place)
        if key.table is Table.SUBOPERATION:
            return self._suboperations
        return self._tables[key.source].column(key) or [None] * self.rows


def _comparable(values: list[Any], convert: Convert) -> list[Any]:
    """Each value as relations compare it: a list as a tuple, what is ill-typed as None."""
    found: list[Any] = []
    for value in values:
        if type(value) is tuple:
            members = tuple([convert(member) for member in value])
            found.append(None if None in members else members)
        else:
            found.append(convert(value))
    return found


def _values(column: Any) -> list[Any]:
    return list(column.to_pylist() if hasattr(column, "to_pylist") else column)


def _spread(given: Any, rows: int) -> list[Any]:
    return given if isinstance(given, list) else [given] * rows


def _names(what: str, given: Sequence[Any]) -> list[str | None]:
    """Actions or suboperations, folded."""
    optional = what == "suboperation"
    folded: dict[Any, str | None] = {None: None} if optional else {}
    for name in dict.fromkeys(given):
        if name is None and optional:
            continue
        if type(name) is not str or not name:
            raise RequestError(f"`{what}` must be a non-empty string, not {name!r}", (what,))
        folded[name] = fold(name)
    return [folded[name] for name in given]


class _Table:
    """The columns of one attribute source."""

    __slots__ = ("_dictionaries", "_ids", "_rows", "plain")

    def __init__(self, source: str, columns: Mapping[str, list[Any]], rows: int) -> None:
        self._rows = rows
        self.plain: dict[str, list[Any]] = {}
        self._ids: dict[str, str] = {}
        self._dictionaries: dict[str, list[dict[str, Any] | None]] = {}
        for name, values in columns.items():
            if type(name) is not str or not name:
                raise RequestError(f"an attribute id must be a non-empty string, not {name!r}")
            reference = split_reference(name)
            written = name if reference.key is None else f"{name.partition(':')[0]}:{reference.key}"
            if fold(written) in self.plain:
                raise RequestError(f"`{name}` is given twice (ids compare without case)", (source,))
            self._ids[fold(written)] = written
            entries = [_entries(value, (source, name)) for value in values]
            self.plain[fold(written)] = _taken(values, entries, (source, name))
            if (
                any(entry is not None for entry in entries)
                and reference.key is None
                and not reference.is_keys
            ):
                self._dictionaries[reference.type_id] = entries
        for name in self._ids:
            type_id, colon, _ = name.partition(":")
            if colon and type_id in self._dictionaries:
                raise RequestError(f"`{type_id}` is given both as maps and as `{name}`", (source,))

    def column(self, place: Place) -> list[Any] | None:
        """The values at a place of this source; nothing when no row has any."""
        type_id, _, key = place.key.partition(":")
        dictionary = self._dictionaries.get(type_id)
        match place.table:
            case Table.KEYS:
                return self._keys(type_id)
            case Table.SPELLED if dictionary is not None:
                return [None if row is None else row.get(key) for row in dictionary]
            case Table.SPELLED:
                written = {spell(name): folded for folded, name in self._ids.items()}
                return self.plain.get(written.get(place.key, ""))
            case _ if dictionary is not None and key:
                return [
                    None if row is None else {fold(k): v for k, v in row.items()}.get(key)
                    for row in dictionary
                ]
            case _:
                return self.plain.get(place.key)

    def _keys(self, type_id: str) -> list[Any] | None:
        flat = [
            name.partition(":")[2]
            for folded, name in self._ids.items()
            if folded.startswith(f"{type_id}:")
        ]
        dictionary = self._dictionaries.get(type_id)
        told = self.plain.get(type_id + KEYS)
        if dictionary is not None:
            derived = [None if row is None else _listed(list(row)) for row in dictionary]
        else:
            derived = [_listed(flat) if flat else None] * self._rows
        if told is None:
            return derived
        return [other if one is None else one for one, other in zip(told, derived, strict=True)]


def _entries(value: Any, path: tuple[str, ...]) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        return None
    entries = take_dictionary(value, path)
    if len({fold(key) for key in entries}) < len(entries):
        raise RequestError(f"two keys of `{path[-1]}` differ only in case", path)
    return entries


def _taken(values: list[Any], entries: list[Any], path: tuple[str, ...]) -> list[Any]:
    if {*map(type, values)} <= PLAIN_TYPES:
        return values
    return [
        take_value(value, path) if entry is None else DictionaryValue(entry)
        for value, entry in zip(values, entries, strict=True)
    ]


def _listed(names: list[str]) -> Any:
    return names[0] if len(names) == 1 else tuple(names)
