"""One run of `azcond lint`: what applies to each file, its findings, and fixes."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from azcond.access.models import RoleDefinition
from azcond.cli.parsing import complain, complain_about_dirt
from azcond.cli.placing import findings_of
from azcond.containers import SUFFIXES, Contents, find_conditions
from azcond.containers.files import (
    STDIN,
    InputError,
    find_files,
    read_text,
    shown_name,
    write_text,
)
from azcond.linter.configuration import Configuration, find_configuration, read_configuration
from azcond.linter.files import FileLinter
from azcond.linter.selection import profile_named, selectors
from azcond.reports.finding import Finding, Tally, UnreadInput
from azcond.source import Source

if TYPE_CHECKING:
    from azcond.linter.fixing import Fixed


_SUFFIXES = tuple(chain.from_iterable(SUFFIXES.values()))


class UsageError(Exception):
    """An option whose value cannot be used."""


class LintRun:
    """A run over files. What it counts and what it cannot read it keeps."""

    def __init__(self, options: Namespace) -> None:
        self.tally = Tally()
        self.unread: list[UnreadInput] = []
        self._options = options
        self._configurations: dict[str, Configuration] = {}
        self._by_folder: dict[str, Configuration] = {}
        self._roles: dict[int, RoleDefinition] = {}

    def findings(self) -> Iterator[Finding]:
        """Every finding to show, file by file. With `--fix`, those that are left."""
        for name, text in self._files():
            left = self._fix_file(name, text).text if self._options.writes else text
            contents, file = find_conditions(left, name), Source(left)
            self._leave_unread(name, file, contents)
            complain_about_dirt(contents.roles, f"{shown_name(name)}: ")
            found = self._linter(name).lint(contents)
            self.tally.hidden += found.hidden
            for condition, diagnostics in found.by_condition:
                self.tally.conditions += 1
                yield from findings_of(name, file, condition, diagnostics)

    def changes(self) -> Iterator[tuple[str, str, str]]:
        """For `--diff`: name, text and text to be of every condition file that fixes change."""
        for name, text in self._files():
            self._leave_unread(name, Source(text), find_conditions(text, name))
            fixed = self._fix(name, text)
            if fixed.text != text:
                yield name, text, fixed.text

    def _files(self) -> Iterator[tuple[str, str]]:
        for name in find_files(self._options.paths, _SUFFIXES):
            try:
                text = self._read(name)
            except InputError as error:
                self._leave(error)
                continue
            self.tally.files += 1
            yield str(name), text

    def _read(self, name: str | InputError) -> str:
        if isinstance(name, InputError):
            raise name
        if name == STDIN and self._options.writes:
            raise InputError(name, "`--fix` writes files; show the fixes with `--diff`")
        return read_text(name)

    def _leave_unread(self, name: str, file: Source, contents: Contents) -> None:
        for problem in contents.unread:
            self._leave(InputError.at(name, file, problem.offset, problem.message))

    def _leave(self, error: InputError) -> None:
        unread = UnreadInput(shown_name(error.name), error.line, error.column, error.message)
        self.unread.append(unread)
        self.tally.unread += 1
        complain(error)

    def _linter(self, name: str) -> FileLinter:
        configuration = self._configuration(name)
        selection = configuration.selection_for(name)
        given = partial(self._given_role, configuration)
        return FileLinter(configuration.settings, selection, given)

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

    def _fix_file(self, name: str, text: str) -> Fixed:
        fixed = self._fix(name, text)
        if fixed.text != text:
            try:
                write_text(name, fixed.text)
            except InputError as error:
                self._leave(error)
                return replace(fixed, text=text, count=0)
            self.tally.fixed += fixed.count
        return fixed

    def _fix(self, name: str, text: str) -> Fixed:
        from azcond.linter.file_fixing import fix_file  # noqa: PLC0415  # only with a fix option

        read = partial(find_conditions, name=name)
        return fix_file(text, read, self._linter(name), unsafe=self._options.unsafe_fixes)

    def _configuration(self, name: str) -> Configuration:
        """What applies to a file: the nearest configuration above it, and the options."""
        folder = os.path.dirname(os.path.abspath(name)) if name != STDIN else os.getcwd()  # noqa: PTH100, PTH109, PTH120  # as `azcond.containers.files` names files
        if folder not in self._by_folder:
            path = self._options.config
            if path is None and not self._options.isolated:
                path = find_configuration(folder)
            if (path or "") not in self._configurations:
                read = read_configuration(path, shown_name(path)) if path else Configuration()
                self._configurations[path or ""] = self._with_options(read)
            self._by_folder[folder] = self._configurations[path or ""]
        return self._by_folder[folder]

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


def read_role(path: str) -> RoleDefinition:
    """The one role definition of a file. Raises `UsageError`."""
    from azcond.access.documents import read_roles  # noqa: PLC0415  # imports pydantic

    roles, problems = read_roles(path)
    if problems:
        raise UsageError(str(problems[0]))
    if len(roles) != 1:
        raise UsageError(f"{shown_name(path)}: expected one role definition, found {len(roles)}")
    return roles[0]
