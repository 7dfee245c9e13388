"""The scalars of YAML: what they say, and where (YAML 1.2.2, chapters 7.3 and 8.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from azcond.characters import character_of
from azcond.containers.model import Quoting
from azcond.containers.trees import Tree
from azcond.containers.values import Piece, Text, decoded
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_FOLD = r"[ \t]*(?P<fold>(?:\r\n|\r|\n)[ \t\r\n]*)"
_IN_PLAIN = re.compile(_FOLD)
_IN_SINGLE = re.compile(rf"''|{_FOLD}")
_IN_DOUBLE = re.compile(
    r"\\(?:\r\n[ \t]*|[\r\n][ \t]*|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)"
    rf"|{_FOLD}"
)
_LETTERS = dict(zip("0abtnvfreN_LP", "\0\a\b\t\n\v\f\r\x1b\x85\xa0\u2028\u2029", strict=True))
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_HEADER = re.compile(r"(?P<style>[|>])(?P<how>[-+0-9]*)[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_LINE = re.compile(r"(?P<indent> *)(?P<text>[^\r\n]*)(?P<end>\r\n|\r|\n|\Z)")
_NOT_PLAIN = re.compile(r"[\r\n]|:(?:\s|\Z)|\s#|\A\s|\s\Z")
_EXPRESSION = re.compile(r"\$?\{\{.*?\}\}|\$\([\w.]+\)", re.DOTALL)
"""What a pipeline or a chart fills in before the file is read as YAML, or after."""


def read_scalar(tree: Tree, node: Node) -> Text | None:
    """What a scalar says; what a template fills in is a hole. Gives nothing of anything else."""
    kinds = {child.type: child for child in node.children} if node.type.endswith("node") else {}
    for kind, read in _READERS.items():
        if kind in kinds:
            return Text(tuple(_with_holes(read(tree, kinds[kind]))))
    return None


def _plain(tree: Tree, node: Node) -> Iterator[Piece]:
    quoting = Quoting(_encode_plain, has_lines=False)
    return decoded(tree.text, tree.span(node), _IN_PLAIN, _meaning, quoting)


def _single(tree: Tree, node: Node) -> Iterator[Piece]:
    start, end = tree.span(node)
    quoting = Quoting(_encode_single, has_lines=False)
    return decoded(tree.text, Span(start + 1, end - 1), _IN_SINGLE, _meaning, quoting)


def _double(tree: Tree, node: Node) -> Iterator[Piece]:
    start, end = tree.span(node)
    quoting = Quoting(encode_double, has_lines=False)
    return decoded(tree.text, Span(start + 1, end - 1), _IN_DOUBLE, _meaning, quoting)


def _meaning(match: re.Match[str]) -> str:
    fold = match["fold"]
    return _unescaped(match[0]) if fold is None else _folded(fold)


def _folded(breaks: str) -> str:
    """What line breaks inside of a flow scalar stand for: one for a blank, more for lines."""
    return "\n" * (len(_LINE_BREAK.findall(breaks)) - 1) or " "


def _unescaped(escape: str) -> str:
    kind = escape[1]
    if escape == "''":
        return "'"
    if kind in "\r\n":
        return ""
    if kind in "xuU" and len(escape) > 2:  # noqa: PLR2004  # it has digits
        return character_of(escape[2:]) or escape
    return _LETTERS.get(kind, kind)


def _encode_plain(text: str) -> str | None:
    return None if _NOT_PLAIN.search(f"x{text}x") else text


def _encode_single(text: str) -> str | None:
    return None if _LINE_BREAK.search(text) else text.replace("'", "''")


def encode_double(text: str) -> str:
    """A text as it is written between double quotes."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r")
    return text.replace("\n", "\\n").replace("\t", "\\t")


def _block(tree: Tree, node: Node) -> Iterator[Piece]:
    """A block scalar, literal (`|`) or folded (`>`)."""
    start, end = tree.span(node)
    header = _HEADER.match(tree.text, start)
    lines = [] if header is None else list(_lines(tree.text, header.end(), end))
    if header is None or not lines:
        return
    indent = _indent(tree, node, header["how"], lines)
    while lines and not lines[-1]["text"].strip() and not lines[-1]["end"]:
        lines.pop()  # what stands between the last line and the end of the node
    if "+" not in header["how"]:
        while lines and not lines[-1]["text"]:
            lines.pop()
    is_literal = header["style"] == "|"
    encode = partial(_encode_lines, " " * indent) if is_literal else _encode_folded
    quoting = Quoting(encode, has_lines=is_literal)
    keeps_end = "-" not in header["how"]
    for number, line in enumerate(lines):
        first = min(line.start() + indent, line.start("end"))
        place = Span(first, line.start("end"))
        yield Piece(tree.text[slice(*place)], place, quoting=quoting)
        if number + 1 < len(lines) or keeps_end:
            after = lines[number + 1] if number + 1 < len(lines) else None
            yield from _line_end(tree.text, line, after, indent, quoting, is_literal=is_literal)


def _line_end(  # noqa: PLR0913  # two lines and how they are written
    text: str,
    line: re.Match[str],
    after: re.Match[str] | None,
    indent: int,
    quoting: Quoting,
    *,
    is_literal: bool,
) -> Iterator[Piece]:
    place = Span(*line.span("end"))
    if not line["end"]:
        return
    if is_literal or after is None:
        yield Piece(text[slice(*place)], place, quoting=quoting)
        return
    texts = [one[0].rstrip("\r\n")[indent:] for one in (line, after)]
    is_more_indented = any(one[:1] in {" ", "\t"} for one in texts)  # such lines are not folded
    value = "\n" if is_more_indented or not texts[0] else " " * bool(texts[1])
    yield Piece(value, place, verbatim=False, quoting=quoting)


def _lines(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    while start < end:
        line = _LINE.match(text, start, end)
        if line is None or line.end() == start:
            return
        yield line
        start = line.end()


def _indent(tree: Tree, node: Node, how: str, lines: list[re.Match[str]]) -> int:
    digits = [int(one) for one in how if one.isdigit()]
    if digits:
        return digits[0] + _column_of_parent(tree, node)
    return next((len(one["indent"]) for one in lines if one["text"].strip()), 0)


def _column_of_parent(tree: Tree, node: Node) -> int:
    parent: Node | None = node
    while parent is not None and parent.type != "block_mapping_pair":
        parent = parent.parent
    if parent is None:
        return 0
    start = tree.span(parent).start
    return start - max(tree.text.rfind("\n", 0, start), tree.text.rfind("\r", 0, start)) - 1


def _encode_lines(indent: str, text: str) -> str:
    return re.sub(r"\n(?![\r\n])", f"\n{indent}", text)


def _encode_folded(text: str) -> str | None:
    return None if _LINE_BREAK.search(text) else text


def _with_holes(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Pieces in which what a template fills in stands apart."""
    for piece in pieces:
        at = 0
        for match in _EXPRESSION.finditer(piece.text) if piece.verbatim else ():
            yield _slice(piece, at, match.start())
            hole = _slice(piece, match.start(), match.end())
            yield hole._replace(expression=match[0], quoting=None)
            at = match.end()
        yield piece if not at else _slice(piece, at, len(piece.text))


def _slice(piece: Piece, start: int, end: int) -> Piece:
    first = piece.place.start
    return piece._replace(text=piece.text[start:end], place=Span(first + start, first + end))


_READERS = {
    "plain_scalar": _plain,
    "single_quote_scalar": _single,
    "double_quote_scalar": _double,
    "block_scalar": _block,
}
