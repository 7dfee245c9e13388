"""What the grammar of a language could not read, where that may hold a condition.

Parsing goes on behind an error, so only what is in it is lost. A grammar knows less than the tools
of its language do; what cannot hold a condition is therefore passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from azcond.containers.model import Unread
from azcond.containers.trees import Tree

if TYPE_CHECKING:
    from tree_sitter import Node

_SIGN = re.compile(
    r"condition|@\s*(?:environment|principal|request|resource)\s*\[|(?:action|operation)matches",
    re.IGNORECASE,
)
_HOLDER = re.compile(r"role_?assignments?\b", re.IGNORECASE)


def find_broken(tree: Tree, language: str) -> Iterator[Unread]:
    """The outermost errors of a tree that may hold a condition, in text order.

    Of what is missing only the first is said, and that only where there is no error: the rest often
    is the consequence.
    """
    if tree.root.has_error:
        errors = list(_find(tree, language, _is_error))
        yield from errors or islice(_find(tree, language, _lacks_something), 1)


def _find(tree: Tree, language: str, is_meant: Callable[[Node], bool]) -> Iterator[Unread]:
    pending = [(tree.root, tree.root)]
    while pending:
        node, around = pending.pop()
        if not node.has_error:
            continue
        if is_meant(node):
            start, end = tree.span(around if node.start_byte == node.end_byte else node)
            sign = _SIGN.search(tree.text, start, end)
            if sign or _HOLDER.search(tree.text, start, end):
                yield Unread(_message(node, language), _offset(tree, node, start, sign))
                continue
        pending.extend((child, node) for child in reversed(node.children))


def _is_error(node: Node) -> bool:
    return node.is_error


def _lacks_something(node: Node) -> bool:
    return any(child.is_missing for child in node.children)


def _message(node: Node, language: str) -> str:
    missing = next((child.type for child in node.children if child.is_missing), None)
    wanted = _CLOSERS.get(missing or "")
    lacks = f": `{wanted}` is missing" if wanted else ""
    return f"this {language} cannot be read, and may hold a condition{lacks}"


_CLOSERS = {
    "}": "}",
    "]": "]",
    ")": ")",
    "'": "'",
    "'''": "'''",
    "block_end": "}",
    "object_end": "}",
    "quoted_template_end": '"',
    "tuple_end": "]",
}
"""What closes something, by the name that a grammar has for it."""


def _offset(tree: Tree, node: Node, start: int, sign: re.Match[str] | None) -> int:
    """Where what lacks something begins, or the first thing in an error that has none inside; in
    an error of many lines, the first word in it that tells of a condition.
    """
    if not node.is_error:
        return start
    inner: Node | None = node
    while inner is not None:
        node = inner
        inner = next((child for child in node.children if child.is_error), None)
    start, end = tree.span(node)
    is_long = sign is not None and start < sign.start() < end and "\n" in tree.text[start:end]
    return sign.start() if is_long and sign else start
