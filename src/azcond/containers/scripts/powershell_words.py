"""The expressions of PowerShell scripts that are texts, through quotes, variables and operators
(PowerShell, "about_Quoting_Rules").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from azcond.characters import character_of
from azcond.containers.formats import with_items
from azcond.containers.model import Quoting
from azcond.containers.recognising import looks_like_condition
from azcond.containers.scripts.commands import is_escaped
from azcond.containers.trees import Tree
from azcond.containers.values import Piece, Text, concatenated, without_quoting
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_STRAIGHT = str.maketrans("\u2018\u2019\u201a\u201b\u201c\u201d\u201e", "''''\"\"\"")
_BACKTICK = r"`(?:u\{[0-9a-fA-F]{1,6}\}|\r?\n|.)"
_IN_SINGLE = re.compile(r"''")
_IN_DOUBLE = re.compile(rf'{_BACKTICK}|""', re.DOTALL)
_IN_HERE = re.compile(_BACKTICK, re.DOTALL)
_NOTHING = re.compile(r"(?!)")
_HERE = re.compile(r"@['\"][ \t]*\r?\n(?P<text>.*?)(?:\r?\n)?['\"]@", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_SCOPE = re.compile(r"\A(?:global|local|private|script):")
_EXPANSIONS = frozenset({"variable", "sub_expression"})
_OF_THE_LANGUAGE = frozenset({"key_case_sensitive", "keys"})
"""What conditions spell with a dollar sign; as variables these are empty, and the text is lost."""
_DEEPEST = 20


def parse_powershell(text: str) -> Tree:
    """The tree of a script. Typographic quotes are quotes, and stand as such in the tree's text."""
    return Tree("powershell", text.translate(_STRAIGHT))


def core(node: Node) -> Node:
    """What an expression is, without the levels of precedence and the parentheses around it."""
    while True:
        if node.type == "parenthesized_expression" and node.named_child_count == 1:
            node = node.named_children[0]
        elif node.child_count == 1 and node.type not in _LEAVES:
            node = node.children[0]
        else:
            return node


_LEAVES = frozenset({"expandable_string_literal", "expandable_here_string_literal", "variable"})


