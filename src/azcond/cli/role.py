"""`azcond role show` and `azcond role check`."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter

from azcond.access.built_in import with_built_in_roles
from azcond.access.known import KnownRoles
from azcond.access.models import RoleAssignment, RoleDefinition
from azcond.access.outcomes import role_json
from azcond.access.scopes import ROOT
from azcond.catalogue import all_roles, suggest_role
from azcond.cli import CLEAN, MET, NOT_MET, UNUSABLE
from azcond.cli.parsing import command_parser, complain, complain_about_dirt
from azcond.cli.tenant import add_action_arguments, plane_of
from azcond.containers.files import InputError, read_text, shown_name
from azcond.errors import AccessDataError, RequestError
from azcond.reports.role_page import check_lines, role_lines
from azcond.reports.style import style_of

_DESCRIPTION = """\
Show what a role grants, or check whether it grants an action. A role is a built-in one that azcond
knows, by name or GUID, or one of a JSON file."""

_EPILOG = """\
examples:
  azcond role show 'Key Vault Reader'
  azcond role show custom-role.json
  azcond role check 'Key Vault Contributor' Microsoft.KeyVault/vaults/secrets/getSecret/action
  azcond role check 'Log Delegate' Microsoft.Insights/logs/data/read --roles roles.json

exit status: 0 shown, or granted (perhaps under a condition), 1 not granted, 2 bad usage, no such
role, or a file that cannot be read"""


def main(arguments: list[str]) -> int:
    """Run `azcond role`."""
    parser = command_parser("role", _DESCRIPTION, _EPILOG)
    commands = parser.add_subparsers(dest="command", metavar="show | check", required=True)
    for name, text in (("show", "show what a role grants"), ("check", "check one action")):
        command = commands.add_parser(
            name,
            help=text,
            description=f"{text.capitalize()}.",
            epilog=_EPILOG,
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        _add_arguments(command, with_action=name == "check")
    options = parser.parse_args(arguments)
    try:
        roles = _find(options)
        return _show(roles, options) if options.command == "show" else _check(roles, options)
    except (InputError, AccessDataError, RequestError) as error:
        complain(error)
        return UNUSABLE


def _add_arguments(parser: ArgumentParser, *, with_action: bool) -> None:
    parser.add_argument("role", metavar="NAME|FILE", help="name or GUID of a role, or a JSON file")
    if with_action:
        add_action_arguments(parser)
    parser.add_argument("--roles", metavar="FILE", help="file with more roles than the built-in")
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="default: text"
    )


def _find(options: Namespace) -> list[RoleDefinition]:
    """The roles that are meant: several only if a file holds several."""
    given = _read(options.roles) if options.roles else []
    role = KnownRoles(given).find(options.role)
    if role is not None:
        return [role]
    if os.path.exists(options.role) or options.role == "-":  # noqa: PTH110  # as `containers.files`
        return _read(options.role)
    suggestion = suggest_role(options.role)
    meant = f"did you mean `{suggestion}`?" if suggestion else "give its definition with `--roles`"
    known = f"neither a file nor one of the {len(all_roles())} built-in roles that azcond knows"
    raise AccessDataError(f"no role `{options.role}`: {known}; {meant}")


def _read(file: str) -> list[RoleDefinition]:
    from azcond.access.documents import JsonText, read_roles  # noqa: PLC0415  # pydantic

    roles, problems = read_roles(JsonText(shown_name(file), read_text(file)))
    if problems:
        raise AccessDataError("\n".join(map(str, problems)))
    if not roles:
        raise AccessDataError(f"{shown_name(file)}: no role definition found")
    return roles


def _show(roles: list[RoleDefinition], options: Namespace) -> int:
    if options.output_format == "json":
        documents = [role_json(role) for role in roles]
        print(json.dumps(documents[0] if len(documents) == 1 else documents, indent=2))
        complain_about_dirt(roles)
    else:
        style = style_of(sys.stdout)
        print("\n\n".join("\n".join(role_lines(role, style)) for role in roles))
    return CLEAN


def _check(roles: list[RoleDefinition], options: Namespace) -> int:
    """By the engine itself: what somebody who is assigned the role may do."""
    if len(roles) > 1:
        names = "".join(f"\n  {role.name}" for role in roles)
        raise AccessDataError(
            f"{options.role}: {len(roles)} roles, name one and give the file as `--roles`:{names}"
        )
    from azcond.access.model import AccessModel  # noqa: PLC0415  # what decides, with all it needs

    (role,) = roles
    roles = with_built_in_roles([role])
    model = AccessModel(roles, [RoleAssignment("someone", role.id, ROOT)])
    plane = plane_of(options, model.roles)
    holders = model.who_can(options.action, ROOT, plane=plane)
    for problem in model.problems:
        complain(problem)
    if options.output_format == "json":
        document = {
            "role": {"id": role.id, "name": role.name},
            "action": options.action,
            "plane": plane.value,
            "granted": bool(holders.accesses),
            "entries": [
                {"entry": access.entry, "condition": access.condition}
                for access in holders.accesses
            ],
        }
        print(json.dumps(document, indent=2))
    else:
        lines = check_lines(role, options.action, plane, holders.accesses, style_of(sys.stdout))
        print("\n".join(lines))
    return MET if holders.accesses else NOT_MET
