"""The one shape of every finding: parser, checker and linter all report `Diagnostic`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from azcond._dataclasses import dataclass

if TYPE_CHECKING:
    from azcond.source import Source, Span


class Severity(StrEnum):
    """How much a finding matters; the order of the members is most severe first."""

    ERROR = "error"
    SECURITY = "security"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters of `span` by `replacement`."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a finding. A safe fix keeps every decision of a text that Azure accepts."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about a condition text.

    `span` is in characters of that text; `line` and `column` are 1-based and derived from it.
    `message` says what is wrong and `help`, where there is one, what to write instead.
    """

    code: str
    severity: Severity
    message: str
    span: Span
    line: int
    column: int
    help: str | None = None
    fix: Fix | None = None


def diagnostic_at(
    source: Source,
    span: Span,
    code: str,
    severity: Severity,
    message: str,
    help: str | None = None,
    fix: Fix | None = None,
) -> Diagnostic:
    """A `Diagnostic` with line and column computed from its span."""
    line, column = source.line_column(span.start)
    return Diagnostic(code, severity, message, span, line, column, help, fix)
