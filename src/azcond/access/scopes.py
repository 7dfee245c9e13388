"""The tree of scopes: root, management groups, subscription, resource group, resource.

Source of the behaviour: Azure RBAC documentation, "Understand scope". Ids compare segment by
segment and without case; a trailing `/` says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from azcond.kinds import fold

ROOT = "/"


def fold_scope(scope: str) -> str:
    """A scope in the form in which scopes compare: folded, one `/` in front, none at the end."""
    return "/" + fold(scope).strip("/")


class Hierarchy:
    """Which management groups stand above a scope: knowledge that no scope id carries.

    `ancestors` maps the full id of a subscription or of a management group to those above it,
    nearest first. What stands above a listed ancestor by its own entry counts too.
    """

    __slots__ = ("_above",)

    def __init__(self, ancestors: Mapping[str, Sequence[str]] | None = None) -> None:
        self._above = {
            fold_scope(scope): tuple([fold_scope(name) for name in above])
            for scope, above in (ancestors or {}).items()
        }

    def chain(self, folded_scope: str) -> tuple[str, ...]:
        """A folded scope and every scope above it, nearest first, each once."""
        chain = dict.fromkeys(_prefixes(folded_scope))
        pending = [above for scope in chain for above in self._above.get(scope, ())]
        while pending:
            scope = pending.pop(0)
            if scope not in chain:
                chain[scope] = None
                pending.extend(self._above.get(scope, ()))
        chain.pop(ROOT, None)
        return (*chain, ROOT)


def _prefixes(folded_scope: str) -> Iterable[str]:
    end = len(folded_scope)
    while end > 0:
        yield folded_scope[:end]
        end = folded_scope.rfind("/", 0, end)
