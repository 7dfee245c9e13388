"""The tree of scopes: root, management groups, subscription, resource group, resource.

Source of the behaviour: Azure RBAC documentation, "Understand scope". Ids compare segment by
segment and without case; a trailing `/` says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from azcond.errors import AccessDataError
from azcond.kinds import fold

ROOT = "/"
_GROUPS = "/providers/microsoft.management/managementgroups/"
_SUBSCRIPTIONS = "/subscriptions/"


def fold_scope(scope: str) -> str:
    """A scope in the form in which scopes compare: folded, one `/` in front, none at the end."""
    return "/" + fold(scope).strip("/")


def scope_fault(scope: str) -> str | None:
    """Why a text cannot be read as a scope, if so."""
    if not scope.startswith("/"):
        return f"a scope starts with `/`, unlike `{scope}`"
    segments = scope[1:].removesuffix("/").split("/")
    if scope != ROOT and not all(segments):
        return f"`{scope}` has an empty segment"
    if any(segment != segment.strip() for segment in segments):
        return f"a segment of `{scope}` starts or ends with a blank"
    return None


def assignable_fault(scope: str) -> str | None:
    """Why nothing can be assigned at a scope, if so: also when its last name is missing.

    What is left of `/subscriptions/${id}` when the variable is empty would stand above every
    subscription.
    """
    return scope_fault(scope) or (
        f"`{scope}` ends before the name of what it stands for"
        if _lacks_a_name(fold_scope(scope).strip("/").split("/"))
        else None
    )


def _lacks_a_name(segments: Sequence[str]) -> bool:
    """Whether folded segments end after the kind of something and before its name."""
    at = 0
    for kind in ("subscriptions", "resourcegroups"):
        if segments[at : at + 1] == [kind]:
            at += 2
    is_known_form = at > 0 or segments[0] == "providers"
    return is_known_form and (len(segments) - at) % 2 == 1


def is_management_group(folded_scope: str) -> bool:
    """Whether a folded scope is a management group, or something in one."""
    return folded_scope.startswith(_GROUPS)


class Hierarchy:
    """Which management groups stand above a scope: knowledge that no scope id carries.

    `ancestors` maps the full id of a subscription or of a management group to those above it,
    nearest first. A list places the groups in it too: each stands below those that follow. Raises
    `AccessDataError` for what is no full id, and for a scope above itself.
    """

    __slots__ = ("_above",)

    def __init__(self, ancestors: Mapping[str, Sequence[str]] | None = None) -> None:
        self._above: dict[str, tuple[str, ...]] = {}
        lists = [
            (_checked(scope), tuple([_checked(name) for name in above]))
            for scope, above in (ancestors or {}).items()
        ]
        for scope, above in lists:
            if scope in above:
                raise AccessDataError(f"`{scope}` is listed among its own ancestors")
            self._above[scope] = above
        for _, above in lists:
            for index, name in enumerate(above):
                self._above.setdefault(name, above[index + 1 :])

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

    def places(self, folded_scope: str) -> bool:
        """Whether it is known which management groups stand above a scope, if any can."""
        top = _placed_part(folded_scope)
        return top is None or top in self._above


def _checked(scope: str) -> str:
    fault = scope_fault(scope)
    if fault:
        raise AccessDataError(f"{fault}: expected the full id of a scope")
    return fold_scope(scope)


def _prefixes(folded_scope: str) -> Iterable[str]:
    end = len(folded_scope)
    while end > 0:
        yield folded_scope[:end]
        end = folded_scope.rfind("/", 0, end)


def _placed_part(folded_scope: str) -> str | None:
    """The subscription or the management group of a scope: what a hierarchy gives a place."""
    for start in (_SUBSCRIPTIONS, _GROUPS):
        if folded_scope.startswith(start):
            return start + folded_scope.removeprefix(start).partition("/")[0]
    return None
