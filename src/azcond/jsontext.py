"""JSON text with positions: reading it strictly, and finding where in the text a value stands.

Reading goes through the standard library, which keeps no positions. They are computed by a scan of
the text, and only when something has to be shown. Nothing here recurses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from azcond.source import Span

Path = tuple[str | int, ...]
"""How to reach a value: member names and list indexes from the outside in."""

_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_TOKEN = re.compile(rf'{_STRING.pattern}|[{{}}\[\],:]|[^\s{{}}\[\],:"]+', re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)
_BLANK = re.compile(r"[ \t\r\n]*")
_BLANKS = " \t\r"
_LINE = re.compile(r"[^ \t\r\n][^\n]*")
_FEWEST_LINES = 2
"""Of how many values, each opened on a line of its own, JSON lines are at least."""
_WORDING = {
    "Expecting value": "expected a value",
    "Expecting property name enclosed in double quotes": "expected a name in double quotes",
    "Expecting ':' delimiter": "expected `:` after the name",
    "Expecting ',' delimiter": "expected `,` or the end of this object or list",
    "Illegal trailing comma before end of object": "a comma before `}`",
    "Illegal trailing comma before end of array": "a comma before `]`",
    "Unterminated string starting at": "this string has no closing quote",
    "Invalid control character at": "a line break or control character inside a string",
}


class JsonTextError(ValueError):
    """Text that is not strict JSON: what is wrong, and the offset where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


_NAMES = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def json_name(value: object) -> str:
    """What a parsed value is called in JSON, with its article."""
    return _NAMES.get(type(value), f"a {type(value).__name__}")


class Document(NamedTuple):
    """One JSON value of a text, and where its text stands."""

    value: Any
    span: Span


class Reading(NamedTuple):
    """What a text of JSON lines holds, and what is wrong with the lines that cannot be read."""

    documents: list[Document]
    faults: list[JsonTextError]


class _RefusedError(Exception):
    """Something strict JSON does not have; its position is found by a scan."""


def read_json(text: str) -> Any:
    """The value of a JSON text.

    Raises `JsonTextError` for text that is not JSON, for a member given twice in one object, for
    `NaN` and `Infinity`, for an integer too long to convert and for nesting too deep to read.
    """
    return read_one(text, 0, alone=True).value


def read_documents(text: str) -> list[Document]:
    """Every JSON value of a text that holds one, or several after each other (JSON lines).

    Raises `JsonTextError` as `read_json` does, and for a text that holds nothing.
    """
    documents = [read_one(text, 0)]
    while (start := _skip_blank(text, documents[-1].span.end)) < len(text):
        documents.append(read_one(text, start))
    return documents


def read_what_can_be(text: str) -> Reading:
    """As `read_documents`, but of JSON lines the good ones, whatever is wrong with others.

    Raises `JsonTextError` as `read_documents` does for a text that is not JSON lines: nobody can
    tell where in it the next value begins.
    """
    try:
        return Reading(read_documents(text), [])
    except JsonTextError as error:
        reading = _read_lines(text)
        if reading is None:
            raise error from None
        return reading


def _read_lines(text: str) -> Reading | None:
    """Each line by itself; nothing unless the text looks like one value a line.

    In a document that is spread over lines, brackets stand alone or close what an earlier line
    opened, or no line is a value in itself.
    """
    lines = list(_lines(text))
    if any(line[0] in "]}" or line in {"{", "["} for line, _ in lines):
        return None
    if sum(line[0] in "{[" for line, _ in lines) < _FEWEST_LINES:
        return None
    reading = Reading([], [])
    for line, start in lines:
        try:
            found = read_documents(line)
        except JsonTextError as error:
            reading.faults.append(JsonTextError(error.message, start + error.offset))
            continue
        reading.documents.extend(
            Document(value, Span(start + span.start, start + span.end)) for value, span in found
        )
    is_any = any(isinstance(document.value, dict | list) for document in reading.documents)
    return reading if is_any else None


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """The lines that are not blank, without the blanks around them, and their offsets."""
    for match in _LINE.finditer(text):
        yield match[0].rstrip(_BLANKS), match.start()


def read_one(text: str, start: int, *, alone: bool = False) -> Document:
    """The JSON value at an offset of a text, after blanks; raises `JsonTextError` as `read_json`.

    With `alone` nothing but blanks may follow.
    """
    start = _skip_blank(text, start)
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise JsonTextError(_wording(error, start), error.pos) from None
    except RecursionError:
        raise JsonTextError("the JSON is nested too deeply to read", start) from None
    except (_RefusedError, ValueError):
        raise _find_refused(text, start) from None
    after = _skip_blank(text, end)
    if alone and after < len(text):
        raise JsonTextError("not JSON: text after the end of the value", after)
    return Document(value, Span(start, end))


