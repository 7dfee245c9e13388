r"""Matching of `*` (any run) and `?` (any one character) in time pattern length x value length.

A pattern arrives already split at its `*` into segments; what counts as a wildcard and what
escapes it is the caller's business (action patterns know only `*`, `Like` knows both and `\`).
Matching takes the leftmost place for every inner segment, so it never backtracks.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final

from azcond._dataclasses import dataclass

ANY_ONE: Final = None
"""Stands for `?` inside a segment: exactly one character, whichever."""

Segment = tuple[str | None, ...]
"""Runs of literal text and `ANY_ONE`s between two `*`."""


class Shape(Enum):
    """How a wildcard pattern can be matched; `text` of the `Wildcard` is the literal part."""

    EXACT = "exact"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    INFIX = "infix"
    ANYTHING = "anything"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A compiled pattern: its shape, the literal text of a simple shape, and the matcher."""

    shape: Shape
    text: str
    matches: Callable[[str], bool]


def segment_of(text: str) -> Segment:
    """The segment of a literal text."""
    return (text,) if text else ()


def compile_segments(segments: list[Segment]) -> Wildcard:
    """The cheapest matcher for a pattern that was split at its `*` into one or more segments."""
    if all(ANY_ONE not in segment for segment in segments):
        simple = _compile_simple(["".join(part or "" for part in s) for s in segments])
        if simple is not None:
            return simple
    return Wildcard(Shape.GENERAL, "", _general(segments))


def _compile_simple(texts: list[str]) -> Wildcard | None:
    first, last = texts[0], texts[-1]
    if len(texts) == 1:
        return Wildcard(Shape.EXACT, first, lambda value: value == first)
    inner = [text for text in texts[1:-1] if text]
    if not inner:
        if not first and not last:
            return Wildcard(Shape.ANYTHING, "", lambda _: True)
        if not last:
            return Wildcard(Shape.PREFIX, first, lambda value: value.startswith(first))
        if not first:
            return Wildcard(Shape.SUFFIX, last, lambda value: value.endswith(last))
    elif len(inner) == 1 and not first and not last:
        infix = inner[0]
        return Wildcard(Shape.INFIX, infix, lambda value: infix in value)
    return None


def _general(segments: list[Segment]) -> Callable[[str], bool]:
    first, last = segments[0], segments[-1]
    inner = [segment for segment in segments[1:-1] if segment]
    head, tail = _width(first), _width(last)

    if len(segments) == 1:
        return lambda value: len(value) == head and _stands_at(value, first, 0)

    def matches(value: str) -> bool:
        end = len(value) - tail
        if end < head or not _stands_at(value, first, 0) or not _stands_at(value, last, end):
            return False
        at = head
        for segment in inner:
            found = _find(value, segment, at, end)
            if found < 0:
                return False
            at = found + _width(segment)
        return True

    return matches


def _width(segment: Segment) -> int:
    return sum(1 if part is ANY_ONE else len(part) for part in segment)


def _stands_at(value: str, segment: Segment, at: int) -> bool:
    for part in segment:
        if part is ANY_ONE:
            at += 1
        elif value.startswith(part, at):
            at += len(part)
        else:
            return False
    return True


def _find(value: str, segment: Segment, start: int, end: int) -> int:
    if len(segment) == 1 and segment[0] is not ANY_ONE:
        return value.find(segment[0], start, end)
    for at in range(start, end - _width(segment) + 1):
        if _stands_at(value, segment, at):
            return at
    return -1
