"""Building requests: what they take, what they refuse and how they say it."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

import azcond
from azcond import Request, RequestError, Truth
from strategies import requests

GUID = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
TAGS = "Example/items/tags"


def holds(text: str, **sources: Mapping[str, Any]) -> bool:
    request = Request("Example/items/read", **sources)  # type: ignore[arg-type]  # sources only
    condition = azcond.parse(text)
    outcome = azcond.evaluate(condition, request) is Truth.TRUE
    assert azcond.compile(condition)(request) is outcome
    return outcome


class Colour(StrEnum):
    RED = "red"


class Level(IntEnum):
    HIGH = 3


@pytest.mark.parametrize(
    ("value", "test"),
    [
        ("red", "StringEquals 'red'"),
        (Colour.RED, "StringEquals 'red'"),
        (Level.HIGH, "NumericEquals 3"),
        (UUID(GUID), f"GuidEquals {GUID}"),
        (datetime(2026, 8, 1, 12, tzinfo=UTC), "DateTimeEquals '2026-08-01T14:00:00+02:00'"),
        (["red"], "StringEquals 'red'"),
        (("red", "blue"), "ForAllOfAnyValues:StringEquals {'red', 'blue'}"),
        ({"red", "blue"}, "ForAllOfAnyValues:StringEquals {'red', 'blue'}"),
        (frozenset({"red"}), "StringEquals 'red'"),
        ([], "ForAllOfAnyValues:StringEquals {'red'}"),
    ],
)
def test_python_values_are_taken(value: object, test: str) -> None:
    assert holds(f"@Resource[a:b] {test}", resource={"a:b": value})
    assert holds(f"@Principal[a:b] {test}", principal=MappingProxyType({"A:B": value}))


def test_each_source_has_its_own_attributes() -> None:
    for source in ("environment", "principal", "request", "resource"):
        given: dict[str, Any] = {source: {"a:b": 1}}
        for name in ("Environment", "Principal", "Request", "Resource"):
            assert holds(f"Exists @{name}[a:b]", **given) is (name.lower() == source)


@pytest.mark.parametrize(
    "tags",
    [
        {TAGS: {"Project": "Baker"}},
        {TAGS.upper(): {"Project": "Baker"}},
        {f"{TAGS}:Project": "Baker"},
        {f"{TAGS}:Project<$key_case_sensitive$>": "Baker"},
        {f"{TAGS}:Project<$KEY_CASE_SENSITIVE$>": "Baker"},
    ],
)
def test_spellings_of_one_dictionary(tags: dict[str, Any]) -> None:
    assert holds(
        f"@Resource[{TAGS}:Project<$key_case_sensitive$>] StringEquals 'Baker'", resource=tags
    )
    assert holds(f"@Resource[{TAGS}:PROJECT] StringEquals 'Baker'", resource=tags)
    assert holds(f"@Resource[{TAGS}&$keys$&] StringEquals 'Project'", resource=tags)
    assert not holds(f"Exists @Resource[{TAGS}:project<$key_case_sensitive$>]", resource=tags)


def test_a_request_keeps_what_it_was_built_from() -> None:
    values, tags = ["red"], {"Project": "Baker"}
    resource = {"a:b": values, TAGS: tags}
    request = Request("Example/items/read", resource=resource)
    values.append("blue")
    tags["Project"] = "Cascade"
    resource["c:d"] = ["new"]
    for text in (
        "@Resource[a:b] StringEquals 'red'",
        f"@Resource[{TAGS}:Project] StringEquals 'Baker'",
        "NOT Exists @Resource[c:d]",
    ):
        assert azcond.evaluate(azcond.parse(text), request) is Truth.TRUE


@given(
    requests(), st.sampled_from(["Exists @Resource[Example/items:STRING]", "ActionMatches{'*'}"])
)
def test_a_request_survives_pickling(given_request: dict[str, Any], text: str) -> None:
    request, condition = Request(**given_request), azcond.parse(text)
    copy = pickle.loads(pickle.dumps(request))
    assert (copy.action, copy.suboperation) == (request.action, request.suboperation)
    assert azcond.evaluate(condition, copy) is azcond.evaluate(condition, request)


# --- what is refused -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("resource", "words"),
    [
        ({"a:b": datetime(2026, 8, 1)}, "time zone"),  # noqa: DTZ001  # the point
        ({"a:b": [datetime(2026, 8, 1)]}, "time zone"),  # noqa: DTZ001  # the point
        ({"a:b": object()}, "not a object"),
        ({"a:b": b"red"}, "bytes"),
        ({"a:b": 1j}, "complex"),
        ({"a:b": [["red"]]}, "list"),
        ({"a:b": [{"x": 1}]}, "dict"),
        ({TAGS: {"Project": {"deep": 1}}}, "dict"),
        ({TAGS: {"Project": ["a", "b"]}}, "list"),
        ({TAGS: {1: "x"}}, "key"),
        ({1: "x"}, "id"),
        ({"": "x"}, "id"),
        ({"a:b": 1, "A:b": 1}, "twice"),
        ({"a:b": 1, "A:B": [1, 2]}, "twice"),
        ({TAGS: {"Project": 1, "project": 1}}, "twice"),
        ({TAGS: {"Project": 1}, TAGS.upper(): {}}, "twice"),
        ({TAGS: {"Project": 1}, f"{TAGS}:project": 1}, "twice"),
        ({f"{TAGS}:Project": 1, f"{TAGS}:project<$key_case_sensitive$>": 1}, "twice"),
        (["a:b"], "map"),
        (None, "map"),
        ("a:b", "map"),
    ],
)
@pytest.mark.parametrize("source", ["resource", "request", "principal", "environment"])
def test_attributes_that_are_refused(source: str, resource: Any, words: str) -> None:
    with pytest.raises(RequestError) as caught:
        Request("Example/items/read", **{source: resource})
    assert words in str(caught.value)
    assert caught.value.path[0] == source


def test_an_entry_that_holds_a_map_is_ill_typed_and_no_dictionary() -> None:
    request = azcond.Request("a/read", resource={"a:b": {"c": "x"}})
    present = azcond.parse("Exists @Resource[a:b] AND NOT Exists @Resource[a:b:c]")
    compared = azcond.parse("@Resource[a:b] StringEquals 'x'")
    assert azcond.evaluate(present, request) is azcond.Truth.TRUE
    assert azcond.evaluate(compared, request) is azcond.Truth.UNKNOWN


def test_an_error_leads_to_the_value() -> None:
    with pytest.raises(RequestError) as caught:
        Request("a/b", resource={"c:d": "fine", TAGS: {"Project": object()}})
    assert caught.value.path == ("resource", TAGS, "Project")


@pytest.mark.parametrize(
    "action",
    ["", None, 5, ["a/b"], b"a/b", "a/b ", " a/b", "a/b/", "/a", "a//b", "a/*", "a b", "a\n"],
)
def test_an_action_is_a_text(action: Any) -> None:
    with pytest.raises(RequestError, match="`action`") as caught:
        Request(action)
    assert caught.value.path == ("action",)


@pytest.mark.parametrize("suboperation", ["", 5, ["Blob.List"]])
def test_a_suboperation_is_a_text_or_nothing(suboperation: Any) -> None:
    with pytest.raises(RequestError, match="`suboperation`") as caught:
        Request("a/b", suboperation)
    assert caught.value.path == ("suboperation",)


def test_the_deprecated_attribute_gives_the_suboperation() -> None:
    assert Request("a/b", request={"subOperation": "Item.List"}).suboperation == "Item.List"
    assert Request("a/b", request={"SUBOPERATION": ["Item.List"]}).suboperation == "Item.List"
    assert Request("a/b", "item.list", request={"subOperation": "Item.List"}).suboperation
    assert Request("a/b", request={"subOperation": None}).suboperation is None


@pytest.mark.parametrize("listed", [["Item.List", "Item.Read"], 5, "Item.Read", []])
def test_a_second_suboperation_is_refused(listed: Any) -> None:
    with pytest.raises(RequestError, match=r"subOperation"):
        Request("a/b", "Item.List", request={"subOperation": listed})


# --- JSON ----------------------------------------------------------------------------------

DOCUMENT = {
    "action": "Example/items/read",
    "suboperation": None,
    "resource": {"a:b": ["red", "blue"], TAGS: {"Project": "Baker"}},
    "environment": {"UtcNow": "2026-08-01T12:00:00Z"},
}


@pytest.mark.parametrize(
    "document", [DOCUMENT, json.dumps(DOCUMENT), json.dumps(DOCUMENT).encode()], ids=type
)
def test_json_of_the_same_shape_loads(document: Any) -> None:
    request = Request.from_json(document)
    assert request.action == "Example/items/read"
    for text in (
        "@Resource[a:b] ForAllOfAnyValues:StringEquals {'blue', 'red'}",
        f"@Resource[{TAGS}:project] StringEquals 'Baker'",
        "@Environment[utcnow] DateTimeLessThan '2026-08-01T12:00:00.0000001Z'",
    ):
        assert azcond.evaluate(azcond.parse(text), request) is Truth.TRUE


@pytest.mark.parametrize(
    ("text", "words", "path"),
    [
        ("", "not JSON", ()),
        ("{", "not JSON", ()),
        ("[]", "object", ()),
        ("null", "object", ()),
        ('"a/b"', "object", ()),
        ("{}", "`action` is missing", ("action",)),
        ('{"action": null}', "`action`", ("action",)),
        ('{"action": ["a/b"]}', "`action` must be a string such as", ("action",)),
        ('{"action": ""}', "`action`", ("action",)),
        ('{"action": "a/b", "subOperation": "x"}', "`subOperation`", ("subOperation",)),
        ('{"action": "a/b", "suboperation": 5}', "`suboperation`", ("suboperation",)),
        ('{"action": "a/b", "resource": []}', "`resource`", ("resource",)),
        ('{"action": "a/b", "resource": null}', "`resource`", ("resource",)),
        ('{"action": "a/b", "request": {"a:b": [[1]]}}', "`a:b`", ("request", "a:b")),
        ('{"action": "a/b", "request": {"a:b": 1, "A:b": 2}}', "twice", ("request", "A:b")),
        ('{"action": "a/b", "request": {"a:b": 1, "a:b": 2}}', "twice", None),
        ('{"action": "a/b", "action": "a/c"}', "twice", None),
        ('{"action": "a/b", "resource": {"a": ' + "[" * 10_000, "nested", ()),
    ],
)
def test_json_that_is_refused(text: str, words: str, path: tuple[str, ...] | None) -> None:
    with pytest.raises(RequestError) as caught:
        Request.from_json(text)
    assert words in str(caught.value)
    if path is not None:
        assert caught.value.path == path


@given(st.text('{}[]",:action/b 0.e-null', max_size=40))
def test_any_text_is_a_request_or_a_request_error(text: str) -> None:
    try:
        action = Request.from_json(text).action
    except RequestError:
        return
    assert action
