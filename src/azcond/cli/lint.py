"""`azcond lint`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from azcond.cli import CLEAN, FINDINGS, UNUSABLE
from azcond.cli.inputs import about_folders, add_inputs, check_inputs
from azcond.cli.linters import UsageError
from azcond.cli.linting import LintRun
from azcond.cli.parsing import command_parser, complain
from azcond.cli.progress import Progress
from azcond.cli.showing import show_findings
from azcond.containers.files import STDIN, InputError, shown_name
from azcond.errors import AccessDataError
from azcond.linter.configuration_files import ConfigurationError
from azcond.linter.selection import PROFILES, SelectionError
from azcond.reports.finding import counted
from azcond.reports.formats import FORMATS

_DESCRIPTION = """\
Find mistakes in conditions: in condition files, and where role definitions and role assignments are
written, at their places there. Everything above severity info is shown; `azcond rule CODE` explains
a finding.

{}"""

_EPILOG = """\
A RULE is a code (SEC301), the beginning of one (SEC) or ALL; several have commas between. Options
are also read from azcond.toml, or from [tool.azcond] in pyproject.toml, above each file. What keeps
a condition from being read is shown whatever is selected.

output formats:
{}

examples:
  azcond lint infra/ team.cond
  azcond lint --profile delegation --role 'Role Based Access Control Administrator' team.cond
  azcond lint --select SEC,COR401 --output-format concise .
  azcond lint --output-format sarif --output-file azcond.sarif infra/
  azcond lint --write-baseline known.json . && azcond lint --baseline known.json .
  az role assignment list --all | azcond lint -
  azcond lint --stdin-filename infra/main.tf - < draft.tf

exit status: 0 no findings, 1 findings (other than of severity info; with --diff: fixes to
apply), 2 bad usage or something that could not be read"""

_DEFAULT_FORMAT = "full"


def main(arguments: list[str]) -> int:
    """Run `azcond lint`."""
    formats = [f"  {name:<11} {one.about}" for name, one in FORMATS.items()]
    description = _DESCRIPTION.format(about_folders())
    parser = command_parser("lint", description, _EPILOG.format("\n".join(formats)))
    add_inputs(parser)
    parser.add_argument(
        "--jobs", type=_count, metavar="N", help="processes to use; as many as pay unless given"
    )
    _add_choice_of_rules(parser)
    _add_fixes(parser)
    _add_output(parser)
    _add_baseline(parser)
    options = parser.parse_args(arguments)
    _check(parser, options)
    options.writes = (options.fix or options.unsafe_fixes) and not options.diff
    run = LintRun(options, Progress(sys.stderr))
    try:
        failing = _show_changes(run) if options.diff else show_findings(run, options)
    except (AccessDataError, ConfigurationError, InputError, SelectionError, UsageError) as error:
        complain(error)
        return UNUSABLE
    if run.unread:
        return UNUSABLE
    return FINDINGS if failing and not options.exit_zero else CLEAN


def _count(given: str) -> int:
    if not given.isdecimal() or not int(given):
        raise ArgumentTypeError(f"expected a number from 1 on, got {given!r}")
    return int(given)


def _add_choice_of_rules(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("which findings")
    add = group.add_argument
    add("--select", action="append", metavar="RULE", help="only these rules, see below")
    add("--extend-select", action="append", metavar="RULE", help="these rules too")
    add("--ignore", action="append", metavar="RULE", help="not these rules")
    add("--profile", choices=tuple(PROFILES), help="rules and severities for a kind of use")
    add("--show-info", action="store_true", help="also show findings of severity info")
    add("--role", metavar="FILE|NAME", help="the role that the conditions are for, if not told")


def _add_fixes(parser: ArgumentParser) -> None:
    add = parser.add_argument_group("fixes").add_argument
    add("--fix", action="store_true", help="apply fixes that keep every decision")
    add("--unsafe-fixes", action="store_true", help="apply all fixes: they change the meaning")
    add("--diff", action="store_true", help="change nothing, show what the fixes would change")


def _add_output(parser: ArgumentParser) -> None:
    add = parser.add_argument_group("output").add_argument
    add(
        "--output-format",
        choices=tuple(FORMATS),
        default=_DEFAULT_FORMAT,
        metavar="FORMAT",
        help="how findings are shown, see below",
    )
    add("--output-file", metavar="FILE", help="write that there, and show one line each")
    add("--statistics", action="store_true", help="count findings by rule instead")
    add("--exit-zero", action="store_true", help="status 0 even with findings")


def _add_baseline(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("known findings")
    add = group.add_mutually_exclusive_group().add_argument
    add("--baseline", metavar="FILE", help="neither show what stands there nor fail for it")
    add("--write-baseline", metavar="FILE", help="record what is found now")


def _check(parser: ArgumentParser, options: Namespace) -> None:
    """Refuse what cannot be meant."""
    check_inputs(parser, options)
    files = ("output_file", "baseline", "write_baseline")
    given = [name for name in files if getattr(options, name) is not None]
    for name in given:
        if getattr(options, name) in {"", STDIN}:
            parser.error(f"{_option(name)}: expected the name of a file")
    for_people = FORMATS[options.output_format].for_people
    for name in ("diff", "statistics"):
        if not getattr(options, name):
            continue
        if not for_people:
            parser.error(
                f"{_option(name)} shows text: it cannot be --output-format {options.output_format}"
            )
        if refused := [one for one in given if name == "diff" or one == "output_file"]:
            parser.error(f"{_option(name)} shows text: it takes no {_option(refused[0])}")


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _show_changes(run: LintRun) -> bool:
    """Print what fixes would change; whether they would."""
    from azcond.cli.differences import unified_lines  # noqa: PLC0415  # seldom needed

    changed = 0
    for change in run.changes():
        changed += 1
        sys.stdout.writelines(unified_lines(shown_name(change.name), change.text, change.fixed))
    print(f"{counted(changed, 'file')} would be fixed, {run.tally.files - changed:,} unchanged")
    return changed > 0
