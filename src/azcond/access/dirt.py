"""What is odd about the patterns of a role definition and taken all the same.

Source of the behaviour: role-definitions, "Actions format": a pattern is a provider, types and an
action between slashes, with `*` as the only character that stands for others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from azcond.access.models import RoleDefinition
from azcond.kinds import fold

_TEMPLATE = re.compile(r"\{[^{}]*\}")


def dirt_of(role: RoleDefinition) -> Iterator[str]:
    """One note for each odd pattern of a role, in the order in which the patterns stand there.

    Patterns that differ only in case and in blanks around them are one.
    """
    found: dict[str, tuple[str, dict[str, None]]] = {}
    for entry in role.permissions:
        for name, patterns in entry.lists():
            times = Counter(map(_key, patterns))
            for pattern in patterns:
                key = _key(pattern)
                _, notes = found.setdefault(key, (pattern.strip(), {}))
                notes |= dict.fromkeys(_oddities(pattern))
                if times[key] > 1:
                    notes[f"stands {times[key]:,} times in {name}, where once is enough"] = None
    for pattern, notes in found.values():
        if notes:
            yield f"`{pattern}` {', and '.join(notes)}"


def _key(pattern: str) -> str:
    return fold(pattern.strip())


def _oddities(pattern: str) -> Iterator[str]:
    """What is odd about a pattern by itself."""
    stripped = pattern.strip()
    if stripped != pattern:
        yield "has blanks around it, which are ignored"
    if stripped.endswith("/"):
        yield "ends with `/`, as no action does"
    template = _TEMPLATE.search(stripped)
    if template:
        yield f"has `{template[0]}` in it, which stands only for itself"
