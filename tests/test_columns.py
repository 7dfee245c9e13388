"""Bulk evaluation agrees with one request at a time."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

import azcond
from spelling import spell
from strategies import random_request, random_tree

TAGS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags"
SOURCES = ("resource", "request", "principal", "environment")


def columns_of(documents: list[dict[str, Any]]) -> azcond.Columns:
    """The columns of requests in the plain form; a request without an id has null there."""
    maps = {
        source: {
            name: [document.get(source, {}).get(name) for document in documents]
            for name in dict.fromkeys(n for each in documents for n in each.get(source, {}))
        }
        for source in SOURCES
    }
    return azcond.Columns(
        [document["action"] for document in documents],
        [document.get("suboperation") for document in documents],
        **maps,
    )


def similar_requests(rng: Random) -> list[dict[str, Any]]:
    """Requests with the same ids, and other values of the same sorts."""
    first, others = random_request(rng), [random_request(rng) for _ in range(3)]
    pool = [v for d in (first, *others) for s in SOURCES for v in d.get(s, {}).values()]
    plain = [value for value in pool if not isinstance(value, dict)]

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return rng.choice((value, dict(list(value.items())[:1]), {}, None))
        return rng.choice(plain)

    def variant() -> dict[str, Any]:
        maps = {s: {name: changed(v) for name, v in first.get(s, {}).items()} for s in SOURCES}
        for name in maps["request"]:
            if name.lower() == "suboperation":
                maps["request"][name] = first["request"][name]
        return {**first, **maps}

    return [first, *(variant() for _ in range(4))]


@given(st.integers(0, 10**9))
def test_columns_agree_with_requests(seed: int) -> None:
    rng = Random(seed)
    condition = azcond.parse(spell(random_tree(rng), rng))
    documents = similar_requests(rng)
    try:
        columns = columns_of(documents)
    except azcond.RequestError:
        reject()  # a dictionary given both as maps and as flat ids is refused
    requests = [azcond.Request(**document) for document in documents]
    for missing in ("unknown", "false"):
        program = azcond.compile(condition, missing=missing)
        expected = [program(request) for request in requests]
        assert program.columns(columns) == expected
        assert list(program.map(requests)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"@Resource[{TAGS}:Project<$key_case_sensitive$>] StringEquals 'Baker'", [1, 0, 0, 0]),
        (f"@Resource[{TAGS}:project] StringEquals 'Baker'", [1, 1, 0, 0]),
        (f"@Resource[{TAGS}&$keys$&] ForAnyOfAnyValues:StringEquals {{'Other'}}", [0, 0, 1, 0]),
        (f"@Resource[{TAGS}&$keys$&] ForAllOfAnyValues:StringEquals {{'a'}}", [0, 0, 0, 1]),
        (f"Exists @Resource[{TAGS}]", [1, 1, 1, 1]),
        ("SubOperationMatches{'blob.list'}", [1, 0, 1, 0]),
        ("ActionMatches{'A/*'}", [1, 1, 1, 1]),
    ],
)
def test_dictionaries_by_row(text: str, expected: list[int]) -> None:
    tags = [{"Project": "Baker"}, {"project": "Baker"}, {"Project": "x", "Other": "y"}, {}]
    columns = azcond.Columns("a/read", ["Blob.List", None] * 2, resource={TAGS: tags})
    assert azcond.compile(azcond.parse(text)).columns(columns) == [bool(each) for each in expected]


class ArrowLike:
    def to_pylist(self) -> list[str]:
        return ["a", "b"]


def test_other_columns_and_no_rows() -> None:
    program = azcond.compile(azcond.parse("@Resource[x] StringEquals 'a'"))
    assert program.columns(azcond.Columns("r", resource={"x": ArrowLike()})) == [True, False]  # type: ignore[dict-item]  # any column type
    assert program.columns(azcond.Columns("r", resource={"x": ()})) == []
    assert azcond.compile(azcond.parse("ActionMatches{'*'}")).columns(azcond.Columns("r")) == [True]


def test_deep_conditions_in_columns() -> None:
    leaf = "@Resource[x] StringEquals 'a'"
    text = leaf
    for depth in range(200):
        text = f"{leaf} {'AND' if depth % 2 else 'OR'} ({text})"
    columns = azcond.Columns("r", resource={"x": ["a", "b"]})
    assert azcond.compile(azcond.parse(text)).columns(columns) == [True, False]


@pytest.mark.parametrize(
    ("given_columns", "words"),
    [
        ({"action": ["a", "b"], "resource": {"x": ["1"]}}, "lengths"),
        ({"action": ["a", ""]}, "non-empty"),
        ({"action": "a", "suboperation": [""]}, "non-empty"),
        ({"action": "a", "resource": {"x": [b"1"]}}, "bytes"),
        ({"action": "a", "resource": {"x": ["1"], "X": ["1"]}}, "twice"),
        ({"action": "a", "resource": {TAGS: [{"a": "1"}], f"{TAGS}:b": ["1"]}}, "both"),
        ({"action": "a", "resource": {TAGS: [{"a": "1", "A": "1"}]}}, "case"),
        ({"action": "a", "suboperation": "x", "request": {"subOperation": ["y"]}}, "subOperation"),
    ],
)
def test_columns_that_are_refused(given_columns: dict[str, Any], words: str) -> None:
    with pytest.raises(azcond.RequestError, match=words):
        azcond.Columns(**given_columns)
