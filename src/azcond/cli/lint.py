"""`azcond lint`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator

import azcond
from azcond.cli import CLEAN, FINDINGS, UNUSABLE
from azcond.cli.parsing import command_parser, complain
from azcond.cli.placing import findings_of
from azcond.containers import JSON_SUFFIXES, TEXT_SUFFIX, EmbeddedCondition, find_conditions
from azcond.containers.files import InputError, find_files, read_text, shown_name
from azcond.diagnostics import Severity
from azcond.reports.concise import headline
from azcond.reports.finding import Finding, Tally, UnreadInput, summary_line
from azcond.reports.full import full_lines
from azcond.reports.style import style_of
from azcond.source import Source

_DESCRIPTION = """\
Find mistakes in conditions: in condition files, and in JSON with role definitions, role
assignments or lists of them, as the Azure CLI, PowerShell and the REST API write them.

A folder is searched for *.cond, *.json, *.jsonl and *.ndjson; hidden folders are skipped."""

_EPILOG = """\
examples:
  azcond lint infra/ team.cond
  azcond lint --output-format concise .
  az role assignment list --all | azcond lint -

exit status: 0 no findings, 1 findings (other than of severity info), 2 bad usage or something
that could not be read"""


def main(arguments: list[str]) -> int:
    """Run `azcond lint`."""
    parser = command_parser("lint", _DESCRIPTION, _EPILOG)
    parser.add_argument("paths", nargs="+", metavar="PATH", help="file, folder, or - for stdin")
    parser.add_argument(
        "--output-format",
        choices=("full", "concise", "json"),
        default="full",
        help="full: with the code (default); concise: one line each; json: one document",
    )
    parser.add_argument(
        "--show-info", action="store_true", help="also show findings of severity info"
    )
    options = parser.parse_args(arguments)
    tally = Tally()
    unread: list[UnreadInput] = []
    findings = _find(options, tally, unread)
    if options.output_format == "json":
        _print_document(findings, tally, unread)
    else:
        _print_lines(findings, tally, concise=options.output_format == "concise")
    if unread:
        return UNUSABLE
    return FINDINGS if tally.failing else CLEAN


def _print_lines(findings: Iterator[Finding], tally: Tally, *, concise: bool) -> None:
    style = style_of(sys.stdout)
    for finding in findings:
        lines = [headline(finding, style)] if concise else full_lines(finding, style)
        print("\n".join(lines))
    print(summary_line(tally))


def _print_document(findings: Iterator[Finding], tally: Tally, unread: list[UnreadInput]) -> None:
    from azcond.reports.document import json_report  # noqa: PLC0415  # imports json

    found = list(findings)
    print(json_report(found, unread, tally))


def _find(options: Namespace, tally: Tally, unread: list[UnreadInput]) -> Iterator[Finding]:
    """Every finding to show; counts as it goes, and notes what it cannot read."""

    def leave_unread(error: InputError) -> None:
        unread.append(UnreadInput(shown_name(error.name), error.line, error.column, error.message))
        tally.unread += 1
        complain(error)

    for name in find_files(options.paths, (TEXT_SUFFIX, *JSON_SUFFIXES)):
        try:
            if isinstance(name, InputError):
                raise name
            text = read_text(name)
        except InputError as error:
            leave_unread(error)
            continue
        tally.files += 1
        contents, file = find_conditions(text, name), Source(text)
        for problem in contents.unread:
            leave_unread(InputError.at(name, file, problem.offset, problem.message))
        for condition in contents.conditions:
            yield from _lint(name, file, condition, tally, show_info=options.show_info)


def _lint(
    name: str, file: Source, condition: EmbeddedCondition, tally: Tally, *, show_info: bool
) -> list[Finding]:
    diagnostics = azcond.lint(condition.text)
    shown = [d for d in diagnostics if show_info or d.severity is not Severity.INFO]
    findings = findings_of(name, file, condition, shown)
    tally.hidden += len(diagnostics) - len(shown)
    tally.count(findings)
    return findings
