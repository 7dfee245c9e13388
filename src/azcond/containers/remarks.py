"""Comments that speak to azcond, in the tree of a language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from azcond.containers.commenting import comment_text, covered_line, speaks_to_azcond
from azcond.containers.model import Comment
from azcond.containers.trees import Tree
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_COMMENT = "comment"
_PASSED_OVER = frozenset({_COMMENT, "decorators"})
"""What stands between a comment and the construct that it is about."""

_WRAPPERS = frozenset(
    {"block_mapping", "block_node", "block_sequence", "body", "document", "statement_list"}
)
"""What holds constructs and is none itself."""


def find_comments(tree: Tree) -> Iterator[Comment]:
    """The comments of a tree that speak to azcond, in text order."""
    if not speaks_to_azcond(tree.text):
        return
    for node in tree.nodes(_COMMENT):
        written = tree.written(node)
        if speaks_to_azcond(written):
            start = tree.span(node).start
            span = Span(start, start + len(written.rstrip()))
            yield Comment(comment_text(written), span, _covered(tree, node, span))


def _covered(tree: Tree, node: Node, span: Span) -> Span:
    """The line that a comment ends, otherwise the construct that follows it."""
    line = covered_line(tree.text, span)
    if line is not None:
        return line
    following = node.next_named_sibling
    while following is not None:
        if following.type in _WRAPPERS:
            following = following.named_child(0)
        elif following.type in _PASSED_OVER:
            following = following.next_named_sibling
        else:
            return tree.span(following)
    return span
