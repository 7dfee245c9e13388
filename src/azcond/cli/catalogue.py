"""`azcond catalogue`."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from typing import Any

from azcond.access.known import can_grant_roles
from azcond.access.models import RoleDefinition
from azcond.cli import CLEAN, UNUSABLE
from azcond.cli.parsing import command_parser, complain
from azcond.containers.files import InputError, shown_name, write_text
from azcond.errors import AccessDataError
from azcond.reports.finding import counted

_DESCRIPTION = """\
Make roles of your own known to the rules: which of them can grant roles, and what each may do.

`import` reads role definitions as the Azure CLI, PowerShell or the REST API write them and keeps
what the rules need in one file, which belongs beside azcond.toml, under version control. Roles
that the file has already are replaced by those with the same GUID."""

_EPILOG = """\
examples:
  az role definition list --custom-role-only > roles.json
  azcond catalogue import roles.json

exit status: 0 done, 2 something that could not be read or written"""


def main(arguments: list[str]) -> int:
    """Run `azcond catalogue`."""
    parser = command_parser("catalogue", _DESCRIPTION, _EPILOG)
    parser.add_argument("action", choices=("import",))
    parser.add_argument("files", nargs="+", metavar="FILE", help="file with role definitions")
    parser.add_argument(
        "--output",
        metavar="FILE",
        default="azcond-roles.json",
        help="where to keep the roles (default: azcond-roles.json, here)",
    )
    options = parser.parse_args(arguments)
    if "" in (options.output, *options.files):
        parser.error("expected the name of a file, not an empty text")
    try:
        roles = _read(options)
        text = json.dumps([_document(role) for role in roles], indent=2) + "\n"
        write_text(options.output, text)
    except (AccessDataError, InputError) as error:
        complain(error)
        return UNUSABLE
    granting = sum(can_grant_roles(role) for role in roles)
    shown = shown_name(options.output)
    print(f"{shown}: {counted(len(roles), 'role')}, {granting:,} of them can grant any role")
    print(f'to use them, write in azcond.toml: roles = ["{shown}"]')
    return CLEAN


def _read(options: Namespace) -> list[RoleDefinition]:
    """The roles kept so far and those of the files, by GUID; the last one of a GUID stands."""
    from azcond.access.documents import read_roles  # noqa: PLC0415  # imports pydantic

    kept = [options.output] if os.path.exists(options.output) else []  # noqa: PTH110  # as `azcond.containers.files` names files
    by_id: dict[str, RoleDefinition] = {}
    for name in (*kept, *options.files):
        roles, problems = read_roles(name)
        if problems:
            raise AccessDataError(str(problems[0]))
        if not roles:
            raise AccessDataError(f"{shown_name(name)}: no role definitions found")
        by_id |= {role.id.lower(): role for role in roles}
    return sorted(by_id.values(), key=lambda role: role.id.lower())


def _document(role: RoleDefinition) -> dict[str, Any]:
    return {
        "name": role.id,
        "roleName": role.name,
        "permissions": [
            {
                "actions": entry.actions,
                "notActions": entry.not_actions,
                "dataActions": entry.data_actions,
                "notDataActions": entry.not_data_actions,
                "condition": entry.condition,
                "conditionVersion": entry.condition_version,
            }
            for entry in role.permissions
        ],
        "assignableScopes": role.assignable_scopes,
    }
