"""Strings of Terraform: quoted ones and heredocs, decoded with their places (Terraform, "Strings
and Templates").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from azcond.characters import character_of
from azcond.containers.model import Quoting
from azcond.containers.trees import Tree
from azcond.containers.values import Piece, decoded
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

CODE = ("template_interpolation", "template_directive")
"""What stands in a string and is no text."""

_MARKERS = (
    "template_for_start",
    "template_for_end",
    "template_if_intro",
    "template_else_intro",
    "template_if_end",
)
_ESCAPE = re.compile(
    r"\\u(?P<short>[0-9A-Fa-f]{4})|\\U(?P<long>[0-9A-Fa-f]{8})|\\(?P<letter>[nrt\"\\])"
    r"|(?P<sigil>[$%])(?P=sigil)(?=\{)"
)
_SIGIL = re.compile(r"([$%])\1(?=\{)")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_ENCODED = {character: f"\\{letter}" for letter, character in _LETTERS.items()}
_TO_ENCODE = re.compile(r"[\x00-\x1f\x7f\"\\]|[$%](?=\{)")
_NOT_WRITABLE = re.compile(r"[$%]{2}\{")
"""A sigil before an escaped one has no spelling that all versions read in the same way."""

_NO_CHARACTER = "\ufffd"


def quoted_segments(tree: Tree, node: Node) -> Iterator[Piece | Node]:
    """The text of a quoted string, and what stands in it and is no text, in order."""
    quoting = Quoting(encode_quoted, has_lines=False)
    inside = Span(tree.span(node.children[0]).end, tree.span(node.children[-1]).start)
    for part in _between_code(tree, node, inside):
        if isinstance(part, Span):
            yield from decoded(tree.text, part, _ESCAPE, _meaning, quoting)
        else:
            yield part


def heredoc_segments(tree: Tree, node: Node) -> Iterator[Piece | Node]:
    """The text of a heredoc, and what stands in it and is no text, in order."""
    opening, marker = node.children[0], node.children[1]
    inside = _heredoc_inside(tree, node)
    indent = ""
    if tree.written(opening) == "<<-":
        indent = _indentation(tree, node, inside)
    encode = partial(_encode_lines, indent, tree.written(marker).strip())
    quoting = Quoting(encode, has_lines=True)
    for part in _between_code(tree, node, inside):
        if not isinstance(part, Span):
            yield part
            continue
        is_line = part.start == inside.start  # what follows code does not begin a line
        for line in _without_indentation(tree.text, part, len(indent), is_line=is_line):
            yield from decoded(tree.text, line, _SIGIL, _meaning, quoting)


def _heredoc_inside(tree: Tree, node: Node) -> Span:
    """From the line after the marker to the end of the line before the closing one."""
    start = tree.text.index("\n", tree.span(node.children[1]).end) + 1
    end = tree.text.rindex("\n", 0, tree.span(node.children[-1]).start) + 1
    return Span(start, max(start, end))


def _between_code(tree: Tree, node: Node, inside: Span) -> Iterator[Span | Node]:
    at = inside.start
    for child in node.children:
        if child.type in CODE:
            start, end = tree.span(child)
            if at < start:
                yield Span(at, start)
            yield child
            at = end
    if at < inside.end:
        yield Span(at, inside.end)


def _meaning(match: re.Match[str]) -> str:
    if match[0][0] != "\\":
        return match[0][1:]
    if match["letter"]:
        return _LETTERS[match["letter"]]
    return character_of(match["short"] or match["long"]) or _NO_CHARACTER


def encode_quoted(text: str) -> str | None:
    """A text as it is written inside of a quoted string; nothing where there is no sure way."""
    return None if _NOT_WRITABLE.search(text) else _TO_ENCODE.sub(_encoded, text)


def _encoded(match: re.Match[str]) -> str:
    character = match[0]
    if character in "$%":
        return character * 2
    return _ENCODED.get(character) or f"\\u{ord(character):04x}"


# --- heredocs ------------------------------------------------------------------------------

_LINE_TO_INDENT = re.compile(r"\n(?=[^\S\n]*(?:\S|\Z))")


def _encode_lines(indent: str, marker: str, text: str) -> str | None:
    if _NOT_WRITABLE.search(text) or any(line.strip() == marker for line in text.split("\n")):
        return None
    escaped = re.sub(r"([$%])(?=\{)", r"\1\1", text)
    return _LINE_TO_INDENT.sub(f"\n{indent}", escaped) if indent else escaped


def _indentation(tree: Tree, node: Node, inside: Span) -> str:
    """What `<<-` takes from every line: the blanks that all lines have, but for blank lines.

    A line that begins inside of an expression is none.
    """
    code = sorted(_code_spans(tree, node))
    least: str | None = None
    following = iter([*code, Span(inside.end, inside.end)])
    upcoming = next(following)
    for line in _lines(tree.text, inside):
        while upcoming.end <= line.start < inside.end:
            upcoming = next(following)
        if upcoming.start < line.start:
            continue
        written = tree.text[line.start : min(line.end, upcoming.start)]
        blanks = written[: len(written) - len(written.lstrip())]
        is_blank = len(blanks) == len(written) and written.endswith("\n")
        if not is_blank and (least is None or len(blanks) < len(least)):
            least = blanks
    return least or ""


def _code_spans(tree: Tree, node: Node) -> Iterator[Span]:
    """Where expressions stand in a heredoc, and the marks of its directives."""
    pending = list(node.children)
    while pending:
        inner = pending.pop()
        if inner.type == CODE[0] or inner.type in _MARKERS:
            yield tree.span(inner)
        else:
            pending.extend(inner.children)


def _lines(text: str, span: Span) -> Iterator[Span]:
    at = span.start
    while at < span.end:
        end = text.find("\n", at, span.end) + 1 or span.end
        yield Span(at, end)
        at = end


def _without_indentation(text: str, span: Span, width: int, *, is_line: bool) -> Iterable[Span]:
    """The lines of a run of text, from the first on if that begins a line, without indentation."""
    if not width:
        return (span,)
    return (
        line
        if not (is_line or line.start > span.start) or _is_blank(text, line)
        else Span(line.start + width, line.end)
        for line in _lines(text, span)
    )


def _is_blank(text: str, line: Span) -> bool:
    return text[line.end - 1] == "\n" and text[line.start : line.end].isspace()


# --- code in strings, and as texts ------------------------------------------------------------


def inner_of(code: Node) -> Node | None:
    """The expression in `${…}`; a directive has none of its own."""
    if code.type != CODE[0]:
        return None
    return next((child for child in code.children if child.type == "expression"), None)


def is_strip(code: Node) -> bool:
    """Whether an interpolation takes blanks from the text around it (`${~ … ~}`)."""
    return any(child.type == "strip_marker" for child in code.children)


def directive_of(written: str) -> str:
    """What a directive begins with: `for id in var.ids`."""
    return written.removeprefix("%{").partition("}")[0].strip("~ \t")


def number_text(written: str) -> str:
    """A number as Terraform turns it into a text: `2.0` is `2`."""
    if written.replace(".", "", 1).isdecimal():
        whole, dot, fraction = written.partition(".")
        fraction = fraction.rstrip("0")
        return f"{whole.lstrip('0') or '0'}{dot if fraction else ''}{fraction}"
    return written
