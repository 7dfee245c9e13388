"""The words of shell scripts and what they stand for, through quotes and variables (Bash Reference
Manual, "Quoting" and "Shell Expansions").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from azcond.characters import character_of
from azcond.containers.model import Quoting
from azcond.containers.recognising import looks_like_condition
from azcond.containers.scripts.commands import is_escaped
from azcond.containers.trees import Tree
from azcond.containers.values import Piece, Text, concatenated, decoded, trimmed, without_quoting
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_EXPANSIONS = frozenset(
    {"simple_expansion", "expansion", "command_substitution", "arithmetic_expansion"}
)
_IN_WORD = re.compile(r"\\(?:\r?\n|.)", re.DOTALL)
_IN_QUOTES = re.compile(r'\\(?:[$`"\\]|\r?\n)')
_IN_HEREDOC = re.compile(r"\\(?:[$`\\]|\r?\n)")
_IN_ANSI = re.compile(
    r"\\(?:x[0-9a-f]{1,2}|u[0-9a-f]{1,4}|U[0-9a-f]{1,8}|[0-7]{1,3}|.)", re.IGNORECASE | re.DOTALL
)
_ANSI_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f"}
_OF_THE_LANGUAGE = frozenset({"key_case_sensitive", "keys"})
"""What conditions spell with a dollar sign; as variables these are empty, and the text is lost."""
_SINGLE_QUOTES = frozenset({"\\'", '"\'"'})
_DEEPEST = 20
_BLANKS = " \t\r\n"


class Words:
    """Reads the words of one script."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._variables = _find_variables(tree)
        self._depth = 0
        self.grown = {
            tree.written(node.children[0])
            for node in tree.nodes("variable_assignment")
            if any(child.type == "+=" for child in node.children)
        }
        """The variables that something is added to."""

    def text(self, node: Node) -> Text:
        """What a word stands for; what is not known in it is a hole."""
        if self._depth > _DEEPEST:
            return Text((self._hole(node),))
        self._depth += 1
        found = concatenated([self._pieces(node)])
        self._depth -= 1
        return Text((self._hole(node),)) if found is None else found

    def _pieces(self, node: Node) -> Iterable[Piece]:
        start, end = self._tree.span(node)
        match node.type:
            case "raw_string":
                return (self._raw(node, Quoting(_encode_raw, has_lines=True)),)
            case "string":
                quoting = Quoting(partial(re.sub, r'([$`"\\])', r"\\\1"), has_lines=True)
                return self._scanned(node, Span(start + 1, end - 1), _IN_QUOTES, quoting)
            case "ansi_c_string":
                quoting = Quoting(_encode_ansi, has_lines=True)
                return self._scanned(node, Span(start + 2, end - 1), _IN_ANSI, quoting)
            case "concatenation" | "command_name" | "word" | "number":
                if node.child_count:
                    return self._chained(node)
                return self._scanned(node, Span(start, end), _IN_WORD, None)
            case "simple_expansion" | "expansion":
                return self._variable(node)
            case "command_substitution":
                return self._output(node)
            case _:
                return (self._hole(node),)

    def _chained(self, node: Node) -> Iterator[Piece]:
        r"""Words without a blank between them. Single quotes cannot hold a single quote, so texts
        with one are written as `'it'\''s'` or `'it'"'"'s'`, which is taken for one literal.
        """
        children = node.children
        literal: Quoting | None = None
        for child, after in zip(children, [*children[1:], None], strict=True):
            if child.type == "raw_string":
                literal = literal or Quoting(_encode_raw, has_lines=True)
                yield self._raw(child, literal)
            elif (
                literal is not None
                and after is not None
                and after.type == "raw_string"
                and self._tree.written(child) in _SINGLE_QUOTES
            ):
                start, end = self._tree.span(child)
                place = Span(start - 1, end + 1)
                yield Piece("'", place, verbatim=False, quoting=literal)
            else:
                literal = None
                yield from self.text(child).pieces

    def _raw(self, node: Node, quoting: Quoting) -> Piece:
        start, end = self._tree.span(node)
        inner = Span(start + 1, end - 1)
        return Piece(self._tree.text[slice(*inner)], inner, quoting=quoting)

    def _scanned(
        self, node: Node, span: Span, escape: re.Pattern[str], quoting: Quoting | None
    ) -> Iterator[Piece]:
        """A literal with escapes and expansions in it."""
        at = span.start
        for child in node.children:
            if child.type in _EXPANSIONS:
                start = self._trimmed(child).start
                if is_escaped(self._tree.text, at, start, "\\"):  # which the grammar may overlook
                    continue
                yield from self._literal(Span(at, start), escape, quoting)
                yield from self.text(child).pieces
                at = self._tree.span(child).end
        yield from self._literal(Span(at, span.end), escape, quoting)

    def _literal(
        self, span: Span, escape: re.Pattern[str], quoting: Quoting | None
    ) -> Iterator[Piece]:
        meaning = _ansi if escape is _IN_ANSI else _after_backslash
        return decoded(self._tree.text, span, escape, meaning, quoting)

    def _trimmed(self, node: Node) -> Span:
        """Where a node stands without the blanks that the grammar gives it."""
        start, end = self._tree.span(node)
        written = self._tree.text[start:end]
        return Span(end - len(written.lstrip(_BLANKS)), end)

    def _hole(self, node: Node) -> Piece:
        place = self._trimmed(node)
        written = self._tree.text[slice(*place)]
        return Piece(written, place, expression=written)

    def _variable(self, node: Node) -> Iterable[Piece]:
        name = next((self._tree.written(one) for one in node.children if one.is_named), "")
        is_plain = sum(child.is_named for child in node.children) == 1 and node.child_count <= 3  # noqa: PLR2004  # `${`, the name and `}`
        given = self._variables.get(name, [])
        if not is_plain or len(given) != 1 or name in self.grown:
            if name in _OF_THE_LANGUAGE and not given:
                return (Piece("", self._trimmed(node), verbatim=False),)
            return (self._hole(node),)
        value = given[0]
        found = self.heredoc(value) if value.type == "redirected_statement" else self.text(value)
        if found is None or any(one.expression == f"${name}" for one in found.pieces):
            return (self._hole(node),)
        if value.type == "redirected_statement":
            found = trimmed(found, _BLANKS)
        if looks_like_condition(found.written):
            return found.pieces
        return without_quoting(found.pieces)

    def _output(self, node: Node) -> Iterable[Piece]:
        """What `$(cat <<EOF … EOF)` gives; of other commands it is not known."""
        inner = [child for child in node.children if child.is_named]
        if len(inner) == 1 and inner[0].type == "redirected_statement":
            body = inner[0].child_by_field_name("body")
            if body is not None and self._tree.written(body).strip() == "cat":
                found = self.heredoc(inner[0])
                if found is not None:
                    return trimmed(found, "\r\n", start=False).pieces
        return (self._hole(node),)

    def heredoc(self, statement: Node) -> Text | None:
        """The lines that a statement reads from the script itself."""
        redirects = [one for one in statement.children if one.type == "heredoc_redirect"]
        parts = {one.type: one for one in redirects[0].children} if redirects else {}
        if len(redirects) != 1 or not {"heredoc_start", "heredoc_body"} <= parts.keys():
            return None
        first, last = self._tree.span(parts["heredoc_body"])
        head = self._tree.text[self._tree.span(parts["heredoc_start"]).end : first]
        if "\n" not in head or head[head.index("\n") :].strip():
            return None  # the grammar takes some first lines for words
        first += head.index("\n") + 1 - len(head)
        delimiter = self._tree.written(parts["heredoc_start"])
        name = delimiter.strip("'\"\\")
        is_told, skips_tabs = delimiter != name, "<<-" in parts
        encode = partial(_encode_heredoc, name, is_told=is_told, skips_tabs=skips_tabs)
        quoting = Quoting(encode, has_lines=True)
        body, escape = parts["heredoc_body"], _NOTHING if is_told else _IN_HEREDOC
        pieces = self._scanned(body, Span(first, last), escape, quoting)
        return concatenated([_without_tabs(pieces) if skips_tabs else pieces])


