"""The configurations that apply to the files of a run, and which files these leave out."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from azcond.containers.files import STDIN, shown_name
from azcond.linter.configuration_files import find_configuration
from azcond.linter.globs import path_matches

if TYPE_CHECKING:
    from azcond.linter.configuration import Configuration


def add_configuration(parser: ArgumentParser) -> None:
    """The arguments that say which configuration counts, and what is left out beside."""
    add = parser.add_argument
    add("--config", metavar="FILE", help="read this configuration, not the nearest")
    add("--isolated", action="store_true", help="read no configuration")
    add(
        "--exclude",
        action="append",
        default=[],
        metavar="PATTERN",
        help="in folders, leave out the files and folders that match; as `exclude` in azcond.toml",
    )


class Configurations:
    """Gives the configuration of each file, with every one read once."""

    def __init__(self, options: Namespace) -> None:
        self._options = options
        self._paths: dict[str, str | None] = {}
        self._read: dict[str | None, Configuration] = {}

    def of_file(self, name: str) -> Configuration:
        """The configuration of a file. Raises what reading it raises."""
        return self._configuration(
            self._path(os.curdir if name == STDIN else os.path.dirname(name))
        )

    def left_out(self, folder: str) -> Callable[[str], bool]:
        """Which names in a folder are to be left out; those of folders end in `/`.

        Raises what reading the configuration of the folder raises.
        """
        patterns = [(os.curdir, one) for one in self._options.exclude]
        if (path := self._path(folder)) is not None:
            configuration = self._configuration(path)
            patterns += [(configuration.folder, one) for one in configuration.exclude]
        inside = {base: _inside(folder, base) for base, _ in patterns}

        def is_left_out(name: str) -> bool:
            return any(_matches(pattern, inside[base] + name) for base, pattern in patterns)

        return is_left_out

    def _path(self, folder: str) -> str | None:
        given: str | None = self._options.config
        if given is not None or self._options.isolated:
            return given
        return find_configuration(folder, self._paths)

    def _configuration(self, path: str | None) -> Configuration:
        if path not in self._read:
            from azcond.linter.configuration import (  # noqa: PLC0415  # loads the rules
                Configuration,
                read_configuration,
            )

            self._read[path] = (
                Configuration() if path is None else read_configuration(path, shown_name(path))
            )
        return self._read[path]


def _inside(folder: str, base: str) -> str:
    """What stands before the names in a folder, for patterns that are relative to another."""
    relative = os.path.relpath(folder, base).replace(os.sep, "/")
    return "" if relative == os.curdir else f"{relative}/"


def _matches(pattern: str, path: str) -> bool:
    """Whether a pattern matches a path, be it that of a folder or of all that is in it."""
    return path_matches(pattern, path) or (
        path.endswith("/") and path_matches(pattern, path.removesuffix("/"))
    )
