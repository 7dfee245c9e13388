"""A file that is one condition."""

from __future__ import annotations

from azcond.containers.assembling import Assembly
from azcond.containers.model import Contents, Host, Quoting
from azcond.source import Span


def find_in_plain(text: str) -> Contents:
    """The whole text as one condition; blank text too, which then is a finding."""
    condition = Assembly()
    condition.add(text, Span(0, len(text)), Quoting(str, has_lines=True))
    return Contents((condition.condition(None, Host.CONDITION),))
