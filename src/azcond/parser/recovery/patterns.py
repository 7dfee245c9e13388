"""One regular expression that finds a token anywhere, in any text whatever.

It is made from the terminals of the grammar and from what people write by mistake. Nothing in it
looks further than one line ahead without taking what it saw.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from azcond.ast import AttributeSource
from azcond.parser.tables import tables


class Lexeme(NamedTuple):
    """A terminal of the grammar, or one of the kinds below, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


# Kinds beside the terminals of the grammar.
BARE = "BARE"  # an unquoted value, such as `logs/*` or `1.5`
FOREIGN = "FOREIGN"  # an operator of another language, such as `==`
SEMICOLON = "SEMICOLON"
LBRACKET = "LBRACKET"
RBRACKET = "RBRACKET"
END = "END"

_NO_WIDTH = r"\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
NO_WIDTH_RUN = re.compile(rf"[{_NO_WIDTH}]+")
"""Invisible characters that part no words."""
DASHES = "‐‑‒–—―−"  # noqa: RUF001  # the dashes that word processors put in
_INVISIBLE = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\ufeff\ufff9-\ufffb"
)
_SPECIAL = rf"(?:[.*?+%~^\-{DASHES}]|\$(?!\{{)|\\(?![rnt\"'])|/(?![/*]))"
_SOURCES = "|".join(source.value for source in AttributeSource)
CURLY = "‘’‚‛′´`‹›"  # noqa: RUF001  # typographic single quotes
_CURLY_DOUBLE = "“”„‟«»"

_SIGNS = {
    "TEMPLATE": r"\$+\{[^{}\r\n]*+\}|\{\{[ \t]*+[\w.]++[ \t]*+\}\}|<[a-z][\w.-]*+>",
    "COMPARED": r"[!=]==?|<>|[<>]=|=[~><]|[!~:]=|!~|~=|[=<>]",
}
"""Tried before the punctuation of the grammar."""

_MISTAKES = {
    "INVISIBLE": rf"(?P<_one>[{_INVISIBLE}])(?:[ \t]*+(?P=_one))*+",
    "COMMENT": r"//[^\r\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|\#[^\r\n]*+|--[^\r\n]*+",
    "HISTORY": r"\\!(?![=~])",
    "ESCAPES": r"(?:\\[rnt])++",
    "WRAPPED": r"''[^\s',)}][^'\r\n]*+''",
    "APOSTROPHE": r"'[^'\r\n]*\w'\w[^'\r\n(){}@\[\],]*+'(?=[\s)},;]|\Z)",
    "ESCAPED": r"\\'[^'\\\r\n]*+\\'",
    "DOUBLE": r'\\?"[^"\r\n]*+"',
    "CURLY_DOUBLE": rf'[{_CURLY_DOUBLE}][^{_CURLY_DOUBLE}"\r\n]*+[{_CURLY_DOUBLE}"]',
    "CURLY": rf"[{CURLY}][^{CURLY}'\r\n]*+[{CURLY}']",
    "METHOD": r"\.[a-z]\w*+(?=[ \t]*+\()",
    "URL": r"[a-z]++://[^\s'\"(){},]*+",
    "CLOCK": r"[0-9]++(?::[0-9]++)++[\w.]*+",
    "SPLIT": rf"\w++(?:[{_NO_WIDTH}]++\w++)++",
    "VALUE": rf"(?:\w++(?:{_SPECIAL}|/\*)|{_SPECIAL})(?:\w|{_SPECIAL}|/\*|:(?=[\w/]))*+",
    "NO_AT": rf"(?:{_SOURCES})[ \t]*+\[",
    "INDEX": r"[a-z]\w*+\[[^\[\]\r\n]*+\]",
}
"""Tried before the words and values of the grammar."""

_NESTED = r"@\w*+\[[^\[\]\r\n]*+\[[^\[\]\r\n]*+\][^\[\]\r\n]*+\]"
_FALLBACKS = {
    "AT_NESTED": _NESTED,
    "AT": r"@[ \t]*+\w*+[ \t]*+\[(?:[^\[\]\r\n]*+\])?",
    "AT_WORD": r"@(?:\w++[({][\w./:$<>&-]*+[)}]|[\w./:$-]*+)",
    "OPEN_QUOTE": rf"\\?[\"'{CURLY}{_CURLY_DOUBLE}]",
    "ONE": r"[&|]",
    "OTHER_WORD": r"\w++",
    SEMICOLON: ";",
    LBRACKET: r"\[",
    RBRACKET: r"\]",
    "OTHER": r"(?P<_same>(?s:.))(?P=_same)*+",
}
"""Tried after them: between them they match any character."""


@cache
def token_pattern() -> re.Pattern[str]:
    """Matches at every position of every text; the name of the group tells what it found."""
    terminals = dict(tables().terminals)
    blank, string = terminals.pop("BLANK"), terminals["STRING"]
    doubled = {"DOUBLED": rf"{string}(?:{string})++"}
    marks = {name: mark for name, mark in terminals.items() if len(mark.lstrip("\\")) == 1}
    first = {"BLANK": blank} | _SIGNS | marks
    return _any_of(first | _MISTAKES | doubled | terminals | _FALLBACKS)


@cache
def single_characters() -> dict[str, str]:
    """The kinds of tokens of one character that no mistake starts with."""
    return {character: kind for character in "()},;[]" if (kind := _lone(character))}


def _lone(character: str) -> str | None:
    match = token_pattern().fullmatch(character)
    return match.lastgroup if match else None


@cache
def terminal_pattern() -> re.Pattern[str]:
    """Matches the terminals of the grammar, as parsing does."""
    return _any_of(tables().terminals)


def terminal_of(text: str) -> str | None:
    """The terminal of the grammar that a whole text is, if it is one."""
    match = terminal_pattern().fullmatch(text)
    return match.lastgroup if match else None


def _any_of(alternatives: Mapping[str, str]) -> re.Pattern[str]:
    named = [f"(?P<{name}>{pattern})" for name, pattern in alternatives.items()]
    return re.compile("|".join(named), re.IGNORECASE)
