r"""The pattern language of `StringLike`.

Source of the behaviour: conditions-format, "StringLike". `*` is any run of characters, `?` exactly
one, `\*` and `\?` are literal, every other backslash is itself; the whole value must match.
"""

from __future__ import annotations

import re
from functools import lru_cache

from azcond.wildcards import ANY_ONE, Segment, Wildcard, compile_segments, segment_of

_PART = r"\\[*?]|[*?]|(?:[^\\*?]|\\(?![*?]))+"


@lru_cache(maxsize=4096)
def like_pattern(pattern: str) -> Wildcard:
    """The compiled matcher of a `Like` pattern."""
    return compile_segments(like_segments(pattern))


def like_segments(pattern: str) -> list[Segment]:
    """The texts and `?`s between the `*`s of a `Like` pattern."""
    if "?" not in pattern and "\\" not in pattern:
        return [segment_of(text) for text in pattern.split("*")]
    segments: list[list[str | None]] = [[]]
    for part in re.findall(_PART, pattern):
        if part == "*":
            segments.append([])
        elif part == "?":
            segments[-1].append(ANY_ONE)
        else:
            _append_text(segments[-1], part[1:] if part in ("\\*", "\\?") else part)
    return [tuple(segment) for segment in segments]


def _append_text(segment: list[str | None], text: str) -> None:
    before = segment.pop() if segment else ""
    if before is ANY_ONE:
        segment.append(ANY_ONE)
        before = ""
    segment.append(before + text)


def has_wildcard(pattern: str) -> bool:
    """Whether a pattern holds an unescaped `*` or `?`."""
    return any(part in ("*", "?") for part in re.findall(_PART, pattern))


def has_escape(pattern: str) -> bool:
    r"""Whether a pattern holds an escaped wildcard (`\*` or `\?`)."""
    return any(part in ("\\*", "\\?") for part in re.findall(_PART, pattern))