class Expressions:
    """Reads the expressions of one script; `text` is as it is, with its typographic quotes."""

    def __init__(self, tree: Tree, text: str) -> None:
        self._tree = tree
        self._source = text
        self._depth = 0
        self.grown: set[str] = set()
        """The variables that something is added to."""
        self.spelled: dict[str, str] = {}
        """The variables that are set, as the script first spells them."""
        self.variables: dict[str, list[Node]] = {}
        for node in tree.nodes("assignment_expression"):
            self._note(node)

    def _note(self, node: Node) -> None:
        left, operator, *rest = node.children
        names = list(_below(left, "variable", "member_access"))
        if len(names) == 1 and names[0].type == "variable" and rest:
            name = self.name(names[0])
            self.spelled.setdefault(name, self._tree.written(names[0]).strip())
            self.variables.setdefault(name, []).append(rest[-1])
            if self._tree.written(operator).strip() != "=":
                self.grown.add(name)

    def name(self, variable: Node) -> str:
        """What a variable is called, in lower case and without its scope."""
        return _SCOPE.sub("", self._tree.written(variable).strip().strip("$@{}").lower())

    def text(self, node: Node) -> Text:
        """What an expression gives; what is not known in it is a hole."""
        if self._depth > _DEEPEST:
            return Text((self._hole(node),))
        self._depth += 1
        found = concatenated([self._pieces(core(node))])
        self._depth -= 1
        return Text((self._hole(node),)) if found is None else found

    def _pieces(self, node: Node) -> Iterable[Piece]:
        start, end = self._trimmed(node)
        match node.type:
            case "verbatim_string_characters":
                return self._scanned(node, Span(start + 1, end - 1), _IN_SINGLE, _single())
            case "expandable_string_literal":
                return self._scanned(node, Span(start + 1, end - 1), _IN_DOUBLE, _double())
            case "verbatim_here_string_characters":
                return self._here(node, _NOTHING, "'@", _unchanged)
            case "expandable_here_string_literal":
                return self._here(node, _IN_HERE, '"@', _encode_here)
            case "variable":
                return self._variable(node)
            case "additive_expression":
                return self._sum(node)
            case "format_expression":
                return self._format(node)
            case "generic_token" | "simple_name":
                return (Piece(self._source[start:end], Span(start, end)),)
            case _:
                return (self._hole(node),)

    def _trimmed(self, node: Node) -> Span:
        start, end = self._tree.span(node)
        written = self._source[start:end]
        return Span(end - len(written.lstrip()), start + len(written.rstrip()))

    def _hole(self, node: Node) -> Piece:
        place = self._trimmed(node)
        written = self._source[slice(*place)]
        return Piece(written, place, expression=written)

    def _scanned(
        self, node: Node, span: Span, escape: re.Pattern[str], quoting: Quoting
    ) -> Iterator[Piece]:
        """A literal with escapes and expansions in it."""
        at = span.start
        for child in node.children:
            if child.type in _EXPANSIONS:
                start, end = self._trimmed(child)
                # The grammar takes `@Resource` for a variable, and what is escaped in some places.
                if self._source[start] != "$" or is_escaped(self._source, at, start, "`"):
                    continue
                yield from self._literal(Span(at, start), escape, quoting)
                yield from self.text(child).pieces
                at = end
        yield from self._literal(Span(at, span.end), escape, quoting)

    def _literal(self, span: Span, escape: re.Pattern[str], quoting: Quoting) -> Iterator[Piece]:
        at = span.start
        for match in escape.finditer(self._tree.text, *span):
            start, end = match.span()
            if start > at:
                yield Piece(self._source[at:start], Span(at, start), quoting=quoting)
            value = _unescaped(self._source[start:end])
            yield Piece(value, Span(start, end), verbatim=False, quoting=quoting)
            at = end
        yield Piece(self._source[at : span.end], Span(at, span.end), quoting=quoting)

    def _here(
        self, node: Node, escape: re.Pattern[str], closer: str, encode: Callable[[str], str]
    ) -> Iterable[Piece]:
        """The lines of a here-string."""
        match = _HERE.fullmatch(self._tree.text, *self._trimmed(node))
        if match is None:
            return (self._hole(node),)
        quoting = Quoting(partial(_encode_lines, closer, encode), has_lines=True)
        return self._scanned(node, Span(*match.span("text")), escape, quoting)

    def _variable(self, node: Node) -> Iterable[Piece]:
        name = self.name(node)
        given = self.variables.get(name, [])
        if len(given) != 1 or name in self.grown:
            if name in _OF_THE_LANGUAGE and not given:
                return (Piece("", self._trimmed(node), verbatim=False),)
            return (self._hole(node),)
        found = self.text(given[0])
        written = self._tree.written(given[0]).strip()
        if any(one.expression == written for one in found.pieces) or self._depth >= _DEEPEST:
            return (self._hole(node),)
        if looks_like_condition(found.written):
            return found.pieces
        return without_quoting(found.pieces)

    def _sum(self, node: Node) -> Iterator[Piece]:
        """Texts with `+` between them; there may be many."""
        terms: list[Node] = []
        while node.type == "additive_expression" and self._is_sum(node):
            terms.append(node.children[2])
            node = core(node.children[0])
        is_other = node.type == "additive_expression"
        yield from (self._hole(node),) if is_other else self.text(node).pieces
        for term in reversed(terms):
            yield from self.text(term).pieces

    def _is_sum(self, node: Node) -> bool:
        return node.child_count == 3 and self._tree.written(node.children[1]).strip() == "+"  # noqa: PLR2004  # two terms and the operator

    def _format(self, node: Node) -> Iterable[Piece]:
        """`'…{0}…' -f value, value`."""
        template = self.text(node.children[0])
        values = core(node.children[-1])
        is_list = values.type == "array_literal_expression"
        arguments = [one for one in values.children if one.is_named] if is_list else [values]
        made = with_items(template, [self.text(one) for one in arguments])
        return (self._hole(node),) if made is None else made.pieces


def _below(node: Node, *types: str) -> Iterator[Node]:
    pending = [node]
    while pending:
        node = pending.pop()
        if node.type in types:
            yield node
        else:
            pending.extend(reversed(node.children))


def double_quotes(text: str) -> str:
    """A text as it is written between single quotes."""
    return re.sub(r"(['\u2018\u2019\u201a\u201b])", r"\1\1", text)


def _single() -> Quoting:
    return Quoting(double_quotes, has_lines=True)


def _double() -> Quoting:
    return Quoting(partial(re.sub, r'([`$"\u201c\u201d\u201e])', r"`\1"), has_lines=True)


def _unchanged(text: str) -> str:
    return text


def _encode_lines(closer: str, encode: Callable[[str], str], text: str) -> str | None:
    return None if f"\n{closer}" in f"\n{text}" else encode(text)


def _encode_here(text: str) -> str:
    return re.sub(r"([`$])", r"`\1", text)


def _unescaped(escape: str) -> str:
    """What an escape stands for; two quotes are one."""
    if escape[0] != "`":
        return escape[0]
    if escape.startswith("`u{"):
        return character_of(escape[3:-1]) or escape
    return "" if escape[-1] == "\n" else _LETTERS.get(escape[1], escape[1])
