"""The built-in roles that people name in conditions, by GUID and by name."""

from __future__ import annotations

from functools import cache

from azcond.catalogue.loading import Row, read_table
from azcond.kinds import fold, guid_value


def read_roles(table: Row) -> dict[str, str]:
    """Role names by GUID; `CatalogueError` where the table has not the documented shape."""
    table.date("as_of")
    table.text("page")
    roles = table.text_map("roles")
    table.finish()
    for guid in roles:
        if guid_value(guid) != guid:
            raise table.wrong("roles", f"keyed by lower-case dashed GUIDs, not `{guid}`")
    return roles


@cache
def all_roles() -> dict[str, str]:
    """Every role name by its lower-case dashed GUID. `CatalogueError` for damaged data."""
    return read_roles(read_table("roles"))


@cache
def _by_name() -> dict[str, str]:
    return {fold(name): guid for guid, name in all_roles().items()}


def role_name(guid: str) -> str | None:
    """The name of the built-in role with that GUID, dashed or not, in any case."""
    value = guid_value(guid)
    return all_roles().get(value) if value else None


def role_guid(name: str) -> str | None:
    """The GUID of the built-in role of that name, compared without case."""
    return _by_name().get(fold(name))
