"""The question that a decision answers, prepared once for as many models as one likes."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy

from azcond.access.roles import Plane, asked_key
from azcond.access.scopes import fold_scope
from azcond.errors import AccessDataError
from azcond.kinds import fold
from azcond.request import Attributes, Request


class AccessQuery:
    """Whether a principal may do an action at a scope: the question.

    Exactly one of `action` (management) and `data_action` is given. `groups` are the ids of all
    groups the principal is in, transitively. The attributes are those of `azcond.Request`. Raises
    `AccessDataError` for a query without principal, scope or action, `RequestError` for bad
    attributes.
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
            raise AccessDataError("a query has either an `action` or a `data_action`")
        if not principal_id:
            raise AccessDataError("a query needs a `principal_id`")
        if not scope.startswith("/"):
            raise AccessDataError(f"a scope starts with `/`, unlike `{scope}`")
        if isinstance(groups, str):
            raise AccessDataError("`groups` is a list of ids, not one string")
        self.principal_id = principal_id
        self.scope = scope
        self.plane = Plane.MANAGEMENT if data_action is None else Plane.DATA
        self.folded_scope = fold_scope(scope)
        self.folded_principals = tuple(dict.fromkeys(map(fold, (principal_id, *groups))))
        self.request = Request(
            action or data_action or "", suboperation, resource, request, principal, environment
        )
        self.asked = asked_key(self.plane, self.request.folded_action)

    @property
    def action(self) -> str:
        """The action, of whichever plane."""
        return self.request.action

    def for_principal(self, principal_id: str) -> AccessQuery:
        """The same question about another principal, of whose groups nothing is known."""
        other = copy(self)
        other.principal_id = principal_id
        other.folded_principals = (fold(principal_id),)
        return other

    def for_action(self, action: str, plane: Plane) -> AccessQuery:
        """The same question about another action."""
        other = copy(self)
        other.plane = plane
        other.request = self.request.for_action(action)
        other.asked = asked_key(plane, other.request.folded_action)
        return other
