"""Applies fixes inside the files that hold conditions, and changes nothing else there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from azcond._dataclasses import dataclass
from azcond.containers import Contents, EmbeddedCondition, Located
from azcond.containers.rewriting import (
    apply_edits,
    blanks_around,
    rewrite,
    with_line_breaks_of,
)
from azcond.diagnostics import Diagnostic, Severity
from azcond.linter.files import FileLinter
from azcond.linter.fixing import Fixed, apply_fixes, without_overlaps
from azcond.source import Source

_MOST_ROUNDS = 5
"""How often what is around conditions and the conditions are fixed after each other."""

_MOST_ALONE = 50
"""How many fixes are tried one by one where they are no good together."""


def fix_file(
    text: str, read: Callable[[str], Contents], linter: FileLinter, *, unsafe: bool = False
) -> Fixed:
    """The text of a file with fixed conditions and facts around them, where `read` finds both.

    A fix that cannot be written where the condition stands is left out. Of a condition that is
    known only in part those are applied that are right whatever the rest of it is.
    """
    file = _File(text, read, linter, unsafe)
    count = 0
    for _ in range(_MOST_ROUNDS):
        before = file.text
        count += file.fix_around() + file.fix_conditions()
        if file.text == before:
            break
    return Fixed(file.text, count)


@dataclass(slots=True)
class _File:
    """A file on its way."""

    text: str
    read: Callable[[str], Contents]
    linter: FileLinter
    unsafe: bool

    def fix_around(self) -> int:
        """Fix what stands around conditions; how many fixes that took."""
        found, score = self._examine(self.text)
        around = [one.diagnostic for one in found if one.condition is None]
        together = without_overlaps(one for one in around if self._is_wanted(one))
        if not together:
            return 0
        if self._accept(together, score):
            return len(together)
        for one in together[:_MOST_ALONE]:
            if self._accept([one], score):
                return 1  # the others stand elsewhere now
        return 0

    def _is_wanted(self, finding: Diagnostic) -> bool:
        return finding.fix is not None and (finding.fix.safe or self.unsafe)

    def _accept(self, fixed: Sequence[Diagnostic], score: tuple[int, ...]) -> bool:
        """Apply some fixes if that makes the file better."""
        edits = [edit for one in fixed if one.fix is not None for edit in one.fix.edits]
        changed = apply_edits(self.text, edits)
        if self._examine(changed)[1] >= score:
            return False
        self.text = changed
        return True

    def _examine(self, text: str) -> tuple[list[Located], tuple[int, ...]]:
        """What is shown of the file, and how bad that is, worst first."""
        contents = self.read(text)
        found = self.linter.lint(contents, Source(text)).located
        severities = [one.diagnostic.severity for one in found]
        conditions = -len(contents.conditions)
        return found, (len(contents.unread), conditions, *map(severities.count, Severity))

    def fix_conditions(self) -> int:
        """Fix the conditions; how many fixes that took."""
        contents = self.read(self.text)
        silenced = self.linter.silenced(contents, Source(self.text))
        fixed = {
            number: made
            for number, condition in enumerate(contents.conditions)
            if (made := self._fix(condition, silenced[number])).text != condition.text
        }
        wanted = {number: made.text for number, made in fixed.items()}
        self.text, changed = rewrite(self.text, wanted, self.read)
        return sum(fixed[number].count for number in changed)

    def _fix(self, condition: EmbeddedCondition, silenced: Iterable[str]) -> Fixed:
        look = partial(self.linter.look_at, condition)
        selection, roles = self.linter.selection.ignoring(silenced), self.linter.settings.roles
        if condition.holes:
            from azcond.linter.holes.mending import fix_partly  # noqa: PLC0415  # seldom needed

            return fix_partly(condition, look, selection, roles, unsafe=self.unsafe)
        lead, trail = blanks_around(condition)
        fixed = apply_fixes(condition.text.strip(), look, selection, unsafe=self.unsafe)
        if not fixed.count:
            return Fixed(condition.text, 0)
        text = with_line_breaks_of(condition.text, lead + fixed.text + trail)
        return Fixed(text, fixed.count)
