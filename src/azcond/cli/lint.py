"""`azcond lint`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from azcond.cli import CLEAN, FINDINGS, UNUSABLE
from azcond.cli.linting import LintRun, UsageError
from azcond.cli.parsing import command_parser, complain
from azcond.containers.files import shown_name
from azcond.errors import AccessDataError
from azcond.linter.configuration import ConfigurationError
from azcond.linter.selection import PROFILES, SelectionError
from azcond.reports.concise import headline
from azcond.reports.finding import Finding, counted, summary_line
from azcond.reports.full import full_lines
from azcond.reports.style import style_of

_DESCRIPTION = """\
Find mistakes in conditions: in condition files, and in JSON with role definitions, role
assignments or lists of them, as the Azure CLI, PowerShell and the REST API write them. Everything
above severity info is shown; `azcond rule CODE` explains a finding.

A folder is searched for *.cond, *.json, *.jsonl and *.ndjson; hidden folders are skipped."""

_EPILOG = """\
A RULE is a code (SEC301), the beginning of one (SEC) or ALL; several have commas between. Options
are also read from azcond.toml, or from [tool.azcond] in pyproject.toml, above each file.

examples:
  azcond lint infra/ team.cond
  azcond lint --profile delegation --role 'Role Based Access Control Administrator' team.cond
  azcond lint --select SEC,COR401 --output-format concise .
  az role assignment list --all | azcond lint -

exit status: 0 no findings, 1 findings (other than of severity info; with --diff: fixes to
apply), 2 bad usage or something that could not be read"""


def main(arguments: list[str]) -> int:
    """Run `azcond lint`."""
    parser = command_parser("lint", _DESCRIPTION, _EPILOG)
    parser.add_argument("paths", nargs="+", metavar="PATH", help="file, folder, or - for stdin")
    _add_choice_of_rules(parser)
    _add_fixes(parser)
    _add_output(parser)
    options = parser.parse_args(arguments)
    if options.diff and options.output_format == "json":
        parser.error("--diff shows text: it cannot be --output-format json")
    options.writes = (options.fix or options.unsafe_fixes) and not options.diff
    run = LintRun(options)
    try:
        failing = _show_changes(run) if options.diff else _show_findings(run, options)
    except (AccessDataError, ConfigurationError, SelectionError, UsageError) as error:
        complain(error)
        return UNUSABLE
    if run.unread:
        return UNUSABLE
    return FINDINGS if failing and not options.exit_zero else CLEAN


def _add_choice_of_rules(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("which findings")
    add = group.add_argument
    add("--select", action="append", metavar="RULE", help="only these rules")
    add("--extend-select", action="append", metavar="RULE", help="these rules too")
    add("--ignore", action="append", metavar="RULE", help="not these rules")
    add("--profile", choices=tuple(PROFILES), help="rules and severities for a kind of use")
    add("--show-info", action="store_true", help="also show findings of severity info")
    add("--role", metavar="FILE|NAME", help="the role that the conditions are for, if not told")
    add("--config", metavar="FILE", help="read this configuration, not the nearest")
    add("--isolated", action="store_true", help="read no configuration")


def _add_fixes(parser: ArgumentParser) -> None:
    add = parser.add_argument_group("fixes, in condition files").add_argument
    add("--fix", action="store_true", help="apply fixes that keep every decision")
    add("--unsafe-fixes", action="store_true", help="apply all fixes: they change the meaning")
    add("--diff", action="store_true", help="change nothing, show what the fixes would change")


def _add_output(parser: ArgumentParser) -> None:
    add = parser.add_argument_group("output").add_argument
    add(
        "--output-format",
        choices=("full", "concise", "json"),
        default="full",
        help="full: with the code (default); concise: one line each; json: one document",
    )
    add("--statistics", action="store_true", help="count findings by rule instead")
    add("--exit-zero", action="store_true", help="status 0 even with findings")


def _show_findings(run: LintRun, options: Namespace) -> bool:
    """Print what is found; whether that makes the run fail."""
    if options.output_format == "json":
        _print_document(run)
    elif options.statistics:
        _print_statistics(run)
    else:
        _print_lines(_shown(run), concise=options.output_format == "concise")
        print(summary_line(run.tally))
    return run.tally.failing > 0


def _shown(run: LintRun) -> Iterator[Finding]:
    """The findings to show, counted on the way."""
    for finding in run.findings():
        run.tally.count(finding)
        yield finding


def _print_lines(findings: Iterator[Finding], *, concise: bool) -> None:
    style = style_of(sys.stdout)
    for finding in findings:
        lines = [headline(finding, style)] if concise else full_lines(finding, style)
        print("\n".join(lines))


def _print_statistics(run: LintRun) -> None:
    from azcond.reports.statistics import statistics_lines  # noqa: PLC0415  # loads every rule

    for line in statistics_lines([finding.diagnostic for finding in _shown(run)]):
        print(line)
    print(summary_line(run.tally))


def _print_document(run: LintRun) -> None:
    from azcond.reports.document import json_report  # noqa: PLC0415  # imports json

    found = list(_shown(run))
    print(json_report(found, run.unread, run.tally))


def _show_changes(run: LintRun) -> bool:
    """Print what fixes would change; whether they would."""
    from azcond.cli.differences import unified_lines  # noqa: PLC0415  # seldom needed

    changed = 0
    for name, text, fixed in run.changes():
        changed += 1
        sys.stdout.writelines(unified_lines(shown_name(name), text, fixed))
    print(f"{counted(changed, 'file')} would be fixed, {run.tally.files - changed:,} unchanged")
    return changed > 0
