"""A bound on work: what cannot be decided within it is not decided at all."""

from __future__ import annotations


class UndecidedError(Exception):
    """The question would take more work than is allowed; nothing is known about the answer."""


class Budget:
    """Counts steps of work; every part of one question draws on the same budget."""

    __slots__ = ("left",)

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Take steps from the budget, or give up."""
        self.left -= steps
        if self.left < 0:
            raise UndecidedError
