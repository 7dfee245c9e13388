"""Strings of Bicep, decoded with their places (Bicep, "Data types", "Strings")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from azcond.characters import character_of
from azcond.containers.model import Quoting
from azcond.containers.trees import Tree
from azcond.containers.values import Piece, decoded
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

INTERPOLATION = "interpolation"
_LINES = "'''"
_ESCAPE = re.compile(r"\\(?:u\{(?P<hex>[0-9A-Fa-f]{1,6})\}|(?P<letter>[nrt\\'$]))")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "'": "'", "\\": "\\", "$": "$"}
_ENCODED = {character: f"\\{letter}" for letter, character in _LETTERS.items()}
_TO_ENCODE = re.compile(r"[\x00-\x1f\x7f\\']|\$(?=\{)")
_QUOTES_OR_BRACES = re.compile(r"'(?:[^'\\\r\n]|\\.)*'|[{}]")
_NO_CHARACTER = "\ufffd"


class Code(NamedTuple):
    """An interpolation: its node, or just its name where the grammar has no node for it."""

    place: Span
    expression: str
    node: Node | None


def string_segments(tree: Tree, node: Node) -> Iterator[Piece | Code]:
    """The text of a string and its interpolations, in order."""
    opening = tree.span(node.children[0])
    inside = Span(opening.end, tree.span(node.children[-1]).start)
    if tree.text[slice(*opening)] == _LINES:
        yield from _lines(tree.text, opening.start, inside)
        return
    quoting = Quoting(encode_quoted, has_lines=False)
    at = inside.start
    for child in node.children:
        if child.type == INTERPOLATION:
            start, end = tree.span(child)
            place = Span(tree.text.index("${", start), end)  # the node takes in blanks before it
            yield from decoded(tree.text, Span(at, place.start), _ESCAPE, _meaning, quoting)
            yield Code(place, tree.text[place.start + 2 : place.end - 1].strip(), child)
            at = place.end
    yield from decoded(tree.text, Span(at, inside.end), _ESCAPE, _meaning, quoting)


def _meaning(match: re.Match[str]) -> str:
    if match["letter"]:
        return _LETTERS[match["letter"]]
    return character_of(match["hex"]) or _NO_CHARACTER


def encode_quoted(text: str) -> str:
    """A text as it is written inside of a string in quotes."""
    return _TO_ENCODE.sub(_encoded, text)


def _encoded(match: re.Match[str]) -> str:
    return _ENCODED.get(match[0]) or f"\\u{{{ord(match[0]):x}}}"


# --- strings on several lines ---------------------------------------------------------------


def _lines(text: str, opening: int, inside: Span) -> Iterator[Piece | Code]:
    """A string in three quotes; as many `$` as stand before it begin an interpolation in it."""
    start, end = inside
    for line_break in ("\r\n", "\n"):
        if text.startswith(line_break, start, end):  # the first one is not part of the text
            start += len(line_break)
            break
    sigil = "$" * (opening - len(text[:opening].rstrip("$")))
    quoting = Quoting(partial(_encode_lines, f"{sigil}{{" if sigil else _LINES), has_lines=True)
    at = start
    for place in _interpolations(text, Span(start, end), sigil):
        if at < place.start:
            yield Piece(text[at : place.start], Span(at, place.start), quoting=quoting)
        yield Code(place, text[place.start + len(sigil) + 1 : place.end - 1].strip(), None)
        at = place.end
    if at < end:
        yield Piece(text[at:end], Span(at, end), quoting=quoting)


def _interpolations(text: str, inside: Span, sigil: str) -> Iterator[Span]:
    if not sigil:
        return
    at = inside.start
    while (start := text.find(f"{sigil}{{", at, inside.end)) >= 0:
        at = _closing(text, start + len(sigil), inside.end)
        yield Span(start, at)


def _closing(text: str, opening: int, end: int) -> int:
    """The end of a pair of braces; that of the text if they are not closed."""
    depth = 0
    for match in _QUOTES_OR_BRACES.finditer(text, opening, end):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    return end


def _encode_lines(never: str, text: str) -> str | None:
    """A text as it is written in three quotes, which has no escapes."""
    return None if never in text or _LINES in text else text
