"""JSON with comments and trailing commas, as deployment tools read it.

Resource Manager takes comments in templates (template-syntax, "Comments and metadata"), and editors
keep them in `.jsonc`. Blanking them out leaves JSON in which everything stands where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from azcond.containers.commenting import comment_text, covered_line, speaks_to_azcond
from azcond.containers.model import Comment
from azcond.jsontext import JsonTextError, read_one
from azcond.source import Span

_STRING = r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'
_COMMENT = r"//[^\r\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?"
_STRING_OR_COMMENT = re.compile(rf"{_STRING}|(?P<comment>{_COMMENT})", re.DOTALL)
_STRING_OR_COMMA = re.compile(rf"{_STRING}|(?P<comma>,)(?=[ \t\r\n]*[\]}}])", re.DOTALL)
_VISIBLE = re.compile(r"[^\r\n]")
_BETWEEN = re.compile(r"[ \t\r\n,:]*")
_NAME = re.compile(rf"{_STRING}[ \t\r\n]*:[ \t\r\n]*", re.DOTALL)


def without_comments(text: str) -> tuple[str, tuple[Comment, ...]]:
    """A text in which blanks stand for comments and trailing commas, and those comments that speak
    to azcond.
    """
    spans: list[Span] = []

    def blank(match: re.Match[str]) -> str:
        if match["comment"] is None:
            return match[0]
        spans.append(Span(*match.span()))
        return _VISIBLE.sub(" ", match[0])

    blanked = _STRING_OR_COMMENT.sub(blank, text)
    blanked = _STRING_OR_COMMA.sub(lambda match: " " if match["comma"] else match[0], blanked)
    return blanked, tuple(_comments(text, blanked, spans))


def _comments(text: str, blanked: str, spans: list[Span]) -> Iterator[Comment]:
    for span in spans:
        written = text[span.start : span.end]
        if speaks_to_azcond(written):
            covers = covered_line(text, span) or _following(blanked, span)
            yield Comment(comment_text(written), span, covers)


def _following(blanked: str, span: Span) -> Span:
    """The member or the value that comes next."""
    start = _skip(blanked, span.end)
    name = _NAME.match(blanked, start)
    try:
        end = read_one(blanked, name.end() if name else start).span.end
    except JsonTextError:
        return span
    return Span(start, end)


def _skip(text: str, offset: int) -> int:
    match = _BETWEEN.match(text, offset)
    return match.end() if match else offset
