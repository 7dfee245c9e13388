"""The text between the leaves of a condition: parentheses, AND, OR, NOT, and blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from azcond.ast import Expression, leaves
from azcond.source import Span

_TOKEN = re.compile(r"&&|\|\||[!()]|\w+")


class Token(NamedTuple):
    """A parenthesis, a keyword as written, or (empty text) a leaf."""

    text: str
    span: Span


def find_tokens(tree: Expression, text: str) -> Iterator[Token]:
    """The tokens of a condition in text order; each leaf is one."""
    end = 0
    for leaf in leaves(tree):
        yield from _between(text, end, leaf.span.start)
        yield Token("", leaf.span)
        end = leaf.span.end
    yield from _between(text, end, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        yield Token(match[0], Span(*match.span()))
