"""The files that configurations stand in: where they are, and what is in them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from azcond.errors import AzcondError

OWN_FILE = "azcond.toml"
SHARED_FILE = "pyproject.toml"
_TABLE = ("tool", "azcond")
_MENTION = re.compile(r"\btool\b\W*\bazcond\b|^\s*\[\s*tool\s*\]", re.MULTILINE)
"""What a file with the table has in it; few others do, so few have to be parsed."""


class ConfigurationError(AzcondError):
    """A configuration that cannot be used: the file, the line where there is one, and why."""

    def __init__(self, path: str, message: str, line: int | None, column: int = 1) -> None:
        super().__init__(path, message, line, column)
        self.path = path
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = "" if self.line is None else f"{self.line}:{self.column}:"
        return f"{self.path}:{place} {self.message}"


def find_configuration(folder: str, known: dict[str, str | None] | None = None) -> str | None:
    """The nearest configuration file at or above a folder: `azcond.toml`, or a `pyproject.toml`
    with a table `[tool.azcond]`.

    `known` keeps what applies in each folder, for those beside and below it. Raises
    `ConfigurationError` for a file that cannot be read.
    """
    known = {} if known is None else known
    passed, found = [], None
    place, above = "", os.path.abspath(folder)
    while place != above:
        place, above = above, os.path.dirname(above)
        passed.append(place)
        found = known[place] if place in known else _configuration_in(place)
        if found is not None or place in known:
            break
    known.update(dict.fromkeys(passed, found))
    return found


def _configuration_in(folder: str) -> str | None:
    own, shared = os.path.join(folder, OWN_FILE), os.path.join(folder, SHARED_FILE)
    if os.path.isfile(own):
        return own
    return shared if os.path.isfile(shared) and _has_table(shared) else None


def _has_table(path: str) -> bool:
    text = text_of(path)
    return _MENTION.search(text) is not None and table_in(parsed(path, text)) is not None


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise ConfigurationError(path, reason, None) from None


def text_of(path: str) -> str:
    """The text of a configuration file."""
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigurationError(path, "not UTF-8", None) from None


def parsed(path: str, text: str) -> dict[str, Any]:
    """What is in the text of a file; `path` is what messages call it."""
    import tomllib  # noqa: PLC0415  # only where there is a configuration

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        at = re.search(r" \(at line (\d+), column (\d+)\)$", message)
        line, column = (int(at[1]), int(at[2])) if at else (len(text.splitlines()), 1)
        reason = message[: at.start()] if at else message.removesuffix(" (at end of document)")
        raise ConfigurationError(
            path, f"not TOML: {reason[:1].lower()}{reason[1:]}", line, column
        ) from None


def table_in(table: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What is under `[tool.azcond]`, if there is such a table."""
    for name in _TABLE:
        inner = table.get(name)
        if not isinstance(inner, dict):
            return None
        table = inner
    return table
