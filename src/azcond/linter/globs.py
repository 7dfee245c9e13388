"""Path patterns of the configuration, as people know them from ignore files."""

from __future__ import annotations

import re
from functools import cache

_PIECES = {"**/": "(?:[^/]*/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_PIECE = re.compile(r"\*\*/|\*\*|\*|\?")


def path_matches(pattern: str, path: str) -> bool:
    """Whether a path, written with `/` and relative to where the pattern stands, matches.

    `*` is any run of characters but `/`, `**` any run of folders, `?` one character but `/`. A
    pattern without `/` matches a name at any depth, one that ends with `/` everything below.
    """
    return _compiled(pattern).fullmatch(path) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    whole = pattern.removeprefix("./")
    if "/" not in whole.rstrip("/"):
        whole = f"**/{whole}"
    if whole.endswith("/"):
        whole += "**"
    parts: list[str] = []
    at = 0
    for match in _PIECE.finditer(whole):
        parts += (re.escape(whole[at : match.start()]), _PIECES[match[0]])
        at = match.end()
    return re.compile("".join([*parts, re.escape(whole[at:])]), re.DOTALL)
