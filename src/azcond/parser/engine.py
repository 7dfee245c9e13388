"""Lark's LALR parser over the grammar, built once per process on first use."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from lark import Lark
from lark.exceptions import UnexpectedToken

from azcond._grammar import grammar_text
from azcond.parser.building import Builder, Extent
from azcond.parser.lexing import ConditionLexer, UnreadableTextError

if TYPE_CHECKING:
    from azcond.ast import Expression


@cache
def engine() -> Lark:
    """The parser of conditions; parsing with it is thread-safe."""
    return Lark(
        grammar_text(),
        start="condition",
        parser="lalr",
        lexer=ConditionLexer,
        transformer=Builder(),
        maybe_placeholders=False,
    )


def parse_valid(text: str) -> Expression | None:
    """The tree of a text that follows the grammar; `None` for any other text."""
    try:
        extent = cast("Extent", engine().parse(text))
    except (UnexpectedToken, UnreadableTextError):
        return None
    return extent[0]
