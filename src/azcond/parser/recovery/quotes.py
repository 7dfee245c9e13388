"""Where a string ends whose quotes are wrong."""

from __future__ import annotations

import re

LOOKS_LIKE_CODE = re.compile(
    r"\s*(?:\(\s*)*+(?:!|NOT\b|@[a-z]+\s*\[|\w+Matches\s*\{|Exists\b)", re.IGNORECASE
)
"""How conditions start and values do not."""

_HOLDS_CODE = re.compile(r"@[a-z]+\s*\[|\w*Matches\s*\{", re.IGNORECASE)
_OPEN_END = re.compile(r"[,{][ \t\r\n]*+\Z")
_CLOSES_HERE = re.compile(r"[\s)},;&|]|\Z")
_JOINED = re.compile(
    r"\s(?:AND|OR|&&|\|\|)\s*+(?=[(!{]|&&|\|\||NOT\b|@[a-z]|Exists\b|(?:Sub|Act)\w*Matches\b)",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"[\r\n]|\Z")
_CURLY_CLOSE = re.compile(
    r"[’´`](?=[ \t\r\n]*+(?:[)},;\r\n]|\Z|(?:AND|OR)\b))",  # noqa: RUF001  # typographic quotes
    re.IGNORECASE,
)
_CLOSERS = " \t)}],;"


def runs_away(text: str, start: int, end: int) -> bool:
    """Whether a complete string token swallowed code because its own closing quote is missing.

    The quote that ended it then opened another string, so the value of that one follows directly.
    """
    if _CLOSES_HERE.match(text, end):
        return False
    content = text[start + 1 : end - 1]
    return bool(_HOLDS_CODE.search(content) or _OPEN_END.search(content))


def likely_end(text: str, start: int, limit: int) -> int:
    """Where a string that starts at `start` and is never closed was most likely to end.

    It is the end of the line (at most `limit`), less what joins and closes expressions there.
    """
    line_end = _LINE_END.search(text, start, limit)
    end = line_end.start() if line_end else limit
    if curly := _CURLY_CLOSE.search(text, start + 1, end):
        return curly.end()
    if joined := _JOINED.search(text, start + 1, end):
        end = joined.start()
    elif _OPEN_END.search(text, start + 1, end) and "," in text[start:end]:
        end = text.index(",", start)
    while end > start + 1 and text[end - 1] in _CLOSERS:
        end -= 1
    return end
