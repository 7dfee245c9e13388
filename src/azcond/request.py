"""What a condition is evaluated against, and how an attribute reference is looked up in it.

A request is built once and used for many decisions. Building folds the attribute ids and puts
every value into one of the forms of `azcond.request_values`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import Any

from azcond._dataclasses import dataclass
from azcond.ast import Attribute, AttributeSource
from azcond.errors import RequestError
from azcond.kinds import fold
from azcond.references import KEYS, split_reference
from azcond.request_values import (
    NOTHING,
    Attributes,
    DictionaryValue,
    Remembered,
    Value,
    take_source,
)

_NONE: Attributes = {}

_EXAMPLE = "Microsoft.Authorization/roleAssignments/write"
_ACTION = r"[^\s*/]++(?:/[^\s*/]++)*+"
"""What names one action: with a blank, a `/` or a `*` too many, guards would miss it."""


class Request:
    """One access request: the action, its suboperation, and the attributes of four sources.

    Attribute maps are keyed by the id as written in brackets, compared case-insensitively. A value
    is a JSON scalar, `datetime` (with a time zone), `UUID`, null, a list of these, or one map for a
    dictionary attribute (`{"…/blobs/tags": {"Project": "Baker"}}`, the same as the flat
    `{"…/blobs/tags:Project": "Baker"}`). Nothing is coerced. Raises `RequestError` for other
    values and for two ids, or two keys of a dictionary, that differ only in case.
    """

    __slots__ = (
        "_ids",
        "_spelled",
        "action",
        "environment",
        "folded_action",
        "folded_suboperation",
        "principal",
        "request",
        "resource",
        "suboperation",
    )

    environment: dict[str, Value | None]
    principal: dict[str, Value | None]
    request: dict[str, Value | None]
    resource: dict[str, Value | None]

    def __init__(  # noqa: PLR0913, PLR0917  # the four attribute sources of the language
        self,
        action: str,
        suboperation: str | None = None,
        resource: Attributes = _NONE,
        request: Attributes = _NONE,
        principal: Attributes = _NONE,
        environment: Attributes = _NONE,
    ) -> None:
        if type(action) is not str:
            raise RequestError(f"`action` must be a string, not {action!r}", ("action",))
        self.action = action
        self.folded_action = _FOLDED_ACTIONS[action]
        self.resource, resource_ids = (
            take_source("resource", resource) if resource or type(resource) is not dict else NOTHING
        )
        self.request, request_ids = (
            take_source("request", request) if request or type(request) is not dict else NOTHING
        )
        self.principal, principal_ids = (
            take_source("principal", principal)
            if principal or type(principal) is not dict
            else NOTHING
        )
        self.environment, environment_ids = (
            take_source("environment", environment)
            if environment or type(environment) is not dict
            else NOTHING
        )
        self._ids = (resource_ids, request_ids, principal_ids, environment_ids)
        if SUBOPERATION_ID in self.request:
            suboperation = legacy_suboperation(suboperation, self.request[SUBOPERATION_ID])
        if suboperation is None:
            self.folded_suboperation = None
        elif type(suboperation) is str and suboperation:
            self.folded_suboperation = fold(suboperation)
        else:
            raise RequestError(
                "`suboperation` must be a non-empty string or null", ("suboperation",)
            )
        self.suboperation = suboperation
        self._spelled: dict[str, dict[str, Value | None]] | None = None

    @classmethod
    def from_json(cls, document: str | bytes | Mapping[str, Any]) -> Request:
        """Build a request from JSON text, or from parsed JSON, of the shape of the constructor.

        Raises `RequestError`, whose `path` leads to the offending value, for anything else.
        """
        from azcond.request_document import read_request_document  # noqa: PLC0415  # pydantic

        return cls(**read_request_document(document))

    def for_action(self, action: str) -> Request:
        """The same request for another action."""
        from copy import copy  # noqa: PLC0415  # not on the way to a decision

        other = copy(self)
        other.action = action
        other.folded_action = _FOLDED_ACTIONS[action]
        return other

    def __repr__(self) -> str:
        return f"Request(action={self.action!r}, suboperation={self.suboperation!r}, …)"

    def spelled(self, source: str) -> dict[str, Value | None]:
        """The dictionary entries of a source by `folded type:key as written`."""
        if self._spelled is None:
            self._spelled = {
                source_name: {
                    spell(written): value
                    for written, value in zip(ids, values.values(), strict=True)
                }
                for source_name, ids, values in self._tables()
            }
        return self._spelled[source]

    def keys(self, source: str, folded_type: str) -> Value | None:
        """The keys of a dictionary attribute, as written; nothing when it is absent."""
        ids, values = next((ids, values) for name, ids, values in self._tables() if name == source)
        given = values.get(folded_type + KEYS)
        if given is not None:
            return given
        prefix = folded_type + ":"
        names = [name[len(prefix) :] for name in ids if fold(name).startswith(prefix)]
        if not names and not isinstance(values.get(folded_type), DictionaryValue):
            return None
        return names[0] if len(names) == 1 else tuple(names)

    def values(self, source: str) -> dict[str, Value | None]:
        """The values of a source by folded id."""
        values: dict[str, Value | None] = getattr(self, source)
        return values

    def _tables(self) -> list[tuple[str, tuple[str, ...], dict[str, Value | None]]]:
        tables = (self.resource, self.request, self.principal, self.environment)
        return list(zip(SOURCES, self._ids, tables, strict=True))


SOURCES = ("resource", "request", "principal", "environment")
"""The attribute sources, by the names of the maps that hold them."""

SUBOPERATION_ID = "suboperation"
"""The folded id of the deprecated attribute that stands for the suboperation."""


def _fold_action(action: str) -> str:
    """The folded name of one action; `RequestError` for anything else."""
    if re.fullmatch(_ACTION, action) is None:
        raise RequestError(
            f"`action` must be the name of one action, such as `{_EXAMPLE}`, not {action!r}",
            ("action",),
        )
    return fold(action)


_FOLDED_ACTIONS = Remembered(_fold_action)


def spell(written: str) -> str:
    """An id with its type folded and its key as written."""
    type_id, colon, key = written.partition(":")
    return fold(type_id) + colon + key


def legacy_suboperation(suboperation: str | None, listed: Value | None) -> str | None:
    """The suboperation when it arrives as the deprecated `subOperation` attribute."""
    if listed is None:
        return suboperation
    if type(listed) is not str:
        raise RequestError(
            "`subOperation` must be one string: a request has one suboperation",
            ("request", "subOperation"),
        )
    if suboperation is not None and fold(suboperation) != fold(listed):
        raise RequestError(
            f"`suboperation` is `{suboperation}` and the attribute `subOperation` is `{listed}`",
            ("request", "subOperation"),
        )
    return listed


class Table(Enum):
    """Which part of a request a reference reads."""

    PLAIN = "plain"
    SPELLED = "spelled"
    KEYS = "keys"
    SUBOPERATION = "suboperation"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request holds what a reference reads."""

    source: str
    table: Table
    key: str


