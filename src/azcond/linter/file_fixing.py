"""Applies fixes inside the files that hold conditions, and changes nothing else there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from azcond._dataclasses import dataclass
from azcond.containers import Contents, EmbeddedCondition
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

    A fix that cannot be written where the condition stands is left out, and so is every fix of a
    condition that is known only in part.
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
        fixable = [one for one in found if one.fix is not None and (one.fix.safe or self.unsafe)]
        together = without_overlaps(fixable)
        if not together:
            return 0
        if self._accept(together, score):
            return len(together)
        for one in together[:_MOST_ALONE]:
            if self._accept([one], score):
                return 1  # the others stand elsewhere now
        return 0

    def _accept(self, fixed: Sequence[Diagnostic], score: tuple[int, ...]) -> bool:
        """Apply some fixes if that makes the file better."""
        edits = [edit for one in fixed if one.fix is not None for edit in one.fix.edits]
        changed = apply_edits(self.text, edits)
        if self._examine(changed)[1] >= score:
            return False
        self.text = changed
        return True

    def _examine(self, text: str) -> tuple[list[Diagnostic], tuple[int, ...]]:
        """The findings around conditions, and how bad the file is, worst first."""
        contents, file = self.read(text), Source(text)
        around = self.linter.selection.apply(self.linter.around(contents, file))
        severities = [one.severity for one in around]
        return around, (
            len(contents.unread),
            -len(contents.conditions),
            *map(severities.count, Severity),
        )

    def fix_conditions(self) -> int:
        """Fix the conditions; how many fixes that took."""
        contents = self.read(self.text)
        fixed = {
            number: made
            for number, condition in enumerate(contents.conditions)
            if not condition.holes and (made := self._fix(condition)).text != condition.text
        }
        wanted = {number: made.text for number, made in fixed.items()}
        together = rewrite(self.text, contents, wanted, self.read)
        if together is not None:
            self.text = together
            return sum(made.count for made in fixed.values())
        count = 0
        for number, made in fixed.items():
            alone = rewrite(self.text, self.read(self.text), {number: made.text}, self.read)
            if alone is not None:
                self.text, count = alone, count + made.count
        return count

    def _fix(self, condition: EmbeddedCondition) -> Fixed:
        lead, trail = blanks_around(condition)

        def look(changed: str) -> list[Diagnostic]:
            return self.linter.look(condition, changed)

        core, selection = condition.text.strip(), self.linter.selection
        fixed = apply_fixes(core, look, selection, unsafe=self.unsafe)
        if not fixed.count:
            return Fixed(condition.text, 0)
        text = with_line_breaks_of(condition.text, lead + fixed.text + trail)
        return Fixed(text, fixed.count)
