"""What the grammar of a language could not read, where that may hold a condition.

Parsing goes on behind an error, so only what is in it is lost. A grammar knows less than the tools
of its language do; what cannot hold a condition is therefore passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from azcond.containers.model import Unread
from azcond.containers.trees import Tree

if TYPE_CHECKING:
    from tree_sitter import Node

_MAY_HOLD_ONE = re.compile(
    r"condition|@\s*(?:environment|principal|request|resource)\s*\[|actionmatches"
    r"|operationmatches|role_?assignments?\b",
    re.IGNORECASE,
)


def find_broken(tree: Tree, language: str) -> Iterator[Unread]:
    """The outermost errors of a tree that may hold a condition, in text order."""
    pending = [tree.root]
    while pending:
        node = pending.pop()
        if not node.has_error and not node.is_missing:
            continue
        if node.type == "ERROR" or _lacks_something(node):
            start, end = tree.span(node)
            if _MAY_HOLD_ONE.search(tree.text, start, end):
                yield Unread(_message(node, language), _offset(tree, node))
                continue
        pending.extend(reversed(node.children))


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


def _offset(tree: Tree, node: Node) -> int:
    """Where the first thing in an error stands that has none inside."""
    while node.type == "ERROR":
        inner = next((child for child in node.children if child.type == "ERROR"), None)
        if inner is None:
            break
        node = inner
    return tree.span(node).start
