"""Files under lint, for tests: what is found in them, and what fixes make of them."""

from __future__ import annotations

from dataclasses import replace

from azcond import Diagnostic
from azcond.containers import Located, find_conditions
from azcond.containers.rewriting import apply_edits
from azcond.diagnostics import Edit
from azcond.linter.files import FileLinter
from azcond.linter.selection import ALL, Selection
from azcond.linter.settings import DEFAULTS
from azcond.source import Source

EVERY_RULE = Selection(select=(ALL,))


def look_at_file(text: str, name: str) -> list[Diagnostic]:
    """Everything found in a file, with its place there. One that holds anything unread fails."""
    found = []
    for located in _located(text, name):
        one, condition = located.diagnostic, located.condition
        span = one.span if condition is None else condition.span_in_file(one.span)
        found.append(replace(one, span=span))
    return sorted(found, key=lambda one: (one.span, one.code))


def fix_file_at(text: str, name: str, code: str) -> str:
    """A file with the fixes of the host rule of that code, all of them at once."""
    edits: list[Edit] = []
    for one in _located(text, name):
        if one.diagnostic.code == code and one.condition is None and one.diagnostic.fix:
            edits += one.diagnostic.fix.edits
    assert edits
    return apply_edits(text, edits)


def _located(text: str, name: str) -> list[Located]:
    contents = find_conditions(text, name)
    assert not contents.unread, contents.unread
    return FileLinter(DEFAULTS, EVERY_RULE).lint(contents, Source(text)).located
