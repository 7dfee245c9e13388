"""The wording of errors inside one token; that of all others stands in `wording`.

Lower case, no full stop, the user's own text in backticks.
"""
# ruff: noqa: D103  # the code and the sentence that a function returns say what it is for

from __future__ import annotations

from azcond.ast import AttributeSource
from azcond.characters import character_name
from azcond.parser.building import MAX_INTEGER_DIGITS
from azcond.parser.recovery.findings import Problem

_LONGEST = 40
_DELETE = "delete it"

ATTRIBUTE_FORMS = ", ".join(f"`@{source.value}[…]`" for source in AttributeSource)
"""What an attribute reference looks like, for each source."""


def echo(text: str) -> str:
    """Text of the user in backticks: shortened, and with nothing that does not print."""
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    printable = [c if c.isprintable() else f"\\u{ord(c):04x}" for c in shown]
    return f"`{''.join(printable)}`"


# Characters, comments, and what a host file leaves around a condition

COMMENT = Problem(
    "SYN001",
    "the condition language has no comments",
    "delete it; explain the condition in the description of the role assignment",
)


def invisible_character(character: str, count: int = 1, where: str = "outside a string") -> Problem:
    times = f", {count} times" if count > 1 else ""
    message = f"invisible character {character_name(character)}{times} {where}"
    return Problem("SYN007", message, "delete it, or type an ordinary blank in its place")


def unexpected_character(character: str) -> Problem:
    known = "" if character.isascii() else f" ({character_name(character)})"
    message = f"{echo(character)}{known} has no meaning outside a string"
    return Problem("SYN001", message, "delete it, or put the value in straight single quotes")


def lookalike(character: str, meant: str) -> Problem:
    message = f"`{character}` is {character_name(character)}, which only looks like `{meant}`"
    return Problem("SYN001", message, f"write `{meant}`")


def escapes(text: str) -> Problem:
    message = f"{echo(text)} is an escape of the file this condition was copied from"
    return Problem("SYN001", message, "write a real line break or blank, here and further on")


HISTORY = Problem(
    "SYN008",
    "the backslash before `!` stays in the text: a shell does not take it away",
    "write `!`; an interactive shell leaves it alone between single quotes, and a script anywhere",
)


def wrapping_quotes(quote: str) -> Problem:
    message = f"the whole condition stands in `{quote}` quotes"
    return Problem("SYN006", message, "delete them: they belong to the file it was copied from")


def assignment(text: str) -> Problem:
    message = f"{echo(text)} belongs to the file this condition was copied from"
    return Problem("SYN001", message, "start with the condition itself")


def trailing(text: str) -> Problem:
    return Problem("SYN001", f"unexpected {echo(text)} after the end of the condition", _DELETE)


# Strings

DOUBLED_QUOTE = Problem(
    "SYN006",
    "`''` does not stand for a quote inside a string",
    "a quote inside is written `\\'`; two strings of a set take a comma between them",
)
WRAPPED_STRING = Problem(
    "SYN006",
    "the string is wrapped in doubled quotes",
    "write one straight single quote on each side: `'…'`",
)
ESCAPED_QUOTES = Problem(
    "SYN006",
    "the quotes of the string are escaped",
    "write `'…'` without backslashes, here and further on",
)
APOSTROPHE = Problem(
    "SYN006",
    "the string holds a quote that ends it too early",
    "a quote inside a string is written `\\'`",
)


def unclosed_string(quote: str) -> Problem:
    message = f"the string opened by {_quote(quote)} is never closed"
    return Problem("SYN002", message, "close it with a straight single quote: `'`")


def missing_opening_quote(text: str) -> Problem:
    message = f"the quote after {echo(text)} closes a string that was not opened"
    return Problem("SYN002", message, "write " + echo(f"'{text}'"))


def foreign_quotes(quote: str, straight: str) -> Problem:
    message = f"strings take straight single quotes, not {_quote(quote)}"
    return Problem("SYN006", message, f"write {echo(straight)}")


def _quote(quote: str) -> str:
    named = {"'": "`'`", '"': 'double quotes: `"`', "`": "a backtick"}
    return named.get(quote) or f"`{quote}` ({character_name(quote)})"


# Attribute references

EMPTY_ID = Problem(
    "SYN011",
    "the attribute reference names no attribute",
    "write the attribute between the brackets, such as `@Environment[UtcNow]`",
)
BLANK_AFTER_AT = Problem("SYN001", "no blank may stand after `@`", "write `@Source[id]`")
UNCLOSED_ID = Problem("SYN002", "`[` is never closed", "write `]` after the id of the attribute")
BRACKET_IN_ID = Problem(
    "SYN001",
    "the id of an attribute cannot hold brackets",
    "write the id alone between `[` and `]`",
)


def missing_at(source: str) -> Problem:
    message = f"an attribute reference starts with `@`: `@{source}[…]`"
    return Problem("SYN001", message, f"write `@{source}[…]`")


def unknown_source(name: str, near: str | None) -> Problem:
    meant = f"did you mean `@{near}[…]`? " if near else ""
    message = f"unknown attribute source {echo(name)}" if name else "attribute source missing"
    return Problem("SYN001", message, f"{meant}the sources are {ATTRIBUTE_FORMS}")


def missing_id(text: str) -> Problem:
    message = f"expected `[` and the id of an attribute after {echo(text)}"
    return Problem("SYN001", message, "write `@Source[id]`")


# Numbers


def long_integer() -> Problem:
    message = f"the integer has more than {MAX_INTEGER_DIGITS} digits"
    return Problem("TYP107", message, "write a smaller number")
