"""Decides what conditions mean over all requests, by the values that matter in them.

A condition tells only finitely many sorts of values apart, so "always", "never" and "the same"
are decided by trying one of each. Every question has a budget of steps and raises
`UndecidedError` past it: what is too much work is not decided, and nothing is claimed.
"""

from __future__ import annotations

from azcond.analysis.budget import Budget, UndecidedError
from azcond.analysis.search import Witness, find_request
from azcond.analysis.subjects import Range, Universe, documented, everything, plainly_false
from azcond.ast import Expression

__all__ = [
    "STEPS",
    "Budget",
    "Range",
    "UndecidedError",
    "Universe",
    "Witness",
    "documented",
    "everything",
    "find_failure",
    "find_met",
    "find_request",
    "is_always_met",
    "is_never_met",
    "keeps_decisions",
    "plainly_false",
    "same_decisions",
]

STEPS = 50_000
"""The usual budget of one question; a step is well under a microsecond."""


def find_met(
    tree: Expression, universe: Universe = documented, budget: Budget | None = None
) -> Witness | None:
    """A request that meets a tree; `None` means that it is never met."""
    return find_request([tree], [], universe, budget or Budget(STEPS))


def find_failure(
    tree: Expression, universe: Universe = documented, budget: Budget | None = None
) -> Witness | None:
    """A request that does not meet a tree; `None` means that it is always met."""
    return find_request([], [tree], universe, budget or Budget(STEPS))


def is_always_met(
    tree: Expression, universe: Universe = documented, budget: Budget | None = None
) -> bool:
    """Whether every request of the universe meets a tree."""
    return find_failure(tree, universe, budget) is None


def is_never_met(
    tree: Expression, universe: Universe = documented, budget: Budget | None = None
) -> bool:
    """Whether no request of the universe meets a tree."""
    return find_met(tree, universe, budget) is None


def same_decisions(
    one: Expression,
    other: Expression,
    universe: Universe = everything,
    budget: Budget | None = None,
) -> bool:
    """Whether two trees are met by the same requests; of any request at all, unless restricted."""
    budget = budget or Budget(STEPS)
    return (
        find_request([one], [other], universe, budget) is None
        and find_request([other], [one], universe, budget) is None
    )


def keeps_decisions(one: Expression, other: Expression, budget: Budget | None = None) -> bool:
    """Whether two trees decide any request alike, in either reading of an absent attribute."""
    budget = budget or Budget(STEPS)
    return all(
        same_decisions(one, other, reading, budget) for reading in (everything, plainly_false)
    )
