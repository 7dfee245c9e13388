"""The built-in roles that azcond knows, by GUID and by name.

Their definitions are JSON files as Azure serves them; a data file lists those that are shipped.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from azcond._resources import read_resource
from azcond.catalogue.loading import Row, read_table
from azcond.errors import CatalogueError
from azcond.kinds import fold, guid_value


def read_role_list(table: Row) -> tuple[str, ...]:
    """The files of role definitions; `CatalogueError` where the table has another shape."""
    table.day("as_of")
    table.text("page")
    files = table.texts("roles")
    table.finish()
    return files


def read_role_name(document: dict[str, Any], place: str) -> tuple[str, str]:
    """GUID and name of a role definition; `CatalogueError` for another shape."""
    row = Row(document, place)
    guid, name = row.text("name"), row.text("roleName")
    if guid_value(guid) != guid:
        raise row.wrong("name", f"a lower-case dashed GUID, not `{guid}`")
    return guid, name


@cache
def role_documents() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Every shipped role definition as parsed JSON, after the name of its file."""
    files = [f"{name}.json" for name in read_role_list(read_table("roles"))]
    try:
        return tuple([(file, json.loads(read_resource("roles", file))) for file in files])
    except (OSError, ValueError) as error:
        raise CatalogueError(f"a role definition cannot be read: {error}") from error


@cache
def all_roles() -> dict[str, str]:
    """Every role name by its lower-case dashed GUID. `CatalogueError` for damaged data."""
    return dict(read_role_name(document, file) for file, document in role_documents())


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
