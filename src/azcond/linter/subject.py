"""What a rule looks at: a condition, and what is known about where it stands."""

from __future__ import annotations

from functools import cached_property

from azcond.access.roles import Plane, ReadyRole
from azcond.ast import Comparison, Condition, Expression, leaves
from azcond.clauses import Clause, find_clauses
from azcond.kinds import fold


class Subject:
    """One condition under lint. Everything derived from it is worked out once.

    `role` is the role of the assignment (or the definition) that the condition belongs to, if it
    is known.
    """

    def __init__(self, condition: Condition, role: ReadyRole | None = None) -> None:
        self.condition = condition
        self.role = role

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
    def comparisons(self) -> tuple[Comparison, ...]:
        """The comparisons of the condition, in text order."""
        return tuple([leaf for leaf in leaves(self.tree) if isinstance(leaf, Comparison)])

    def role_grants(self, action: str, plane: Plane = Plane.DATA) -> bool | None:
        """Whether the role grants an action, conditions aside; `None` when no role is known."""
        if self.role is None:
            return None
        return any(entry.grants(fold(action), plane) for entry in self.role.permissions)
