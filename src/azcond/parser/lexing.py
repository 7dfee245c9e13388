"""Tokens: one compiled regular expression made from the terminals of the grammar.

Lark's own lexers spend most of a parse on bookkeeping that nothing here uses; this one yields the
kind and the two offsets of each token, and nothing for what the grammar ignores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from lark.lexer import Lexer

if TYPE_CHECKING:
    from lark.common import LexerConf


class Token:
    """A terminal's name (`type`, as Lark's parser asks for it) and where it stands."""

    __slots__ = ("end", "start", "text", "type")

    # What Lark copies from the last token onto its end marker.
    start_pos: ClassVar[int] = 0
    line: ClassVar[int] = 1
    column: ClassVar[int] = 1
    end_line: ClassVar[int] = 1
    end_column: ClassVar[int] = 1
    end_pos: ClassVar[int] = 0

    def __init__(self, kind: str | None, text: str, start: int, end: int) -> None:
        self.type = kind
        self.text = text
        self.start = start
        self.end = end


class UnreadableTextError(Exception):
    """The fast lexer or the builder met something that is not part of the language."""


class ConditionLexer(Lexer):
    """Lark's lexer interface over one scan of one regular expression."""

    def __init__(self, lexer_conf: LexerConf) -> None:
        terminals = sorted(lexer_conf.terminals, key=lambda terminal: -terminal.priority)
        self._scan = re.compile(
            "|".join(
                f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})" for terminal in terminals
            )
        ).finditer
        self._ignored = frozenset(lexer_conf.ignore)

    def lex(self, text: str) -> Iterator[Token]:  # type: ignore[override]  # Lark's text-only interface
        """The tokens of a text; `UnreadableTextError` where no terminal matches."""
        ignored = self._ignored
        position = 0
        for match in self._scan(text):
            start, end = match.span()
            if start != position:
                raise UnreadableTextError
            position = end
            kind = match.lastgroup
            if kind not in ignored:
                yield Token(kind, match[0], start, end)
        if position != len(text):
            raise UnreadableTextError