def _skip_blank(text: str, offset: int) -> int:
    match = _BLANK.match(text, offset)
    return match.end() if match else offset


def _wording(error: json.JSONDecodeError, start: int) -> str:
    if error.doc.startswith(("//", "/*", "#"), error.pos):
        return "not JSON: comments are not part of it"
    if error.pos == start == len(error.doc):
        return "not JSON: the text is empty"
    if error.pos == start and error.doc[:start].strip():
        return "not JSON: text after the end of the value"
    message = _WORDING.get(error.msg, error.msg[:1].lower() + error.msg[1:])
    return f"not JSON: {message}"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _RefusedError
    return members


def _constant(_: str) -> object:
    raise _RefusedError


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


def _find_refused(text: str, start: int) -> JsonTextError:
    """The error for what the decoder refused without saying where; all before it is JSON."""
    names: dict[int, set[object]] = {}
    for path, span, is_name in _scan(text, start):
        word = text[span.start : span.end]
        if is_name and path[-1] in names[len(path)]:
            return JsonTextError(f"`{path[-1]}` is given twice in one JSON object", span.start)
        if is_name:
            names[len(path)].add(path[-1])
        elif word == "{":
            names[len(path) + 1] = set()
        elif word in {"NaN", "Infinity", "-Infinity"}:
            return JsonTextError(f"not JSON: `{word}` is not a JSON number", span.start)
        elif word.lstrip("-").isdigit() and not _is_convertible(word):
            return JsonTextError(f"a number of {len(word)} digits is too long", span.start)
    return JsonTextError("not JSON", start)


def _is_convertible(digits: str) -> bool:
    try:
        int(digits)
    except ValueError:
        return False
    return True


def _scan(text: str, start: int = 0) -> Iterator[tuple[list[str | int], Span, bool]]:
    """Every member name and every value, in text order.

    Gives the path (one list, changed in place), the span of the first token, and whether it is a
    name. Expects text that the decoder has read.
    """
    path: list[str | int] = []
    names_follow = False
    for match in _TOKEN.finditer(text, start):
        token, span = match[0], Span(*match.span())
        match token[0]:
            case "{" | "[" as opener:
                yield path, span, False
                path.append("" if opener == "{" else 0)
                names_follow = opener == "{"
            case "}" | "]":
                path.pop()
                names_follow = False
            case "," if path:
                last = path[-1]
                names_follow = isinstance(last, str)
                path[-1] = last if isinstance(last, str) else last + 1
            case ":" | ",":
                names_follow = False
            case _ if names_follow:
                path[-1] = json.loads(token, strict=False)
                yield path, span, True
            case _:
                yield path, span, False


def locate_all(text: str, paths: Collection[Path], start: int = 0) -> dict[Path, int]:
    """The offsets at which the values of these paths begin, in one pass over the text."""
    wanted, longest = set(paths), max(map(len, paths), default=-1)
    found: dict[Path, int] = {}
    for path, span, is_name in _scan(text, start):
        if not is_name and len(path) <= longest and (key := tuple(path)) in wanted:
            found.setdefault(key, span.start)
            if len(found) == len(wanted):
                break
    return found


def locate(text: str, path: Path, start: int = 0) -> int:
    """The offset at which the value of a path begins; of the nearest value around it that exists.

    So a path to a missing member gives the object that lacks it.
    """
    found = locate_all(text, [path[:length] for length in range(len(path) + 1)], start)
    return found[max(found, key=len)] if found else start


class Run(NamedTuple):
    """Characters `[start, end)` of a decoded string, and where the text has them: one by one, or
    all of them as one escape.
    """

    start: int
    end: int
    place: Span
    is_escape: bool


def string_runs(text: str, start: int) -> Iterator[Run]:
    """Where the characters of a decoded string stand in the text, through JSON escapes.

    `start` is the offset of the string's opening quote. Runs without characters are given too, so
    there is one for an empty string.
    """
    literal = _STRING.match(text, start)
    if literal is None:
        raise ValueError(f"no JSON string at {start}")
    decoded, raw = 0, start + 1
    for escape in _ESCAPE.finditer(text, start + 1, literal.end() - 1):
        if escape.start() > raw:
            end = decoded + escape.start() - raw
            yield Run(decoded, end, Span(raw, escape.start()), is_escape=False)
            decoded = end
        yield Run(decoded, decoded + 1, Span(*escape.span()), is_escape=True)
        decoded, raw = decoded + 1, escape.end()
    end = decoded + literal.end() - 1 - raw
    yield Run(decoded, end, Span(raw, literal.end() - 1), is_escape=False)
