"""Assignments by principal and scope, so that a decision looks only at those that can apply.

Most principals hold few assignments: those are one tuple. A principal with many gets a table by
scope, so the cost of a decision follows the length of the scope chain and not the number held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

_FEW = 12


class Held(Protocol):
    """What stands in an index: it applies at its scope and below."""

    @property
    def folded_scope(self) -> str:
        """Where it applies."""


H = TypeVar("H", bound=Held)


class Index(Generic[H]):
    """What principals hold, by folded principal id."""

    __slots__ = ("_by_principal",)

    def __init__(self, pairs: Iterable[tuple[str, H]]) -> None:
        gathered: dict[str, list[H]] = {}
        for principal, held in pairs:
            known = gathered.get(principal)
            if known is None:
                gathered[principal] = [held]
            else:
                known.append(held)
        self._by_principal: dict[str, tuple[H, ...] | dict[str, tuple[H, ...]]] = {
            principal: tuple(held_by) if len(held_by) <= _FEW else _by_scope(held_by)
            for principal, held_by in gathered.items()
        }

    def near(self, principal: str, chain: Collection[str]) -> Sequence[H]:
        """What a principal holds at the scopes of a chain, and perhaps more of what it holds."""
        held = self._by_principal.get(principal, ())
        if isinstance(held, tuple):
            return held
        return [one for scope in chain for one in held.get(scope, ())]

    def applicable(self, principals: Iterable[str], chain: Collection[str]) -> list[H]:
        """What any of the principals holds at any scope of a chain."""
        return [
            one
            for principal in principals
            for one in self.near(principal, chain)
            if one.folded_scope in chain
        ]

    def held_by(self, principals: Iterable[str]) -> Iterator[H]:
        """What any of the principals holds, wherever it applies."""
        for principal in principals:
            held = self._by_principal.get(principal, ())
            for group in (held,) if isinstance(held, tuple) else held.values():
                yield from group

    def principals(self) -> Collection[str]:
        """Every folded principal id."""
        return self._by_principal.keys()


def _by_scope(held_by: Iterable[H]) -> dict[str, tuple[H, ...]]:
    gathered: dict[str, list[H]] = {}
    for held in held_by:
        gathered.setdefault(held.folded_scope, []).append(held)
    return {scope: tuple(held) for scope, held in gathered.items()}
