"""The files that a command works on: those that are named, and those found in folders."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from azcond.cli.configurations import Configurations, add_configuration
from azcond.containers import ALL_SUFFIXES, SUFFIXES, Host, host_of
from azcond.containers.files import MOST_BYTES, STDIN, InputError, read_text
from azcond.containers.foreign import foreign_host
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
    parser.add_argument(
        "--stdin-filename",
        metavar="NAME",
        help="what - is called: tells its language, its configuration and its place",
    )
    add_configuration(parser)


def check_inputs(parser: ArgumentParser, options: Namespace) -> None:
    """Refuse what cannot be meant."""
    if options.stdin_filename is not None and STDIN not in options.paths:
        parser.error("--stdin-filename: expected `-` among the paths")
    if options.stdin_filename in {"", STDIN}:
        parser.error("--stdin-filename: expected the name of a file")


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


def called(name: str, options: Namespace) -> str:
    """What an input is taken for: standard input is what it is said to be."""
    return options.stdin_filename or STDIN if name == STDIN else name


def read_input(name: str, options: Namespace) -> str:
    """The text of an input.

    Raises `InputError`, also for a text on standard input that is in another language and not said
    to be: taken for a condition it would be nothing but mistakes.
    """
    try:
        text = read_text(name, MOST_BYTES)
    except InputError as error:
        raise InputError(called(name, options), error.message, error.line, error.column) from None
    if called(name, options) == STDIN and host_of(text) is Host.CONDITION:
        host = foreign_host(text)
        if host is not None:
            example = f"main{SUFFIXES[host][0]}"
            message = f"this looks like {host}: say so with `--stdin-filename {example}`"
            raise InputError(name, message)
    return text
