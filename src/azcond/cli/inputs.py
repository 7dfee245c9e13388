"""The files that a command works on: those that are named, and those found in folders."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from azcond.cli.configurations import Configurations, add_configuration
from azcond.containers import ALL_SUFFIXES, SUFFIXES
from azcond.containers.files import InputError
from azcond.containers.walking import find_files

_ABOUT_FOLDERS = """\
A folder is searched for files of these kinds; hidden folders are skipped, and so are what git
ignores and what `exclude` in the configuration or --exclude leaves out. What is named is read."""


def about_folders() -> str:
    """What a command's description says of folders."""
    kinds = [f"  {host:<11} {' '.join(suffixes)}" for host, suffixes in SUFFIXES.items()]
    return "\n".join([_ABOUT_FOLDERS, *kinds])


def add_inputs(parser: ArgumentParser) -> None:
    """The arguments that say which files are meant."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="file, folder, or - for stdin")
    parser.add_argument(
        "--no-respect-gitignore", action="store_true", help="in folders, also what git ignores"
    )
    add_configuration(parser)


def find_inputs(options: Namespace, configurations: Configurations) -> Iterator[str | InputError]:
    """The names of the files, and folders that cannot be listed.

    Raises what reading the configuration of a folder raises.
    """
    return find_files(
        options.paths,
        ALL_SUFFIXES,
        respect_gitignore=not options.no_respect_gitignore,
        left_out=configurations.left_out,
    )
