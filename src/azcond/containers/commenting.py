"""Comments that speak to azcond, in whatever marks a language has for them."""

from __future__ import annotations

import re

from azcond.source import Span

_ADDRESS = re.compile(r"\bazcond(?:[ \t]*:|[ \t-]+i[gn]\w)", re.IGNORECASE)
_MARKS = re.compile(r"\A\s*(?:<!--|/\*+|//+|<#|#+)\s*|\s*(?:-->|\*+/|#>)?\s*\Z")
_BLANK = " \t"


def speaks_to_azcond(text: str) -> bool:
    """Whether a text has `azcond:` in it, as comments that speak to azcond do, or `azcond ig`, as
    those may that are misspelt.
    """
    return _ADDRESS.search(text) is not None


def comment_text(written: str) -> str:
    """What a comment says, without its marks."""
    return _MARKS.sub("", written)


def covered_line(text: str, comment: Span) -> Span | None:
    """The line that a comment ends, with the comment; none where it stands alone on its lines."""
    start = max(text.rfind("\n", 0, comment.start), text.rfind("\r", 0, comment.start)) + 1
    return Span(start, comment.end) if text[start : comment.start].strip(_BLANK) else None
