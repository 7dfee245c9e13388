"""What a run of `azcond lint` prints and writes: the report, and the baseline."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from azcond.cli.linting import LintRun
from azcond.cli.parsing import complain
from azcond.containers.files import shown_name, write_text
from azcond.reports.finding import Finding, Outcome, summary_line
from azcond.reports.formats import report_named
from azcond.reports.style import Style, style_of

if TYPE_CHECKING:
    from azcond.reports.baseline import Baseline, Known

_MOST_UNMET = 10
_BESIDE_A_FILE = "concise"
"""What is shown while the report goes to a file."""


def show_findings(run: LintRun, options: Namespace) -> bool:
    """Print what is found, or write it; whether that makes the run fail.

    Raises `InputError` for a baseline that cannot be read, and for files that cannot be written.
    """
    found: Iterable[Finding] = run.findings()
    baseline = None
    if options.baseline is not None:
        from azcond.reports.baseline import read_baseline  # noqa: PLC0415  # seldom used

        baseline = read_baseline(options.baseline)
    elif options.write_baseline is not None:
        found = list(found)
        baseline = _write_baseline(options.write_baseline, found)
    _report(run, _shown(run, found, baseline), options)
    if baseline is not None and options.baseline is not None:
        unread = [one.path for one in run.unread]
        _say_unmet(options.baseline, baseline.unmet(options.paths, unread))
    return run.tally.failing > 0


def _write_baseline(name: str, found: Iterable[Finding]) -> Baseline:
    """Record what is found; then it is known."""
    from azcond.reports.baseline import Baseline  # noqa: PLC0415  # seldom used

    baseline = Baseline(os.path.dirname(name))  # noqa: PTH120  # as `azcond.containers.files` names files
    for finding in found:
        baseline.add(finding)
    write_text(name, baseline.text())
    return baseline


def _shown(run: LintRun, found: Iterable[Finding], baseline: Baseline | None) -> Iterator[Finding]:
    """The findings to show, counted on the way."""
    for finding in found:
        if baseline is not None and baseline.take(finding):
            run.tally.known += 1
        else:
            run.tally.count(finding)
            yield finding


def _report(run: LintRun, findings: Iterator[Finding], options: Namespace) -> None:
    outcome, style = Outcome(run.tally, run.unread), style_of(sys.stdout)
    if options.statistics:
        _print(_statistics(findings, outcome))
    elif options.output_file is None:
        _print(report_named(options.output_format)(findings, outcome, style))
    else:
        kept: list[Finding] = []
        _print(report_named(_BESIDE_A_FILE)(_keeping(findings, kept), outcome, style))
        lines = report_named(options.output_format)(kept, outcome, Style())
        write_text(options.output_file, "".join(f"{line}\n" for line in lines))


def _keeping(findings: Iterable[Finding], kept: list[Finding]) -> Iterator[Finding]:
    for finding in findings:
        kept.append(finding)
        yield finding


def _statistics(findings: Iterable[Finding], outcome: Outcome) -> Iterator[str]:
    from azcond.reports.statistics import statistics_lines  # noqa: PLC0415  # loads every rule

    yield from statistics_lines(list(findings))
    yield summary_line(outcome.tally)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _say_unmet(name: str, unmet: list[Known]) -> None:
    for known in unmet[:_MOST_UNMET]:
        about = f" ({known.about})" if known.about else ""
        complain(f"{shown_name(name)}: {known.code} in {known.path}{about} is no longer found")
    if len(unmet) > _MOST_UNMET:
        complain(f"{shown_name(name)}: and {len(unmet) - _MOST_UNMET:,} more are no longer found")
