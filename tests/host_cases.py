"""Files under lint, for tests: what is found in them, and what fixes make of them."""

from __future__ import annotations

from dataclasses import replace

from azcond import Diagnostic
from azcond.containers import find_conditions
from azcond.containers.rewriting import apply_edits
from azcond.diagnostics import Edit
from azcond.linter.files import FileLinter
from azcond.linter.hosting import find_in_host
from azcond.linter.selection import ALL, Selection
from azcond.linter.settings import DEFAULTS
from azcond.source import Source

EVERY_RULE = Selection(select=(ALL,))


def look_at_file(text: str, name: str) -> list[Diagnostic]:
    """Everything found in a file, with its place there. One that holds anything unread fails."""
    contents, file = find_conditions(text, name), Source(text)
    assert not contents.unread, contents.unread
    found = []
    for located in FileLinter(DEFAULTS, EVERY_RULE).lint(contents, file).located:
        one, condition = located.diagnostic, located.condition
        span = one.span if condition is None else condition.span_in_file(one.span)
        found.append(replace(one, span=span))
    return sorted(found, key=lambda one: (one.span, one.code))


def fix_file_at(text: str, name: str, code: str) -> str:
    """A file with the fixes of the host rule of that code, all of them at once."""
    around = find_in_host(find_conditions(text, name), Source(text), DEFAULTS, EVERY_RULE)
    edits: list[Edit] = []
    for one in around:
        if one.code == code and one.fix is not None:
            edits += one.fix.edits
    assert edits
    return apply_edits(text, edits)
