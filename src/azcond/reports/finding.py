"""What reports take: findings with their place in a file, and the counts of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from azcond._dataclasses import dataclass, field
from azcond.diagnostics import Diagnostic, Edit, Severity
from azcond.source import Source, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic of a condition or of what is around it, and where it stands in its file.

    `span` and `condition` (the extent of the whole condition) are in the text of `file`, and so are
    `edits`: those of the fix, none where it cannot be applied in that file. `condition` is nothing
    for a finding about the file itself, such as an assignment; then `diagnostic.span` is in the
    file too. `holder` is the kind (`role`, `assignment`, `object`) and the name of what the
    condition belongs to or the finding is about, if anything. For a finding that `blocks`, the
    condition cannot be read, so that nobody knows what else there is to find.
    """

    path: str
    file: Source
    span: Span
    condition: Span | None
    holder: tuple[str, str] | None
    diagnostic: Diagnostic
    edits: tuple[Edit, ...] = ()
    blocks: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Line and column in the file."""
        return self.file.line_column(self.span.start)


@dataclass(frozen=True, slots=True)
class UnreadInput:
    """An input, or a place in one, that could not be read; then the run says nothing about it."""

    path: str
    line: int | None
    column: int | None
    message: str

    def __str__(self) -> str:
        place = "" if self.line is None else f"{self.line}:{self.column}:"
        return f"{self.path}:{place} {self.message}"


@dataclass(slots=True)
class Tally:
    """The counts of a run.

    `files` are all that were to be read, also those that could not be, which are `unread`; so are
    places in files, folders that cannot be listed, and what is no file.
    Some text of `partly_known` conditions is known only where they are deployed. `hidden` findings
    are of severity info and were not asked for, `suppressed` ones are by comments, `known` ones by
    the baseline. `fixed` findings were mended; `fixable` and `unsafely_fixable` ones may be by the
    option for that. Where the run has tried that (`tried`, by whether the fix is safe), those that
    are left are not applied. Those `beside` are about no condition but about what is around.
    """

    files: int = 0
    conditions: int = 0
    partly_known: int = 0
    hidden: int = 0
    suppressed: int = 0
    known: int = 0
    unread: int = 0
    fixed: int = 0
    fixable: int = 0
    unsafely_fixable: int = 0
    tried: frozenset[bool] = frozenset()
    beside: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    _left: Counter[bool] = field(default_factory=Counter)
    _places: set[tuple[str, Span]] = field(default_factory=set)

    def count(self, finding: Finding) -> None:
        """Count a finding that is shown; conditions, also those without one, are counted apart."""
        self.severities[finding.diagnostic.severity] += 1
        if finding.condition is None:
            self.beside += 1
        else:
            self._places.add((finding.path, finding.condition))
        fix = finding.diagnostic.fix
        if fix is None or not finding.edits:
            return
        if fix.safe in self.tried:
            self._left[fix.safe] += 1
        elif fix.safe:
            self.fixable += 1
        else:
            self.unsafely_fixable += 1

    @property
    def conditions_with_findings(self) -> int:
        """How many conditions have a finding that is shown."""
        return len(self._places)

    @property
    def not_applied(self) -> int:
        """How many fixes were tried and are not good."""
        return self._left.total()

    @property
    def not_proven(self) -> bool:
        """Whether some of these may only lack the proof that they keep every decision."""
        return self._left[True] > 0

    @property
    def findings(self) -> int:
        """All findings shown."""
        return self.severities.total()

    @property
    def failing(self) -> int:
        """The findings that make a run fail: all but those of severity info."""
        return self.findings - self.severities[Severity.INFO]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of a run beside its findings, and is whole once these have all been taken."""

    tally: Tally
    unread: Sequence[UnreadInput]


def counted(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


_UNCOUNTABLE = frozenset({Severity.SECURITY, Severity.INFO})


def summary_line(tally: Tally) -> str:
    """The last line of a report for people."""
    line = _main_part(tally)
    if tally.fixed:
        line += f"; {tally.fixed:,} fixed"
    if tally.fixable or tally.unsafely_fixable:
        line += f"; {_fixable_part(tally)}"
    if tally.not_applied:
        line += f"; {_not_applied_part(tally)}"
    if tally.hidden:
        line += f"; {tally.hidden:,} of severity info not shown"
    if tally.suppressed:
        line += f"; {tally.suppressed:,} suppressed by comments"
    if tally.known:
        line += f"; {tally.known:,} known from the baseline"
    if tally.unread:
        line += f"; {counted(tally.unread, 'input')} could not be read"
    return line


def _fixable_part(tally: Tally) -> str:
    parts = [(tally.fixable, "--fix"), (tally.unsafely_fixable, "--unsafe-fixes")]
    return "fixable: " + ", ".join(
        f"{number:,} with {option}" for number, option in parts if number
    )


def _not_applied_part(tally: Tally) -> str:
    number = tally.not_applied
    fixes, they = ("1 fix", "it") if number == 1 else (f"{number:,} fixes", "they")
    doubt = ", cannot be proven" if tally.not_proven else ""
    return (
        f"{fixes} not applied: {they} would bring other findings{doubt} or cannot be written there"
    )


def _main_part(tally: Tally) -> str:
    files = counted(tally.files, "file")
    if not tally.conditions and not tally.findings:
        return f"no conditions found in {files}"
    conditions = counted(tally.conditions, "condition") if tally.conditions else "no conditions"
    partly = f", {tally.partly_known:,} known only in part" if tally.partly_known else ""
    if not tally.findings:
        return f"no findings in {conditions}{partly}, {files}"
    findings, severities = counted(tally.findings, "finding"), _by_severity(tally)
    if tally.beside:
        return f"{findings} ({severities}), {conditions}{partly}, {files}"
    within = tally.conditions_with_findings
    return f"{findings} in {within:,} of {conditions} ({severities}){partly}, {files}"


def _by_severity(tally: Tally) -> str:
    return ", ".join(
        f"{number:,} {severity.value}"
        if severity in _UNCOUNTABLE
        else counted(number, severity.value)
        for severity in Severity
        if (number := tally.severities[severity])
    )
