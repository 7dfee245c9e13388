"""A JSON document: which of its objects are one for access control, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from azcond.containers.model import EmbeddedCondition
from azcond.containers.rbac_json.fragments import known_text
from azcond.containers.rbac_json.names import folding
from azcond.containers.rbac_json.places import Places
from azcond.containers.rbac_json.strings import Strings
from azcond.jsontext import Path

_LEVELS = frozenset({"after", "attributes", "change", "permissions", "properties", "values"})
"""What is one with the object around it, as `properties` is."""
_ENTRIES = frozenset({"instances", "permissions"})

Around = Sequence[tuple[Path, Mapping[str, Any]]]
"""Objects that are one, outer before inner, each with its path."""


class Document:
    """A document, its strings and its places."""

    def __init__(self, root: Any, places: Places) -> None:
        self.root = root
        self.places = places
        self.strings = Strings(root)
        self.folded = folding()

    def string(self, path: Path) -> EmbeddedCondition:
        """A string of the document, with the places of its characters in the file."""
        value = self.root
        for part in path:
            value = value[part]
        return self.places.string(path, value)

    def around(self, path: Path) -> Around:
        """The object at a path, and before it those that belong to the same role or assignment."""
        value = self.root
        found: list[tuple[Path, Any]] = [((), value)]
        for index, part in enumerate(path):
            value = value[part]
            is_int = isinstance(part, int)
            joins = (
                index > 0 and str(path[index - 1]).lower() in _ENTRIES
                if is_int
                else str(part).lower() in _LEVELS
            )
            if not joins:
                found.clear()
            found.append((path[: index + 1], value))
        return [one for one in found if isinstance(one[1], dict)]

    def members(self, around: Around) -> Members:
        """What such objects say."""
        return Members(self, around)


class Members:
    """What objects say that are one: each member from the innermost that gives it a value."""

    def __init__(self, document: Document, around: Around) -> None:
        self._document = document
        self.around = around
        self.values: dict[str, Any] = {}
        folded = document.folded
        for _, members in around:
            for name, value in members.items():
                if value is not None and value != "":
                    self.values[folded[name]] = value

    def first(self, names: Iterable[str]) -> str | None:
        """The first of these names that has a value."""
        for name in names:
            if name in self.values:
                return name
        return None

    def path(self, wanted: str) -> Path:
        """The way to a member that is there."""
        folded = self._document.folded
        return next(
            (*path, name)
            for path, members in reversed(self.around)
            for name, value in members.items()
            if folded[name] == wanted and value not in (None, "")
        )

    def text(self, *names: str) -> str:
        """The first of these that is a text, with what is not known in it as it is written."""
        is_written_out = self._document.strings.is_written_out
        for name in names:
            value = self.values.get(name)
            if isinstance(value, str):
                if is_written_out(value):
                    return value
                known = known_text(self._document.strings.read(value, self.path(name)))
                return value if known is None else known
        return ""

    def plain(self, name: str) -> str:
        """A member as it is written, if it is a text."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""


def is_permission(path: Path) -> bool:
    """Whether a path leads to an entry of a role's permissions."""
    return len(path) > 1 and isinstance(path[-1], int) and str(path[-2]).lower() == "permissions"


def written(path: Path) -> str:
    """A path as people write it: `value[3].properties`."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).removeprefix(".")
