"""Where conditions live: which files hold them, and each condition with its place in its file.

One module per container. A container is a function from the text of a file to `Contents`; a new
one is added to `find_conditions`, with the file names it is for.
"""

from __future__ import annotations

import re

from azcond.containers.model import Contents, EmbeddedCondition, Holder, Unread

__all__ = [
    "JSON_SUFFIXES",
    "TEXT_SUFFIX",
    "Contents",
    "EmbeddedCondition",
    "Holder",
    "Unread",
    "find_conditions",
    "is_json",
]

TEXT_SUFFIX = ".cond"
JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")

# A condition starts with a word, `@`, `(`, `!`, a literal or a set of literals in single quotes.
_JSON_OPENING = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[\]{"])')


def is_json(text: str, name: str = "") -> bool:
    """Whether a file is JSON: by its name when that says so, otherwise by how its text opens."""
    if name.lower().endswith((TEXT_SUFFIX, *JSON_SUFFIXES)):
        return not name.lower().endswith(TEXT_SUFFIX)
    return _JSON_OPENING.match(text) is not None


def find_conditions(text: str, name: str = "") -> Contents:
    """Every condition in the text of a file, and what there looks like one but cannot be read.

    `name` is the name of the file, if it has one. Never raises: text that is broken as a whole is
    one `Unread`.
    """
    if is_json(text, name):
        from azcond.containers.rbac_json import find_in_json  # noqa: PLC0415  # imports json

        return find_in_json(text)
    from azcond.containers.plain import find_in_plain  # noqa: PLC0415  # only what is needed

    return find_in_plain(text)
