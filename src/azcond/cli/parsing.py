"""What the commands' argument parsers share."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from azcond.cli import UNUSABLE
from azcond.reports.finding import Finding
from azcond.reports.full import full_lines
from azcond.reports.style import style_of, visible

if TYPE_CHECKING:
    from azcond.access.models import RoleDefinition


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line, not the whole usage."""
        self.exit(UNUSABLE, f"{self.prog}: {visible(message)}; see `{self.prog} --help`\n")


def command_parser(command: str, description: str, epilog: str) -> ArgumentParser:
    """The parser of one command; description and epilog are shown as they are written."""
    return _Parser(
        prog=f"azcond {command}",
        description=description,
        epilog=epilog,
        # With its width given, argparse does not load `shutil` to find it.
        formatter_class=partial(RawDescriptionHelpFormatter, width=style_of(sys.stdout).width - 2),
        allow_abbrev=False,
    )


def complain(message: object) -> None:
    """A message on standard error, after what was printed before it."""
    sys.stdout.flush()
    lines = [visible(line) for line in str(message).split("\n")]
    print("azcond: " + "\n".join(lines), file=sys.stderr, flush=True)


def complain_about_dirt(roles: Iterable[RoleDefinition], place: str = "") -> None:
    """What is odd about the patterns of roles and taken all the same, on standard error."""
    from azcond.access.dirt import dirt_of  # noqa: PLC0415  # seldom needed

    for role in roles:
        for note in dirt_of(role):
            complain(f"{place}role {role.name}: {note}")


def complain_about(findings: Iterable[Finding]) -> None:
    """Findings on standard error, as `azcond lint` shows them."""
    sys.stdout.flush()
    style = style_of(sys.stderr)
    lines = [line for finding in findings for line in full_lines(finding, style)]
    print("\n".join(lines), file=sys.stderr, flush=True)
