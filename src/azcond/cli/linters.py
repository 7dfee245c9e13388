"""What applies to each file of a run: its configuration, and the options."""

from __future__ import annotations

import os
from argparse import Namespace
from functools import partial

from azcond._dataclasses import replace
from azcond.access.models import RoleDefinition
from azcond.cli.configurations import Configurations
from azcond.containers.files import shown_name
from azcond.linter.configuration import Configuration
from azcond.linter.files import FileLinter
from azcond.linter.selection import profile_named, selectors


class UsageError(Exception):
    """An option whose value cannot be used."""


class Linters:
    """Gives the linter of each file, with every role read once."""

    def __init__(self, options: Namespace, configurations: Configurations) -> None:
        self._options = options
        self._read = configurations
        self._with: dict[int, Configuration] = {}
        self._roles: dict[int, RoleDefinition] = {}

    def linter(self, name: str) -> FileLinter:
        """The linter of a file. Raises what reading its configuration raises."""
        read = self._read.of_file(name)
        if id(read) not in self._with:
            self._with[id(read)] = self._with_options(read)
        configuration = self._with[id(read)]
        given = partial(self._given_role, configuration)
        return FileLinter(configuration.settings, configuration.selection_for(name), given)

    def _with_options(self, configuration: Configuration) -> Configuration:
        options, selection = self._options, configuration.selection
        if options.profile is not None:
            selection = selection.with_profile(profile_named(options.profile))
        select = None if options.select is None else selectors(options.select)
        selection = selection.with_options(
            select, selectors(options.extend_select or ()), selectors(options.ignore or ())
        )
        show_info = selection.show_info or options.show_info
        return replace(configuration, selection=replace(selection, show_info=show_info))

    def _given_role(self, configuration: Configuration) -> RoleDefinition | None:
        given = self._options.role
        if given is None:
            return None
        roles = configuration.settings.roles
        if id(roles) not in self._roles:
            found = read_role(given) if os.path.isfile(given) else roles.find(given)  # noqa: PTH113  # as `azcond.containers.files` names files
            if found is None:
                raise UsageError(
                    f"no role `{given}`: expected a file with a role definition, or the name or "
                    "GUID of a built-in role or of one that the configuration lists under `roles`"
                )
            self._roles[id(roles)] = found
        return self._roles[id(roles)]


def read_role(path: str) -> RoleDefinition:
    """The one role definition of a file. Raises `UsageError`."""
    from azcond.access.documents import read_roles  # noqa: PLC0415  # imports pydantic

    roles, problems = read_roles(path)
    if problems:
        raise UsageError(str(problems[0]))
    if len(roles) != 1:
        raise UsageError(f"{shown_name(path)}: expected one role definition, found {len(roles)}")
    return roles[0]
