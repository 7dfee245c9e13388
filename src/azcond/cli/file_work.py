"""What `azcond lint` does with one file: read it, perhaps fix it, and find what is wrong."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from functools import partial

from azcond._dataclasses import dataclass, field, replace
from azcond.cli.configurations import Configurations
from azcond.cli.inputs import called, read_input
from azcond.cli.linters import Linters
from azcond.cli.placing import findings_of
from azcond.containers import Contents, find_conditions
from azcond.containers.files import (
    STDIN,
    InputError,
    Siblings,
    shown_name,
    write_text,
)
from azcond.linter.files import FileLinter
from azcond.reports.finding import Finding, UnreadInput
from azcond.source import Source


@dataclass(frozen=True, slots=True)
class Change:
    """The text of a file, and the text that fixes make of it."""

    name: str
    text: str
    fixed: str


@dataclass(slots=True)
class FileOutcome:
    """What came of one file; `notes` are said beside the report. It can be sent to a process."""

    name: str
    is_file: bool = False
    findings: list[Finding] = field(default_factory=list)
    unread: list[UnreadInput] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    conditions: int = 0
    partly_known: int = 0
    hidden: int = 0
    suppressed: int = 0
    fixed: int = 0
    change: Change | None = None

    def leave(self, error: InputError) -> None:
        """Keep what could not be read."""
        place = error.line, error.column
        self.unread.append(UnreadInput(shown_name(error.name), *place, error.message))


@dataclass(frozen=True, slots=True)
class _Job:
    """A file that was read, how to find its conditions, how to lint it, and where that goes."""

    text: str
    read: Callable[[str], Contents]
    linter: FileLinter
    outcome: FileOutcome


class FileWork:
    """Works on files one by one; what applies to several is worked out once."""

    def __init__(self, options: Namespace, configurations: Configurations) -> None:
        self._options = options
        self._linters = Linters(options, configurations)
        self._siblings = Siblings()

    def take(self, name: str | InputError) -> FileOutcome:
        """Do everything that the options ask for with one file.

        Raises what reading its configuration raises, and nothing for what is in the file.
        """
        given = name.name if isinstance(name, InputError) else name
        outcome = FileOutcome(called(given, self._options), is_file=given is name)
        try:
            text = self._read(name)
        except InputError as error:
            outcome.leave(error)
            return outcome
        beside = partial(self._siblings.beside, outcome.name)
        read = partial(find_conditions, name=outcome.name, beside=beside)
        job = _Job(text, read, self._linters.linter(outcome.name), outcome)
        if self._options.diff:
            self._show_change(job)
        else:
            _lint(self._fix(job) if self._options.writes else job)
        return outcome

    def _read(self, name: str | InputError) -> str:
        if isinstance(name, InputError):
            raise name
        if name == STDIN and self._options.writes:
            raise InputError(name, "`--fix` writes files; show the fixes with `--diff`")
        return read_input(name, self._options)

    def _show_change(self, job: _Job) -> None:
        _leave_unread(job, job.read(job.text))
        fixed = self._fixed(job)
        if fixed != job.text:
            job.outcome.change = Change(job.outcome.name, job.text, fixed)

    def _fix(self, job: _Job) -> _Job:
        """The file after fixing."""
        fixed = self._fixed(job)
        if fixed != job.text:
            try:
                write_text(job.outcome.name, fixed)
            except InputError as error:
                job.outcome.leave(error)
                job.outcome.fixed = 0
                return job
        return replace(job, text=fixed)

    def _fixed(self, job: _Job) -> str:
        from azcond.linter.file_fixing import fix_file  # noqa: PLC0415  # only with a fix option

        fixed = fix_file(job.text, job.read, job.linter, unsafe=self._options.unsafe_fixes)
        job.outcome.fixed = fixed.count
        return fixed.text


def _lint(job: _Job) -> None:
    contents, file, outcome = job.read(job.text), Source(job.text), job.outcome
    _leave_unread(job, contents)
    found = job.linter.lint(contents, file)
    outcome.findings = findings_of(outcome.name, file, found.located)
    outcome.conditions = len(contents.conditions)
    outcome.partly_known = sum(bool(condition.holes) for condition in contents.conditions)
    outcome.hidden, outcome.suppressed = found.hidden, found.suppressed


def _leave_unread(job: _Job, contents: Contents) -> None:
    name, file = job.outcome.name, Source(job.text)
    for problem in contents.unread:
        job.outcome.leave(InputError.at(name, file, problem.offset, problem.message))
    if contents.roles:
        from azcond.access.dirt import dirt_of  # noqa: PLC0415  # seldom needed

        for role in contents.roles:
            place = f"{shown_name(name)}: role {role.name}"
            job.outcome.notes += [f"{place}: {note}" for note in dirt_of(role)]
