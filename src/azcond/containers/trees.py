"""Syntax trees of the languages that files are written in, with places in characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from time import process_time
from typing import TYPE_CHECKING

from azcond.containers.model import UnreadableError
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Language, Node

_MOST_SECONDS = 5.0
"""How long a grammar may look for sense in one text; some take the square of its length."""

_SLICE = 1 << 16


@cache
def _language(name: str) -> Language:
    try:
        from tree_sitter import Language  # noqa: PLC0415  # optional

        return Language(import_module(f"tree_sitter_{name}").language())
    except ImportError:
        raise UnreadableError("more packages are needed: install `azcond[iac]`") from None


class Tree:
    """The tree of a text. It has one for any text; what does not fit has nodes of type `ERROR`."""

    def __init__(self, language: str, text: str) -> None:
        """Parse a text; `language` is as in the name of its grammar, `hcl`.

        Raises `UnreadableError` where that is not installed, and for a text that takes too long.
        """
        grammar = _language(language)
        from tree_sitter import Parser  # noqa: PLC0415  # optional

        self.text = text
        data = text.encode()
        self._offsets = None if len(data) == len(text) else _character_offsets(text)
        until = process_time() + _MOST_SECONDS
        try:
            tree = Parser(grammar).parse(
                lambda start, _: data[start : start + _SLICE],
                progress_callback=lambda _, __: process_time() > until,
            )
        except ValueError:
            raise UnreadableError("nothing makes sense for too long") from None
        self.root = tree.root_node

    def span(self, node: Node) -> Span:
        """Where a node stands, in characters."""
        if self._offsets is None:
            return Span(node.start_byte, node.end_byte)
        return Span(self._offsets[node.start_byte], self._offsets[node.end_byte])

    def written(self, node: Node) -> str:
        """The text of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def nodes(self, *types: str) -> Iterator[Node]:
        """Every node of these types, in text order, outer before inner."""
        pending = [self.root]
        while pending:
            node = pending.pop()
            if node.type in types:
                yield node
            pending.extend(reversed(node.children))


def _character_offsets(text: str) -> list[int]:
    """For each byte of the text in UTF-8, and for its end, the offset of the character there."""
    offsets: list[int] = []
    at = 0
    for match in _MORE_BYTES.finditer(text):
        offsets += range(at, match.start())
        offsets += [match.start()] * len(match[0].encode())
        at = match.end()
    offsets += range(at, len(text) + 1)
    return offsets


_MORE_BYTES = re.compile(r"[^\x00-\x7f]")
