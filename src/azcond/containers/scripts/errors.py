"""What the grammar of a script could not read, where that may hold a condition.

Shell grammars know less than shells do, and an error may span a whole script of which each command
has been read. Only what stands loose in an error, outside of such commands, is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from azcond.containers.model import Unread
from azcond.containers.recognising import looks_like_condition
from azcond.containers.trees import Tree

if TYPE_CHECKING:
    from tree_sitter import Node

_FLAG = re.compile(r"(?<![\w-])--?condition\b", re.IGNORECASE)
_ASSIGNMENT = re.compile(r"role\W{0,3}assignment", re.IGNORECASE)


def find_unread(tree: Tree, language: str) -> Iterator[Unread]:
    """The errors of a tree in which a condition stands loose."""
    pending = [tree.root]
    while pending:
        node = pending.pop()
        if not node.has_error:
            continue
        if node.type == "ERROR" or any(child.is_missing for child in node.children):
            loose = _loose(tree, node)
            is_given = _FLAG.search(loose) and _ASSIGNMENT.search(tree.written(node))
            if is_given or looks_like_condition(loose):
                yield unread(tree, node, language)
                continue
        pending.extend(reversed(node.children))


def unread(tree: Tree, node: Node, language: str) -> Unread:
    """A part of a script that is broken."""
    message = f"this {language} cannot be read, and may hold a condition"
    return Unread(message, tree.span(node).start)


def _loose(tree: Tree, node: Node) -> str:
    """The text of a node without what could be read in it."""
    pieces: list[str] = []
    at, end = tree.span(node)
    for child in filter(_is_whole, node.children):
        span = tree.span(child)
        pieces.append(tree.text[at : span.start])
        at = span.end
    return " ".join([*pieces, tree.text[at:end]])


def _is_whole(node: Node) -> bool:
    return node.is_named and not node.has_error and node.child_count > 1
