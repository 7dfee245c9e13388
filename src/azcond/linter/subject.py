"""What a rule looks at: a condition, and what is known about where it stands."""

from __future__ import annotations

from functools import cached_property

from azcond.access.roles import Plane, ReadyRole
from azcond.analysis import Budget
from azcond.ast import Comparison, Condition, Expression, Leaf, leaves
from azcond.clauses import Clause, find_clauses
from azcond.kinds import fold
from azcond.linter.demands import Demands
from azcond.linter.role_sets import Delegation, find_delegation
from azcond.linter.settings import DEFAULTS, Settings

STEPS = 8_000
"""What all rules together may spend on deciding by meaning, and on proofs, for one condition."""


class Subject:
    """One condition under lint. Everything derived from it is worked out once.

    `role` is the role of the assignment (or the definition) that the condition belongs to, if it
    is known; `entry` is the 0-based entry of its permissions where the condition is that entry's.

    Rules that decide by meaning all draw on `budget`, and fixes that are proven on `proof_budget`:
    so a long condition costs no more than that, whatever it holds.
    """

    def __init__(
        self,
        condition: Condition,
        role: ReadyRole | None = None,
        entry: int | None = None,
        settings: Settings = DEFAULTS,
    ) -> None:
        self.condition = condition
        self.role = role
        self.entry = entry
        self.settings = settings
        self.budget = Budget(STEPS)
        self.proof_budget = Budget(STEPS)

    @property
    def text(self) -> str:
        """The condition as written."""
        return self.condition.text

    @property
    def tree(self) -> Expression:
        """The tree of the condition."""
        return self.condition.ast

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of the condition, in text order."""
        return find_clauses(self.condition)

    @cached_property
    def demands(self) -> Demands:
        """What the condition demands of each operation."""
        return Demands(self.clauses)

    @cached_property
    def delegation(self) -> Delegation:
        """What the condition lets someone assign and remove."""
        return find_delegation(self.demands)

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """What the condition asks, in text order."""
        return tuple(leaves(self.tree))

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The comparisons of the condition, in text order."""
        return tuple([leaf for leaf in self.leaves if isinstance(leaf, Comparison)])

    def role_grants(self, action: str, plane: Plane = Plane.DATA) -> bool | None:
        """Whether the role grants an action, conditions aside; `None` when no role is known.

        The condition of a permission entry says nothing of the other entries, so only its own
        counts then.
        """
        if self.role is None:
            return None
        entries = self.role.permissions
        if self.entry is not None:
            entries = entries[self.entry : self.entry + 1]
        return any(entry.grants(fold(action), plane) for entry in entries)