def place_of(attribute: Attribute) -> Place:
    """The place of an attribute reference, the same for every request."""
    return _place(attribute.source, attribute.id)


@lru_cache(maxsize=4096)
def _place(source: AttributeSource, attribute_id: str) -> Place:
    reference, name = split_reference(attribute_id), source.value.lower()
    if reference.is_keys:
        return Place(name, Table.KEYS, reference.type_id)
    if reference.key is None:
        if source is AttributeSource.REQUEST and reference.type_id == SUBOPERATION_ID:
            return Place(name, Table.SUBOPERATION, "")
        return Place(name, Table.PLAIN, reference.type_id)
    if reference.key_case_sensitive:
        return Place(name, Table.SPELLED, f"{reference.type_id}:{reference.key}")
    return Place(name, Table.PLAIN, f"{reference.type_id}:{fold(reference.key)}")


def lookup(request: Request, attribute: Attribute) -> Value | None:
    """The value of an attribute in a request; `None` when it is absent or null."""
    place = place_of(attribute)
    match place.table:
        case Table.SUBOPERATION:
            return request.suboperation
        case Table.KEYS:
            return request.keys(place.source, place.key)
        case Table.SPELLED:
            return request.spelled(place.source).get(place.key)
        case Table.PLAIN:
            return request.values(place.source).get(place.key)