_NOTHING = re.compile(r"(?!)")
_TABS = re.compile(r"(?:(?<=\n)|(?P<first>\A))\t+")


def _without_tabs(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces without the tabs that lines begin with."""
    begins_line = True
    for piece in pieces:
        at = 0
        if piece.verbatim and piece.expression is None:
            for tabs in _TABS.finditer(piece.text):
                if tabs["first"] is None or begins_line:
                    yield _slice(piece, at, tabs.start())
                    at = tabs.end()
        yield _slice(piece, at, len(piece.text)) if at else piece
        begins_line = piece.text.endswith("\n")


def _slice(piece: Piece, start: int, end: int) -> Piece:
    first = piece.place.start
    return piece._replace(text=piece.text[start:end], place=Span(first + start, first + end))


def _encode_raw(text: str) -> str:
    return text.replace("'", "'\\''")


def _encode_ansi(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _encode_heredoc(name: str, text: str, *, is_told: bool, skips_tabs: bool) -> str | None:
    if name in text or (skips_tabs and "\n\t" in text):
        return None
    return text if is_told else re.sub(r"([$`\\])", r"\\\1", text)


def _after_backslash(match: re.Match[str]) -> str:
    """What an escape elsewhere stands for: the character, or nothing for the end of a line."""
    return match[0][1:].strip("\r\n")


def _ansi(match: re.Match[str]) -> str:
    """What an escape in `$'…'` stands for."""
    escape = match[0]
    kind, digits = escape[1], escape[2:]
    if kind in "xuU" and digits:
        return character_of(digits) or escape
    if kind in "01234567":
        return chr(int(escape[1:], 8) & 0xFF)
    return _ANSI_LETTERS.get(kind, kind if kind in "\\'\"?" else escape)


def _find_variables(tree: Tree) -> dict[str, list[Node]]:
    """What every variable of a script is set to, each time."""
    found: dict[str, list[Node]] = {}
    for node in tree.nodes("variable_assignment", "for_statement", "command"):
        if node.type == "command":
            for name, value in _read_into(tree, node):
                found.setdefault(name, []).append(value)
            continue
        name_node = node.child_by_field_name("name") or node.child_by_field_name("variable")
        value = node.child_by_field_name("value") or node
        if name_node is not None:
            found.setdefault(tree.written(name_node), []).append(value)
    return found


def _read_into(tree: Tree, command: Node) -> Iterator[tuple[str, Node]]:
    """The variables that `read` sets."""
    name, *others = [tree.written(child) for child in command.children] or [""]
    if name == "read" and others:
        parent = command.parent
        is_told = parent is not None and parent.type == "redirected_statement"
        yield others[-1], parent if is_told and parent is not None else command
