"""What a container gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from azcond.source import Span

if TYPE_CHECKING:
    from azcond.access.models import RoleDefinition


@dataclass(frozen=True, slots=True)
class Holder:
    """What a condition belongs to.

    `kind` is `role`, `assignment` or `object` (a shape that is neither). `identifiers` are the
    names and GUIDs that a person may call it by. A role with several permission entries may have
    a condition in each: `entry` is the 1-based number of this one, out of `entries`.

    `definition` is the role itself where it can be read, `role` what an assignment calls its role.
    `version` is the `conditionVersion` as it is given, which should be a string.
    """

    kind: str
    name: str
    identifiers: frozenset[str] = frozenset()
    entry: int = 1
    entries: int = 1
    definition: RoleDefinition | None = None
    role: str = ""
    version: object = None

    @property
    def title(self) -> str:
        """The name, with the permission entry where there are several."""
        if self.entries == 1:
            return self.name
        return f"{self.name}, permission entry {self.entry} of {self.entries}"


@dataclass(frozen=True, slots=True)
class EmbeddedCondition:
    """The text of a condition, without the escapes of its container, and its place in the file."""

    text: str
    holder: Holder | None
    offset_in_file: Callable[[int], int]

    def span_in_file(self, span: Span) -> Span:
        """Where a span of the condition stands in the text of the file."""
        return Span(self.offset_in_file(span.start), self.offset_in_file(span.end))


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that should hold conditions and cannot be read, and the offset where."""

    message: str
    offset: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds, in text order. `roles` are the role definitions that can be read, those
    without a condition too.
    """

    conditions: tuple[EmbeddedCondition, ...] = ()
    unread: tuple[Unread, ...] = ()
    roles: tuple[RoleDefinition, ...] = ()
