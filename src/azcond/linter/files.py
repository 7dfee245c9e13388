"""Everything there is to say about a file: its conditions, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from azcond.access.models import RoleDefinition
from azcond.containers import Contents, EmbeddedCondition, Fact
from azcond.diagnostics import Diagnostic, Severity
from azcond.linter.engine import find_unread, lint
from azcond.linter.selection import Selection
from azcond.linter.settings import Settings


class Located(NamedTuple):
    """A finding, and the condition that it is about.

    Its span, and those of its fix, are in the text of that condition; where there is none, they are
    in the text of the file.
    """

    diagnostic: Diagnostic
    condition: EmbeddedCondition | None


@dataclass(frozen=True, slots=True)
class FileFindings:
    """What is shown of a file, condition by condition, and how many findings of severity info are
    not.
    """

    by_condition: list[tuple[EmbeddedCondition, list[Diagnostic]]]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class FileLinter:
    """How the files below one configuration are linted.

    `role` is that of conditions whose file does not tell which they are for.
    """

    settings: Settings
    selection: Selection = field(default_factory=Selection)
    role: Callable[[], RoleDefinition | None] = lambda: None

    def lint(self, contents: Contents) -> FileFindings:
        """The findings to show about the contents of a file."""
        shown, hidden = [], 0
        for condition in contents.conditions:
            every = self.look(condition, condition.text)
            failing = any(one.severity is Severity.ERROR for one in every)
            unread = find_unread(condition.text) if failing else ()
            kept = self.selection.apply(every, unread)
            hidden += _count_info(every) - _count_info(kept)
            shown.append((condition, kept))
        return FileFindings(shown, hidden)

    def look(self, condition: EmbeddedCondition, text: str) -> list[Diagnostic]:
        """Every finding about a text in the place of a condition."""
        role, entry = self._role_of(condition)
        return lint(text, role=role, entry=entry, settings=self.settings)

    def _role_of(self, condition: EmbeddedCondition) -> tuple[RoleDefinition | None, int | None]:
        """The role that a condition is in or for: as the file says, otherwise the given one."""
        holder = condition.holder
        if holder is None:
            return self.role(), None
        if holder.definition is not None:
            return holder.definition, holder.entry - 1
        named = holder.text(Fact.ROLE)
        found = self.settings.roles.find(named.rpartition("/")[2]) if named else None
        return found or self.role(), None


def _count_info(findings: Iterable[Diagnostic]) -> int:
    return sum(finding.severity is Severity.INFO for finding in findings)
