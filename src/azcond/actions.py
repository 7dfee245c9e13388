"""The one matcher of action patterns, shared by `ActionMatches` and by role definitions.

Source of the behaviour: role-definitions, "Actions format" (`*` is any run of characters,
including `/`; case-insensitive; the whole action). `?` is an ordinary character here.
"""

from __future__ import annotations

from functools import lru_cache

from azcond.kinds import fold
from azcond.wildcards import Wildcard, compile_segments, segment_of


@lru_cache(maxsize=4096)
def compile_action_pattern(pattern: str) -> Wildcard:
    """The matcher of one pattern; it takes actions already folded with `kinds.fold`."""
    return compile_segments([segment_of(text) for text in fold(pattern).split("*")])


def action_matches(pattern: str, action: str) -> bool:
    """Whether an action pattern of a role definition or of `ActionMatches` matches an action."""
    return compile_action_pattern(pattern).matches(fold(action))
