"""Reading JSON strictly, and finding places in its text."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcond.jsontext import (
    JsonTextError,
    Path,
    locate,
    locate_all,
    read_documents,
    read_json,
    read_what_can_be,
    string_runs,
)

DEEP = 100_000


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("", 0, "the text is empty"),
        ("  ", 2, "the text is empty"),
        ("nul", 0, "expected a value"),
        ('{"a": 1, "a": 2}', 9, "`a` is given twice"),
        ('{"a": 1, "\\u0061": 2}', 9, "`a` is given twice"),
        ('{"x": [{"a": 1}, {"b": {"b": 1}, "c": 2, "b": 3}]}', 41, "`b` is given twice"),
        ('{"": 1, "": 2}', 8, "`` is given twice"),
        ("[1, NaN]", 4, "`NaN` is not a JSON number"),
        ("[-Infinity]", 1, "`-Infinity` is not"),
        (f"[1, {'7' * 5000}]", 4, "a number of 5000 digits"),
        ("[" * DEEP + "]" * DEEP, 0, "nested too deeply"),
        ("[" * DEEP, 0, "nested too deeply"),
        ('{"a": 1} x', 9, "text after the end"),
        ('{"a": 1}}', 8, "text after the end"),
        ("// no\n{}", 0, "comments"),
        ("[1, # no\n2]", 4, "comments"),
        ('{"a" 1}', 5, "expected `:`"),
        ("{'a': 1}", 1, "expected a name in double quotes"),
        ('{"a": "b', 6, "no closing quote"),
        ('{"a": "b\n"}', 8, "a line break or control character"),
        ("[1, 2", 5, "expected `,` or the end"),
    ],
)
def test_what_is_not_strict_json_is_refused_at_its_place(
    text: str, offset: int, message: str
) -> None:
    with pytest.raises(JsonTextError, match=message) as caught:
        read_json(text)
    assert caught.value.offset == offset


def test_the_same_name_in_different_objects_is_fine() -> None:
    assert read_json('{"a": {"a": [{"a": 1}, {"a": 2}]}}') == {"a": {"a": [{"a": 1}, {"a": 2}]}}


def test_documents_one_after_the_other() -> None:
    text = ' {"a": 1}\n\n[2]{"b": 3} \n'
    documents = read_documents(text)
    assert [document.value for document in documents] == [{"a": 1}, [2], {"b": 3}]
    assert [text[start:end] for _, (start, end) in documents] == ['{"a": 1}', "[2]", '{"b": 3}']


def test_a_broken_later_document_is_refused_at_its_place() -> None:
    with pytest.raises(JsonTextError, match="expected a value") as caught:
        read_documents('{"a": 1}\n{"b": }')
    assert caught.value.offset == 15


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\n\n"])
def test_a_broken_line_loses_no_other(line_break: str) -> None:
    lines = [*('{"a": }', '{"b": 1}', '{"c": [', "oops", "[2]", '{"d": NaN}', '{"e": 1} {"f": 2}')]
    text = line_break.join(["", *lines, ""])
    documents, faults = read_what_can_be(text)
    assert [document.value for document in documents] == [{"b": 1}, [2], {"e": 1}, {"f": 2}]
    for value, (start, end) in documents:
        assert json.loads(text[start:end]) == value
    before = [text[: fault.offset].rpartition("\n")[2] for fault in faults]
    assert list(zip(before, (fault.message for fault in faults), strict=True)) == [
        ('{"a": ', "not JSON: expected a value"),
        ('{"c": [', "not JSON: expected a value"),
        ("", "not JSON: expected a value"),
        ('{"d": ', "not JSON: `NaN` is not a JSON number"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        '{"a": }',
        '{"a": [1,\n[2],\n[3]}',
        '{"a": 1}\noops',
        "[1,\n[2,\n",
        '[\n{"a": 1},\n{"b": }\n]',
        '[{"a": 1},\n{"b": 2},\n{"c": }]',
        '{\n"a": [1],\n"b":\n[2]\n"c"\n}',
        '{"a": 1}\n{\n  "b": \n}',
        json.dumps([{"a": [{}, {"b": []}]}] * 3, indent=2)[:-4],
    ],
)
def test_what_is_not_json_lines_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(JsonTextError):
        read_what_can_be(text)


def test_many_broken_lines_are_read_in_linear_time() -> None:
    start = time.perf_counter()
    documents, faults = read_what_can_be('{"a": 1}\n{"a": [NaN\n{"a": \n' * 20_000)
    assert time.perf_counter() - start < 10  # from each one to the end of the text: minutes
    assert (len(documents), len(faults)) == (20_000, 40_000)


TEXT = '{"a": [1, {"b]": "x\\"y"}, []], "c": {}, "": null, "a]": true}'


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ((), "{"),
        (("a",), "["),
        (("a", 0), "1"),
        (("a", 1), "{"),
        (("a", 1, "b]"), '"x'),
        (("a", 2), "[]"),
        (("c",), "{}"),
        (("",), "null"),
        (("a]",), "true"),
        (("c", "missing", 3), "{}"),
        (("a", 7), "["),
        (("nowhere",), "{"),
    ],
)
def test_a_path_leads_to_its_value_or_to_what_lacks_it(path: Path, found: str) -> None:
    assert TEXT[locate(TEXT, path) :].startswith(found)


def test_locating_in_a_later_document() -> None:
    text = '{"a": 1}\n{"a": 2}'
    assert text[locate(text, ("a",), 9)] == "2"
    assert locate_all(text, [("a",), ()], 9) == {("a",): 15, (): 9}
    assert locate_all(text, []) == {}


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def paths_of(value: Any) -> list[tuple[Path, Any]]:
    found: list[tuple[Path, Any]] = [((), value)]
    for path, inner in found:
        if isinstance(inner, dict):
            found += [((*path, name), member) for name, member in inner.items()]
        elif isinstance(inner, list):
            found += [((*path, index), member) for index, member in enumerate(inner)]
    return found


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_every_value_is_found_where_it_is(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    everything = paths_of(read_json(text))
    places = locate_all(text, [path for path, _ in everything])
    for path, inner in everything:
        assert json.JSONDecoder(strict=False).raw_decode(text, places[path])[0] == inner


@given(st.text(st.characters(codec=None), max_size=40), st.booleans())
def test_every_character_of_a_string_is_found_through_escapes(text: str, ascii_only: bool) -> None:
    literal = f" [{json.dumps(text, ensure_ascii=ascii_only)}]"
    (decoded,) = read_json(literal)
    at = 0
    for run in string_runs(literal, 2):
        written = literal[run.place.start : run.place.end]
        assert run.start == at
        assert json.loads(f'"{written}"') == decoded[run.start : run.end]
        assert run.is_escape or written == decoded[run.start : run.end]
        at = run.end
    assert at == len(decoded)
    assert literal[run.place.end] == '"'


@given(st.text('[]{}",:\\ \nu0019ab-.eNtf/#', max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        value, offset = read_json(text), 0
    except JsonTextError as error:
        offset = error.offset
    else:
        assert value == json.loads(text)
    assert 0 <= offset <= len(text)
