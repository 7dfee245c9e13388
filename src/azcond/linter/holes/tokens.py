"""The tokens of a condition with holes, of any text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from azcond.kinds import fold
from azcond.source import Span

_PRIVATE_USE = range(0xE000, 0xF8FF)
"""Characters that mean nothing to anyone (Unicode, private use area)."""


class Kind(StrEnum):
    """What a token is."""

    STRING = "string"
    ATTRIBUTE = "attribute"
    LITERAL = "literal"
    WORD = "word"
    HOLE = "hole"
    FRAGMENT = "fragment"
    FUNCTION = "function"
    EXISTS = "exists"
    CONNECTIVE = "connective"
    NOT = "not"
    OPENER = "("
    CLOSER = ")"
    BRACE = "{"
    END_BRACE = "}"
    COMMA = ","
    COLON = ":"
    OTHER = "other"
    END = "end"


class Token(NamedTuple):
    """A token: a `HOLE` stands alone, a `FRAGMENT` is a word or a literal with a hole in it."""

    kind: Kind
    text: str
    span: Span


_WORDS = {
    "and": Kind.CONNECTIVE,
    "&&": Kind.CONNECTIVE,
    "or": Kind.CONNECTIVE,
    "||": Kind.CONNECTIVE,
    "not": Kind.NOT,
    "!": Kind.NOT,
    "exists": Kind.EXISTS,
    "actionmatches": Kind.FUNCTION,
    "suboperationmatches": Kind.FUNCTION,
    "true": Kind.LITERAL,
    "false": Kind.LITERAL,
    "(": Kind.OPENER,
    ")": Kind.CLOSER,
    "{": Kind.BRACE,
    "}": Kind.END_BRACE,
    ",": Kind.COMMA,
    ":": Kind.COLON,
}
_LITERAL = re.compile(
    r"-?[0-9]+(?:\.[0-9]*)?|[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}"
)


def free_character(text: str) -> str:
    """A character that a text does not have."""
    taken = set(text)
    return next(chr(point) for point in _PRIVATE_USE if chr(point) not in taken)


def masked(text: str, holes: Sequence[Span], mark: str) -> str:
    """A text with a mark in place of every character of its holes."""
    pieces: list[str] = []
    at = 0
    for hole in holes:
        pieces += (text[at : hole.start], mark * (hole.end - hole.start))
        at = hole.end
    return "".join([*pieces, text[at:]])


@cache
def _pattern(mark: str) -> re.Pattern[str]:
    return re.compile(
        r"(?P<string>'[^'\\]*+(?:\\'?+[^'\\]*+)*+(?:'|\Z))"
        rf"|(?P<attribute>@[a-zA-Z{mark}]*+[ \t\r\n]*+\[[^\[\]]*+(?:\]|\Z))"
        rf"|(?P<word>[\w{mark}-][\w{mark}.-]*+)|&&|\|\||[^ \t\r\n]"
    )


def find_tokens(text: str, mark: str) -> list[Token]:
    """The tokens of a masked text, and an `END`."""
    found = []
    for match in _pattern(mark).finditer(text):
        written = match[0]
        match match.lastgroup:
            case "string":
                kind = Kind.STRING
            case "attribute":
                kind = Kind.ATTRIBUTE
            case "word" if mark in written:
                kind = Kind.FRAGMENT if written.strip(mark) else Kind.HOLE
            case "word" if _LITERAL.fullmatch(written):
                kind = Kind.LITERAL
            case "word":
                kind = _WORDS.get(fold(written), Kind.WORD)
            case _:
                kind = _WORDS.get(written, Kind.OTHER)
        found.append(Token(kind, written, Span(*match.span())))
    return [*found, Token(Kind.END, "", Span(len(text), len(text)))]
