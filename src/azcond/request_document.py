"""Requests that arrive as JSON: the one edge where their shape is validated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictStr, ValidationError

from azcond.errors import RequestError

_Attributes = Annotated[dict[str, Any], Field(default_factory=dict)]


class RequestDocument(BaseModel):
    """The JSON shape of a request. A misspelled member is refused, never ignored."""

    model_config = ConfigDict(extra="forbid", strict=True)

    action: StrictStr
    suboperation: StrictStr | None = None
    resource: _Attributes
    request: _Attributes
    principal: _Attributes
    environment: _Attributes


_EXPECTED = {
    "action": 'a string such as "Microsoft.Authorization/roleAssignments/write"',
    "suboperation": 'a string such as "Blob.List", or null',
}
_JSON_NAMES = {
    "dict": "an object",
    "list": "a list",
    "str": "a string",
    "bool": "a boolean",
    "int": "a number",
    "float": "a number",
    "NoneType": "null",
}


def read_request_document(document: str | bytes | Mapping[str, Any]) -> dict[str, Any]:
    """The constructor arguments of a `Request`; `RequestError` for any other shape."""
    data = _load(document) if isinstance(document, str | bytes) else document
    if not isinstance(data, Mapping):
        raise RequestError(f"a request must be a JSON object, got {_json_name(data)}")
    try:
        return RequestDocument.model_validate(dict(data)).model_dump()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise RequestError(
            _message(first["type"], first["loc"], first["input"]), first["loc"]
        ) from None


def _load(text: str | bytes) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_without_duplicates)
    except RecursionError:
        raise RequestError("the JSON is nested too deeply") from None
    except ValueError as error:
        raise RequestError(f"not JSON: {error}") from None


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RequestError(f"`{twice}` is given twice in one JSON object")
    return members


def _message(kind: str, path: tuple[str | int, ...], given: Any) -> str:
    name = path[0] if path else ""
    if kind == "missing":
        return f"`{name}` is missing: expected {_EXPECTED['action']}"
    if kind == "extra_forbidden":
        return f"`{name}` is not a member of a request: expected one of {_members()}"
    expected = _EXPECTED.get(str(name), "an object of attribute ids and values")
    return f"`{name}` must be {expected}, got {_json_name(given)}"


def _members() -> str:
    return ", ".join(f"`{name}`" for name in RequestDocument.model_fields)


def _json_name(value: Any) -> str:
    return _JSON_NAMES.get(type(value).__name__, f"a {type(value).__name__}")
