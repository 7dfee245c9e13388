"""The values that a request takes, and the forms in which it holds them.

A value is a scalar, a tuple (a list of any length but one; a list of one value is that value), a
`DictionaryValue`, or None for null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

from azcond._dataclasses import dataclass
from azcond.errors import RequestError
from azcond.kinds import Scalar, fold, is_datetime_object, is_guid_object
from azcond.references import KEY_CASE_SENSITIVE, split_reference

Attributes = Mapping[str, Any]

PLAIN_TYPES = frozenset({str, int, bool, float, type(None)})


@dataclass(frozen=True, slots=True, eq=False)
class DictionaryValue:
    """A dictionary attribute read as a whole: it exists, and no relation takes it."""

    entries: Mapping[str, Scalar | None]


Value: TypeAlias = "Scalar | tuple[Scalar | None, ...] | DictionaryValue"
"""A present attribute value. A tuple of one value holds null; every other one has 0 or 2+."""


class Remembered(dict[str, str]):
    """What a function makes of a text, for some thousands of texts.

    Every request asks for its actions and ids, and has the answer in half the time that `lru_cache`
    takes.
    """

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> str:
        made = self._make(text)
        if len(self) < _MOST_REMEMBERED:
            self[text] = made
        return made


_MOST_REMEMBERED = 4096


def _fold_id(name: str) -> str:
    """The folded id; empty for one that `_take_all` has to look at."""
    return "" if name.endswith(_END_OF_SUFFIX) else fold(name)


_END_OF_SUFFIX = KEY_CASE_SENSITIVE[-1]

_FOLDED_IDS = Remembered(_fold_id)


Taken = tuple[dict[str, "Value | None"], tuple[str, ...]]
"""The values of a source by folded id, and the ids as written, in the same order."""

NOTHING: Taken = ({}, ())


def take_source(source: str, given: Attributes) -> Taken:
    """The values of a source. Requests are built for every decision, so the usual case is first."""
    if type(given) is not dict and not isinstance(given, Mapping):
        raise RequestError(f"`{source}` must be a map of attribute ids to values", (source,))
    if not given:
        return NOTHING
    taken: dict[str, Value | None] = {}
    for name, value in given.items():
        if type(value) not in PLAIN_TYPES or type(name) is not str:
            return _take_all(source, given)
        folded = _FOLDED_IDS[name]
        if not folded:
            return _take_all(source, given)
        taken[folded] = value
    return (taken, (*given,)) if len(taken) == len(given) else _take_all(source, given)


def _take_all(source: str, given: Attributes) -> Taken:
    """As `take_source`, for maps that need more than their ids folded."""
    taken: dict[str, Value | None] = {}
    ids: list[str] = []

    def put(name: str, value: Value | None, *path: str) -> None:
        folded = fold(name)
        if folded in taken:
            raise RequestError(f"`{name}` is given twice (ids compare without case)", path)
        taken[folded] = value
        ids.append(name)

    for name, value in given.items():
        if type(name) is not str or not name:
            raise RequestError(
                f"an attribute id must be a non-empty string, not {name!r}", (source,)
            )
        reference = split_reference(name)
        written = name[: -len(KEY_CASE_SENSITIVE)] if reference.key_case_sensitive else name
        if type(value) in PLAIN_TYPES:
            put(written, value, source, name)
        elif type(value) is not dict and not isinstance(value, Mapping):
            put(written, take_value(value, (source, name)), source, name)
        else:
            entries = take_dictionary(value, (source, name))
            put(written, DictionaryValue(entries), source, name)
            if reference.key is None and not reference.is_keys:  # else it names one entry
                for key, entry in entries.items():
                    put(f"{written}:{key}", entry, source, name, key)
    return taken, tuple(ids)


def take_dictionary(given: Mapping[Any, Any], path: tuple[str, ...]) -> dict[str, Scalar | None]:
    """The entries of a dictionary value; `RequestError` for what a request cannot hold."""
    entries: dict[str, Scalar | None] = {}
    for key, value in given.items():
        if type(key) is not str:
            raise RequestError(f"a key of `{path[-1]}` must be a string, not {key!r}", path)
        entries[key] = value if type(value) in PLAIN_TYPES else _scalar(value, (*path, key))
    return entries


def take_value(given: Any, path: tuple[str, ...]) -> Value | None:
    """A given value in the form that requests hold; `RequestError` for any other sort."""
    if not isinstance(given, list | tuple | set | frozenset):
        return _scalar(given, path)
    values = tuple([_scalar(value, path) for value in given])
    return values[0] if len(values) == 1 and values[0] is not None else values


def _scalar(given: Any, path: tuple[str, ...]) -> Scalar | None:
    if type(given) in PLAIN_TYPES:
        return cast("Scalar | None", given)
    if is_datetime_object(given):
        if given.utcoffset() is None:
            raise RequestError(f"`{path[-1]}` is a `datetime` without a time zone", path)
        return given
    if is_guid_object(given):
        return given
    if isinstance(given, str):  # an enumeration member and the like stand for their value
        return str.__str__(given)
    if isinstance(given, int | float):
        return int(given) if isinstance(given, int) else float(given)
    raise RequestError(
        f"`{path[-1]}` must hold strings, numbers, booleans, date-times, GUIDs or null, "
        f"not a {type(given).__name__}",
        path,
    )
