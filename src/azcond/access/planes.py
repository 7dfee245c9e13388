"""Which plane an action belongs to, where nobody says it."""

from __future__ import annotations

from azcond.access.roles import Plane, Roles
from azcond.catalogue import find_action
from azcond.kinds import fold

_AUTHORIZATION = "microsoft.authorization/"


def assume_plane(action: str, roles: Roles) -> Plane:
    """The plane of an action as far as it is known; a management action where it is not.

    An action is known as a data action when a role names it among its `dataActions`, or when it is
    documented for conditions and is not about role assignments.
    """
    folded = fold(action)
    if roles.has_data_action(folded):
        return Plane.DATA
    if find_action(action) is not None and not folded.startswith(_AUTHORIZATION):
        return Plane.DATA
    return Plane.MANAGEMENT
