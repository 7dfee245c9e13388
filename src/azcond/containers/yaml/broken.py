"""What cannot be read of a YAML text, where that may hold a condition.

The grammar of YAML gives up at what it cannot place, as the `{{ if }}` of a chart or a tab, and the
rest of the text is then lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from azcond.containers.model import Unread
from azcond.containers.recognising import looks_like_condition
from azcond.containers.scripts.errors import find_unread
from azcond.containers.trees import Tree

_ASSIGNMENT = re.compile(r"role[\W_]{0,3}assignment", re.IGNORECASE)
_CONDITION = re.compile(r"condition", re.IGNORECASE)
_TEXT = re.compile(r"\S")


def find_broken(tree: Tree) -> Iterator[Unread]:
    """The errors of a tree in which a condition stands loose, and where it ends too early."""
    yield from list(find_unread(tree, "YAML")) or _lost(tree)


def _lost(tree: Tree) -> Iterator[Unread]:
    text, end = tree.text, tree.span(tree.root).end
    start = _TEXT.search(text, end)
    if start is None:
        return
    is_meant = _CONDITION.search(text, end) and _ASSIGNMENT.search(text)
    if is_meant or looks_like_condition(text[end:]):
        message = "this YAML cannot be read from here on, and may hold a condition"
        yield Unread(message, start.start())
