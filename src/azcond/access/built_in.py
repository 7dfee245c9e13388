"""The built-in roles that azcond knows, as definitions that a model takes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from azcond.access.models import Permission, RoleDefinition, fold_id
from azcond.catalogue.loading import Row
from azcond.catalogue.roles import role_documents


@cache
def built_in_roles() -> tuple[RoleDefinition, ...]:
    """Every built-in role that is shipped. `CatalogueError` for damaged data."""
    return tuple([_definition(document, file) for file, document in role_documents()])


def with_built_in_roles(given: Iterable[RoleDefinition]) -> list[RoleDefinition]:
    """The given roles, and the built-in ones that are not among them by their id."""
    roles = list(given)
    ids = {fold_id(role.id) for role in roles}
    return roles + [role for role in built_in_roles() if role.id not in ids]


def _definition(document: dict[str, Any], file: str) -> RoleDefinition:
    row = Row(document, file)
    return RoleDefinition(
        id=row.text("name"),
        name=row.text("roleName"),
        permissions=tuple([_permission(entry) for entry in row.rows("permissions")]),
        description=row.text("description"),
        assignable_scopes=row.texts("assignableScopes"),
    )


def _permission(row: Row) -> Permission:
    permission = Permission(
        row.texts("actions"),
        row.texts("notActions"),
        row.texts("dataActions"),
        row.texts("notDataActions"),
        row.optional_text("condition"),
        row.optional_text("conditionVersion"),
    )
    row.finish()
    return permission
