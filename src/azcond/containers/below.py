"""Texts that a file loads from other files of its folder, or from folders below that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from posixpath import normpath

from azcond.containers.values import MOST_CHARACTERS

_NOT_PORTABLE = frozenset("\\:\0")


def text_below(beside: Callable[[str], Mapping[str, str]], path: str) -> str | None:
    """The text of the file at a path, relative to the folder of the file that is read; nothing
    where there is none that is short enough to be a condition, or the path leads elsewhere.
    """
    name = normpath(path)
    if name.startswith(("/", "..")) or not _NOT_PORTABLE.isdisjoint(name):
        return None
    text = beside(name).get(name)
    return None if text is None or len(text) > MOST_CHARACTERS else text
