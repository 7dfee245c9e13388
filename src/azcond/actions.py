"""The one matcher of action patterns, shared by `ActionMatches` and by role definitions.

Source of the behaviour: role-definitions, "Actions format" (`*` is any run of characters,
including `/`; case-insensitive; the whole action). `?` is an ordinary character here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from azcond.kinds import fold
from azcond.wildcards import Segment, Shape, Wildcard, compile_segments, segment_of


@lru_cache(maxsize=4096)
def compile_action_pattern(pattern: str) -> Wildcard:
    """The matcher of one pattern; it takes actions already folded with `kinds.fold`."""
    return compile_segments(action_segments(pattern))


def action_segments(pattern: str) -> list[Segment]:
    """The folded texts between the `*`s of an action pattern."""
    return [segment_of(text) for text in fold(pattern).split("*")]


def is_wildcard(pattern: str) -> bool:
    """Whether a pattern stands for more than the one action it spells."""
    return "*" in pattern


def action_matches(pattern: str, action: str) -> bool:
    """Whether an action pattern of a role definition or of `ActionMatches` matches an action."""
    return compile_action_pattern(pattern).matches(fold(action))


class ActionSet:
    """Several patterns of a role definition, matched together by the cheapest means.

    Blanks around a pattern, which real role definitions have, say nothing.
    """

    __slots__ = ("_exact", "_general", "_prefixes", "_suffixes")

    def __init__(self, patterns: Iterable[str]) -> None:
        by_shape: dict[Shape, list[Wildcard]] = {}
        for pattern in patterns:
            wildcard = compile_action_pattern(pattern.strip())
            by_shape.setdefault(wildcard.shape, []).append(wildcard)
        self._exact = frozenset(w.text for w in by_shape.pop(Shape.EXACT, ()))
        self._prefixes = tuple(w.text for w in by_shape.pop(Shape.PREFIX, ()))
        self._suffixes = tuple(w.text for w in by_shape.pop(Shape.SUFFIX, ()))
        self._general = tuple(w.matches for rest in by_shape.values() for w in rest)

    def matches(self, folded_action: str) -> bool:
        """Whether any of the patterns matches an action folded with `kinds.fold`."""
        return (
            folded_action in self._exact
            or folded_action.startswith(self._prefixes)
            or folded_action.endswith(self._suffixes)
            or any(matches(folded_action) for matches in self._general)
        )
