"""Applies the fixes of conditions inside the files that hold them."""

from __future__ import annotations

from collections.abc import Callable

from azcond.containers import Contents, EmbeddedCondition
from azcond.containers.rewriting import blanks_around, rewrite, with_line_breaks_of
from azcond.diagnostics import Diagnostic
from azcond.linter.files import FileLinter
from azcond.linter.fixing import Fixed, apply_fixes


def fix_file(
    text: str, read: Callable[[str], Contents], linter: FileLinter, *, unsafe: bool = False
) -> Fixed:
    """The text of a file with fixed conditions, where `read` finds its conditions.

    A fix that cannot be written where the condition stands is left out, and so is every fix of a
    condition that is known only in part. Nothing else in the file changes.
    """
    contents = read(text)
    fixed = {
        number: made
        for number, condition in enumerate(contents.conditions)
        if not condition.holes
        and (made := _fix(condition, linter, unsafe=unsafe)).text != condition.text
    }
    together = rewrite(text, contents, {n: one.text for n, one in fixed.items()}, read)
    if together is not None:
        return Fixed(together, sum(one.count for one in fixed.values()))
    count = 0
    for number, made in fixed.items():
        alone = rewrite(text, contents, {number: made.text}, read)
        if alone is not None:
            text, contents, count = alone, read(alone), count + made.count
    return Fixed(text, count)


def _fix(condition: EmbeddedCondition, linter: FileLinter, *, unsafe: bool) -> Fixed:
    lead, trail = blanks_around(condition)

    def look(changed: str) -> list[Diagnostic]:
        return linter.look(condition, changed)

    fixed = apply_fixes(condition.text.strip(), look, linter.selection, unsafe=unsafe)
    if not fixed.count:
        return Fixed(condition.text, 0)
    text = with_line_breaks_of(condition.text, lead + fixed.text + trail)
    return Fixed(text, fixed.count)
