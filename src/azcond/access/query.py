"""The question that a decision answers, prepared once for as many models as one likes."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from azcond.access.models import fold_id
from azcond.access.roles import Plane, asked_key
from azcond.access.scopes import fold_scope, scope_fault
from azcond.errors import AccessDataError
from azcond.request import Request
from azcond.request_values import Attributes

ANY_ACTION = "any-action"
"""Stands for no action in particular where all of them are looked at."""


class AccessQuery:
    """Whether a principal may do an action at a scope: the question.

    Exactly one of `action` (management) and `data_action` is given. `groups` are the ids of all
    groups the principal is in, transitively. The attributes are those of `azcond.Request`. Raises
    `AccessDataError` for a query without principal, scope or action; `RequestError` for what is not
    the name of one action, and for bad attributes.
    """

    __slots__ = (
        "asked",
        "folded_principals",
        "folded_scope",
        "plane",
        "principal_id",
        "request",
        "scope",
    )

    def __init__(  # noqa: PLR0913  # what Azure looks at when it decides
        self,
        principal_id: str,
        scope: str,
        *,
        action: str | None = None,
        data_action: str | None = None,
        groups: Iterable[str] = (),
        suboperation: str | None = None,
        resource: Attributes = {},  # noqa: B006  # never written to
        request: Attributes = {},  # noqa: B006
        principal: Attributes = {},  # noqa: B006
        environment: Attributes = {},  # noqa: B006
    ) -> None:
        if (action is None) == (data_action is None):
            raise AccessDataError("expected either an `action` or a `data_action`")
        asked = data_action if action is None else action
        self.principal_id = principal_id
        self.scope = scope
        self.plane = Plane.DATA if action is None else Plane.MANAGEMENT
        self.folded_scope = _fold_scope(scope)
        self.folded_principals = _fold_principals(principal_id, groups)
        self.request = Request(asked or "", suboperation, resource, request, principal, environment)
        self.asked = asked_key(self.plane, self.request.folded_action)

    @property
    def action(self) -> str:
        """The action, of whichever plane."""
        return self.request.action

    def for_principal(self, principal_id: str) -> AccessQuery:
        """The same question about another principal, of whose groups nothing is known."""
        other = copy(self)
        other.principal_id = principal_id
        other.folded_principals = (fold_id(principal_id),)
        return other

    def for_action(self, action: str, plane: Plane) -> AccessQuery:
        """The same question about another action."""
        other = copy(self)
        other.plane = plane
        other.request = self.request.for_action(action)
        other.asked = asked_key(plane, other.request.folded_action)
        return other


def _fold_scope(scope: Any) -> str:
    fault = scope_fault(scope) if isinstance(scope, str) else "a scope is a string"
    if fault:
        raise AccessDataError(fault)
    return fold_scope(scope)


def _fold_principals(principal_id: Any, groups: Any) -> tuple[str, ...]:
    """The principal and its groups, each once."""
    if isinstance(groups, str):
        raise AccessDataError("expected a list of ids in `groups`, not one string")
    principals = (principal_id, *groups)
    if not all(isinstance(one, str) and one for one in principals):
        raise AccessDataError("expected the ids of the principal and its groups as strings")
    return tuple(dict.fromkeys(map(fold_id, principals)))
