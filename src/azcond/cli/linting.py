"""One run of `azcond lint`: the files, what came of each, and what all of that comes to."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence

from azcond.cli import collect_often
from azcond.cli.configurations import Configurations
from azcond.cli.file_work import Change, FileOutcome, FileWork
from azcond.cli.inputs import find_inputs
from azcond.cli.parsing import complain
from azcond.cli.progress import Progress
from azcond.containers.files import STDIN, InputError
from azcond.reports.finding import Finding, Tally, UnreadInput

_FEWEST_FILES = 100
"""For fewer files it takes longer to start processes than they save."""


class LintRun:
    """A run over files. What it counts and what it cannot read it keeps."""

    def __init__(self, options: Namespace, progress: Progress) -> None:
        self.tally = Tally(tried=_tried(options))
        self.unread: list[UnreadInput] = []
        self._progress = progress
        self._options = options

    def findings(self) -> Iterator[Finding]:
        """Every finding to show, file by file. With `--fix`, those that are left."""
        for outcome in self._outcomes():
            yield from outcome.findings

    def changes(self) -> Iterator[Change]:
        """For `--diff`: what fixes change."""
        for outcome in self._outcomes():
            if outcome.change is not None:
                yield outcome.change

    def _outcomes(self) -> Iterator[FileOutcome]:
        options = self._options
        configurations = Configurations(options)
        names = list(find_inputs(options, configurations))
        try:
            for done, outcome in enumerate(_work(names, options, configurations), 1):
                if outcome.findings or outcome.unread or outcome.notes or outcome.change:
                    self._progress.clear()
                collect_often()
                self._take(outcome)
                yield outcome
                self._progress.advance(done, len(names))
        finally:
            self._progress.clear()

    def _take(self, outcome: FileOutcome) -> None:
        tally = self.tally
        tally.files += outcome.is_file
        tally.conditions += outcome.conditions
        tally.partly_known += outcome.partly_known
        tally.hidden += outcome.hidden
        tally.suppressed += outcome.suppressed
        tally.fixed += outcome.fixed
        tally.unread += len(outcome.unread)
        self.unread += outcome.unread
        for message in (*outcome.unread, *outcome.notes):
            complain(message)


def _tried(options: Namespace) -> frozenset[bool]:
    """Which fixes the run applies, by whether they are safe."""
    if not options.writes:
        return frozenset()
    return frozenset({True, False} if options.unsafe_fixes else {True})


def _work(
    names: Sequence[str | InputError], options: Namespace, configurations: Configurations
) -> Iterator[FileOutcome]:
    """What came of each file, in the order of the names."""
    jobs = options.jobs
    if jobs is None:
        from os import cpu_count  # noqa: PLC0415  # as below

        jobs = (cpu_count() or 1) if len(names) >= _FEWEST_FILES else 1
    jobs = min(jobs, len(names))
    if jobs > 1 and STDIN not in names:
        from azcond.cli.parallel import work_in_parallel  # noqa: PLC0415  # slow to load

        return work_in_parallel(names, options, jobs)
    return map(FileWork(options, configurations).take, names)
