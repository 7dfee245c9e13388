"""What reports take: findings with their place in a file, and the counts of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from azcond.diagnostics import Diagnostic, Severity
from azcond.source import Source, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic of a condition, and where it stands in the file that holds the condition.

    `span` and `condition` (the extent of the whole condition) are in the text of `file`; `holder`
    is the kind (`role`, `assignment`, `object`) and the name of what it belongs to, if anything.
    """

    path: str
    file: Source
    span: Span
    condition: Span
    holder: tuple[str, str] | None
    diagnostic: Diagnostic

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


@dataclass(slots=True)
class Tally:
    """The counts of a run.

    `hidden` findings are of severity info and were not asked for. `fixed` findings were mended;
    `fixable` and `unsafely_fixable` ones can be.
    """

    files: int = 0
    conditions: int = 0
    conditions_with_findings: int = 0
    hidden: int = 0
    unread: int = 0
    fixed: int = 0
    fixable: int = 0
    unsafely_fixable: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)

    def count(self, findings: Sequence[Finding], *, mendable: bool = False) -> None:
        """Count one condition with its findings; `mendable` if fixes can be applied there."""
        fixes = [one.diagnostic.fix for one in findings if one.diagnostic.fix] if mendable else []
        self.fixable += sum(fix.safe for fix in fixes)
        self.unsafely_fixable += sum(not fix.safe for fix in fixes)
        self.conditions += 1
        self.conditions_with_findings += bool(findings)
        self.severities.update(finding.diagnostic.severity for finding in findings)

    @property
    def findings(self) -> int:
        """All findings shown."""
        return self.severities.total()

    @property
    def failing(self) -> int:
        """The findings that make a run fail: all but those of severity info."""
        return self.findings - self.severities[Severity.INFO]


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
    if tally.hidden:
        line += f"; {tally.hidden:,} of severity info not shown"
    if tally.unread:
        line += f"; {counted(tally.unread, 'input')} could not be read"
    return line


def _fixable_part(tally: Tally) -> str:
    parts = [(tally.fixable, "--fix"), (tally.unsafely_fixable, "--unsafe-fixes")]
    return "fixable: " + ", ".join(
        f"{number:,} with {option}" for number, option in parts if number
    )


def _main_part(tally: Tally) -> str:
    files = counted(tally.files, "file")
    if not tally.conditions:
        return f"no conditions found in {files}"
    if not tally.findings:
        return f"no findings in {counted(tally.conditions, 'condition')}, {files}"
    severities = ", ".join(
        f"{number:,} {severity.value}"
        if severity in _UNCOUNTABLE
        else counted(number, severity.value)
        for severity in Severity
        if (number := tally.severities[severity])
    )
    return (
        f"{counted(tally.findings, 'finding')} in {tally.conditions_with_findings:,} of "
        f"{counted(tally.conditions, 'condition')} ({severities}), {files}"
    )
