"""Where conditions live: which files hold them, and each condition with its place in its file.

One module per language. A container is a function from the text of a file to `Contents`; a new one
is a row of `_CONTAINERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib import import_module
from itertools import chain
from typing import NamedTuple

from azcond.containers.model import (
    Comment,
    Contents,
    EmbeddedCondition,
    Fact,
    Field,
    Holder,
    Hole,
    Host,
    Located,
    Unread,
    UnreadableError,
)

__all__ = [
    "ALL_SUFFIXES",
    "SUFFIXES",
    "Comment",
    "Contents",
    "EmbeddedCondition",
    "Fact",
    "Field",
    "Holder",
    "Hole",
    "Host",
    "Located",
    "Unread",
    "find_conditions",
    "find_in",
    "host_of",
]

Beside = Callable[[str], Mapping[str, str]]
"""Gives the other files of the same folder whose names end in a suffix: their texts by name.
A suffix with slashes in it is the path of one file below that folder.
"""


class _Container(NamedTuple):
    """The names that files of a language have, and the function that reads them.

    Files of one folder may share names; then the function is given `Beside` too.
    """

    suffixes: tuple[str, ...]
    module: str
    function: str
    shares_names: bool = False


_CONTAINERS = {
    Host.CONDITION: _Container((".cond",), "plain", "find_in_plain"),
    Host.JSON: _Container((".json", ".jsonc", ".jsonl", ".ndjson"), "rbac_json", "find_in_json"),
    Host.TERRAFORM: _Container(
        (".tf", ".tofu", ".tfvars", ".hcl"),
        "terraform",
        "find_in_terraform",
        shares_names=True,
    ),
    Host.BICEP: _Container((".bicep", ".bicepparam"), "bicep", "find_in_bicep", shares_names=True),
    Host.YAML: _Container((".yaml", ".yml"), "yaml", "find_in_yaml"),
    Host.POWERSHELL: _Container(
        (".ps1", ".psm1", ".psd1"), "scripts.powershell", "find_in_powershell"
    ),
    Host.SHELL: _Container((".sh", ".bash", ".zsh", ".azcli"), "scripts.shell", "find_in_shell"),
    Host.MARKDOWN: _Container((".md", ".markdown"), "markdown", "find_in_markdown"),
}

SUFFIXES: Mapping[Host, tuple[str, ...]] = {
    host: container.suffixes for host, container in _CONTAINERS.items()
}
"""How the names of files end, in lower case, by what is in them."""

ALL_SUFFIXES = tuple(chain.from_iterable(SUFFIXES.values()))
"""How the names of all files end that are looked at in folders."""

# A condition starts with a word, `@`, `(`, `!`, a literal or a set of literals in single quotes.
_JSON_OPENING = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[\]{"])')


def host_of(text: str, name: str = "") -> Host:
    """What is in a file: by its name when that says so, otherwise by how its text opens."""
    lower = name.lower()
    for host, suffixes in SUFFIXES.items():
        if lower.endswith(suffixes):
            return host
    return Host.JSON if _JSON_OPENING.match(text) else Host.CONDITION


def find_conditions(text: str, name: str = "", beside: Beside | None = None) -> Contents:
    """Every condition in the text of a file, and what there looks like one but cannot be read.

    `name` is the name of the file, if it has one; `beside` gives the files next to it, for
    languages whose files share names. Never raises: text that is broken as a whole is one `Unread`.
    """
    return find_in(host_of(text, name), text, beside)


def find_in(host: Host, text: str, beside: Beside | None = None) -> Contents:
    """As `find_conditions`, of a text in a language that is known."""
    container = _CONTAINERS[host]
    module = import_module(f"{__name__}.{container.module}")  # only what is needed
    find = getattr(module, container.function)
    contents: Contents
    try:
        contents = find(text, beside or _nothing) if container.shares_names else find(text)
    except UnreadableError as error:
        return Contents(unread=(Unread(f"this {host} is not read: {error}", 0),))
    return contents


def _nothing(_: str) -> Mapping[str, str]:
    return {}
