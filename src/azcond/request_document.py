"""Requests that arrive as JSON: the one edge where their shape is validated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictStr, ValidationError

from azcond.errors import RequestError
from azcond.jsontext import JsonTextError, json_name, read_json

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


def read_request_document(document: str | bytes | Mapping[str, Any]) -> dict[str, Any]:
    """The constructor arguments of a `Request`; `RequestError` for any other shape."""
    data = _load(document) if isinstance(document, str | bytes) else document
    if not isinstance(data, Mapping):
        raise RequestError(f"a request must be a JSON object, got {json_name(data)}")
    try:
        return RequestDocument.model_validate(dict(data)).model_dump()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise RequestError(
            _message(first["type"], first["loc"], first["input"]), first["loc"]
        ) from None


def _load(text: str | bytes) -> Any:
    try:
        return read_json(text if isinstance(text, str) else text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RequestError("a request is UTF-8 text") from None
    except JsonTextError as error:
        raise RequestError(error.message) from None


def _message(kind: str, path: tuple[str | int, ...], given: Any) -> str:
    name = path[0] if path else ""
    if kind == "missing":
        return f"`{name}` is missing: expected {_EXPECTED['action']}"
    if kind == "extra_forbidden":
        return f"`{name}` is not a member of a request: expected one of {_members()}"
    expected = _EXPECTED.get(str(name), "an object of attribute ids and values")
    return f"`{name}` must be {expected}, got {json_name(given)}"


def _members() -> str:
    return ", ".join(f"`{name}`" for name in RequestDocument.model_fields)
