"""Everything there is to say about a file: its conditions, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from azcond._dataclasses import dataclass, field
from azcond.access.models import RoleDefinition
from azcond.containers import Contents, EmbeddedCondition, Fact, Located
from azcond.diagnostics import Diagnostic, Severity
from azcond.linter.engine import find_unread, lint
from azcond.linter.hosting import find_explaining, find_in_host, without_explained
from azcond.linter.respelling import as_in_file
from azcond.linter.selection import Selection
from azcond.linter.settings import Settings
from azcond.source import Source

if TYPE_CHECKING:
    from azcond.linter.suppression import Suppressions


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
        every, holders = find_in_host(contents, file, self.settings, self.selection)
        around = self.selection.apply(every)
        shown: list[Located] = []
        hidden = _count_info(every) - _count_info(around)
        blocking: list[Diagnostic] = []
        for condition in contents.conditions:
            every = self.look(condition)
            unread = _unread(condition, every)
            kept = self.selection.apply(every, unread)
            hidden += _count_info(every) - _count_info(kept)
            blocking += find_explaining(condition, unread, around)
            shown += [
                Located(as_in_file(one, condition, file), condition, one in unread)
                for one in without_explained(condition, kept, around)
            ]
        shown += [Located(one, None, one in blocking, holders.get(one.span)) for one in around]
        if not contents.comments:
            return FileFindings(shown, hidden)
        return self._without_silenced(shown, hidden, contents, file)

    def _without_silenced(
        self, shown: list[Located], hidden: int, contents: Contents, file: Source
    ) -> FileFindings:
        """The findings without those that comments silence, and with the comments that do not."""
        from azcond.linter.suppression import Suppressions  # noqa: PLC0415  # seldom needed

        comments = Suppressions(contents.comments, file)
        kept = [
            one for one in shown if one.blocks or not comments.hides(one.place, one.diagnostic.code)
        ]
        unread = [(one.place, one.diagnostic.code) for one in kept if one.blocks]
        unneeded = comments.findings(self.selection, unread)
        kept += [Located(one, None) for one in self.selection.apply(unneeded)]
        return FileFindings(kept, hidden, comments.count)

    def silenced(self, contents: Contents, file: Source) -> list[frozenset[str]]:
        """For each condition the codes that comments silence somewhere in it, but for those of what
        keeps it from being read.
        """
        if not contents.comments:
            return [frozenset()] * len(contents.conditions)
        from azcond.linter.suppression import Suppressions  # noqa: PLC0415  # seldom needed

        comments = Suppressions(contents.comments, file)
        return [self._silenced(condition, comments) for condition in contents.conditions]

    def _silenced(self, condition: EmbeddedCondition, comments: Suppressions) -> frozenset[str]:
        every = self.look(condition)
        return frozenset(
            one.code for one in every if comments.hides(condition.span_in_file(one.span), one.code)
        ) - {one.code for one in _unread(condition, every)}

    def look(self, condition: EmbeddedCondition) -> list[Diagnostic]:
        """Every finding about a condition; of one that is known in part, those that hold whatever
        the rest of it is.
        """
        if not condition.holes:
            return self.look_at(condition, condition.text)
        from azcond.linter.holes.defaults import look_with_defaults  # noqa: PLC0415  # seldom needed
        from azcond.linter.holes.looking import look_partly  # noqa: PLC0415

        look, roles = partial(self.look_at, condition), self.settings.roles
        return look_with_defaults(condition, look_partly(condition, look, roles), look, roles)

    def look_at(self, condition: EmbeddedCondition, text: str) -> list[Diagnostic]:
        """Every finding about a text in the place of a condition."""
        role, entry = self._role_of(condition)
        return lint(text, role=role, entry=entry, settings=self.settings)

    def _role_of(self, condition: EmbeddedCondition) -> tuple[RoleDefinition | None, int | None]:
        """The role that a condition is in or for: as the file says, otherwise the given one."""
        holder = condition.holder
        if holder is None:
            return self.role(), None
        if holder.definition is not None:  # of an assignment, the condition is for every entry
            return holder.definition, holder.entry - 1 if holder.kind == "role" else None
        named = holder.text(Fact.ROLE)
        found = self.settings.roles.find(named.rpartition("/")[2]) if named else None
        return found or self.role(), None


def _unread(condition: EmbeddedCondition, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those of the findings that keep a condition from being read, and so from being linted."""
    errors = [one for one in found if one.severity is Severity.ERROR]
    if condition.holes:
        return [one for one in errors if one.code.startswith("SYN")]
    blocking = find_unread(condition.text) if errors else ()
    return [one for one in errors if one in blocking]


def _count_info(findings: Iterable[Diagnostic]) -> int:
    return sum(finding.severity is Severity.INFO for finding in findings)
