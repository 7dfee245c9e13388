"""Everything there is to say about a file: its conditions, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from azcond._dataclasses import dataclass, field
from azcond.access.models import RoleDefinition
from azcond.containers import Contents, EmbeddedCondition, Fact, Located
from azcond.diagnostics import Diagnostic, Severity
from azcond.linter.engine import find_unread, lint
from azcond.linter.hosting import find_in_host, without_explained
from azcond.linter.selection import Selection
from azcond.linter.settings import Settings
from azcond.source import Source


@dataclass(frozen=True, slots=True)
class FileFindings:
    """What is shown of a file; how many findings of severity info are not, and how many others are
    suppressed by comments.
    """

    located: list[Located]
    hidden: int = 0
    suppressed: int = 0


@dataclass(frozen=True, slots=True)
class FileLinter:
    """How the files below one configuration are linted.

    `role` is that of conditions whose file does not tell which they are for.
    """

    settings: Settings
    selection: Selection = field(default_factory=Selection)
    role: Callable[[], RoleDefinition | None] = lambda: None

    def lint(self, contents: Contents, file: Source) -> FileFindings:
        """The findings to show about a file with these contents."""
        every = self.around(contents, file)
        around = self.selection.apply(every)
        shown = [Located(one, None) for one in around]
        hidden = _count_info(every) - _count_info(around)
        for condition in contents.conditions:
            every = self.look(condition, condition.text)
            failing = any(one.severity is Severity.ERROR for one in every)
            unread = find_unread(condition.text) if failing else ()
            kept = self.selection.apply(every, unread)
            hidden += _count_info(every) - _count_info(kept)
            shown += [
                Located(one, condition, one in unread)
                for one in without_explained(condition, kept, around)
            ]
        return FileFindings(shown, hidden)

    def around(self, contents: Contents, file: Source) -> list[Diagnostic]:
        """Every finding about what stands around the conditions; places are in the file."""
        return find_in_host(contents, file, self.settings, self.selection)

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
