"""Runs the parser, the checker and the rules over a text, and keeps what is worth saying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from azcond.access.filters import Filters
from azcond.access.models import RoleDefinition
from azcond.access.roles import ReadyRole
from azcond.analysis import UndecidedError
from azcond.checker import check
from azcond.checker.findings import Findings
from azcond.checker.size import check_size
from azcond.diagnostics import Diagnostic, diagnostic_at
from azcond.errors import ConditionSyntaxError
from azcond.kinds import fold
from azcond.linter.rule import Rule
from azcond.linter.rules import finding_rules
from azcond.linter.settings import DEFAULTS, Settings
from azcond.linter.silencing import without_silenced
from azcond.linter.subject import Subject
from azcond.parser import parse
from azcond.source import Source


def lint(
    text: str,
    *,
    role: RoleDefinition | ReadyRole | None = None,
    entry: int | None = None,
    settings: Settings = DEFAULTS,
) -> list[Diagnostic]:
    """The findings about a condition text, in text order; those of severity info included.

    `role` is the role of the assignment that the condition is for. For the condition inside of a
    role definition it is that role, and `entry` the 0-based permission entry that holds it.

    A text that does not parse gives its syntax errors, and that it is too long where it is; any
    other text gives what `check` and the rules find. Never raises for a text, whatever it holds;
    a rule that cannot decide within its budget finds nothing. Raises `CatalogueError` when the
    data of the catalogue is damaged.
    """
    try:
        condition = parse(text)
    except ConditionSyntaxError as error:
        findings = Findings(text)
        check_size(findings)
        return _in_order([*error.diagnostics, *findings.in_text_order()])
    known = role if role is None or isinstance(role, ReadyRole) else ReadyRole(role, Filters())
    subject = Subject(condition, known, entry, settings)
    checked = [found for found in check(condition) if not _is_known(found, subject)]
    return _in_order(without_silenced([*checked, *_apply_rules(subject)]))


def find_unread(text: str) -> tuple[Diagnostic, ...]:
    """The errors that keep a text from being parsed, and so from being linted; none for others."""
    try:
        parse(text)
    except ConditionSyntaxError as error:
        return error.diagnostics
    return ()


def _in_order(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(findings, key=lambda found: (found.span, found.code))


def _apply_rules(subject: Subject) -> Iterator[Diagnostic]:
    source = Source(subject.text)
    for rule in finding_rules():
        yield from _apply(rule, subject, source)


def _apply(rule: Rule, subject: Subject, source: Source) -> Iterator[Diagnostic]:
    """What one rule finds, each thing once; nothing more from where it cannot decide."""
    if rule.find is None:
        return
    seen = set()
    try:
        for found in rule.find(subject):
            if found.span not in seen:
                seen.add(found.span)
                span, message, advice, fix, severity = found
                severity = severity or rule.severity
                yield diagnostic_at(source, span, rule.code, severity, message, advice, fix)
    except UndecidedError:
        return


def _is_known(finding: Diagnostic, subject: Subject) -> bool:
    """Whether a finding says that something is unknown which the given roles make known."""
    written = subject.text[finding.span.start : finding.span.end]
    match finding.code:
        case "TYP111":
            return subject.settings.roles.find(written.strip("'")) is not None
        case "ACT201":
            return fold(written.strip("'")) in subject.settings.roles.named_actions
        case _:
            return False
