"""Applies fixes, and nothing that does not make things better.

A fix is tried on a copy of the text. It stays when the copy lints better than the text did, still
parses if the text did, and, for a safe fix to a text that Azure accepts, decides every request as
the text does. Because every step makes the findings fewer or less severe, there is an end, and
fixing what came out changes nothing.
"""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Callable, Iterable, Sequence

from azcond._dataclasses import dataclass
from azcond.access.models import RoleDefinition
from azcond.access.roles import ReadyRole
from azcond.analysis import Budget, UndecidedError, keeps_decisions
from azcond.codes import CODES
from azcond.diagnostics import Diagnostic, Edit, Severity
from azcond.errors import ConditionSyntaxError
from azcond.linter.engine import lint
from azcond.linter.selection import Selection
from azcond.linter.settings import DEFAULTS, Settings
from azcond.parser import parse
from azcond.source import Span

_MAX_TRIALS = 200
"""How many changed texts are looked at; hundreds of fixes together are one of them."""

_PROOF_STEPS = 500_000
"""The budget of one proof that a fix keeps every decision."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text after fixing, and how many fixes are in it."""

    text: str
    count: int


def fix(
    text: str,
    *,
    unsafe: bool = False,
    role: RoleDefinition | ReadyRole | None = None,
    entry: int | None = None,
    settings: Settings = DEFAULTS,
) -> str:
    """The text with the fixes applied that its findings offer, those of severity info aside.

    Safe fixes keep every decision of a text that Azure accepts, or make one out of a text that it
    refuses; with `unsafe` also those that may change the meaning are applied. Fixing the result
    again changes nothing. A text that parses still parses. Never raises for a text, whatever it
    holds. The other arguments are those of `lint`.
    """

    def look(changed: str) -> list[Diagnostic]:
        return lint(changed, role=role, entry=entry, settings=settings)

    return apply_fixes(text, look, Selection(), unsafe=unsafe).text


def _itself(text: str) -> Sequence[str]:
    return (text,)


def apply_fixes(
    text: str,
    look: Callable[[str], list[Diagnostic]],
    selection: Selection,
    *,
    unsafe: bool = False,
    readings: Callable[[str], Sequence[str]] = _itself,
) -> Fixed:
    """Fix a text, where `look` lints one; only findings of the selection are fixed.

    `readings` gives the conditions that a text may be, as many for every text: a fix has to be one
    for each of them.
    """
    trial = _Trial(text, look, selection, readings)
    moved = True
    while moved:
        moved = False
        for group in _groups(trial.findings, unsafe=unsafe):
            if trial.advance(group):
                moved = True
                break  # what is left of the other groups stands elsewhere now
    return Fixed(trial.text, trial.count)


class _Trial:
    """A text on its way, and what was found in it."""

    def __init__(
        self,
        text: str,
        look: Callable[[str], list[Diagnostic]],
        selection: Selection,
        readings: Callable[[str], Sequence[str]],
    ) -> None:
        self.text = text
        self.count = 0
        self._look = look
        self._readings = readings
        self._selection = selection
        self._trials_left = _MAX_TRIALS
        self.findings, self._score = self._examine(text)

    def advance(self, group: _Group) -> bool:
        """Apply as many fixes of a group as can be together; whether there were any."""
        pending = [without_overlaps(group.findings)]
        while pending:
            chosen = pending.pop()
            if not self._trials_left:
                return False
            if self._accept(chosen, group):
                return True
            if len(chosen) > 1:
                middle = len(chosen) // 2
                pending += (chosen[middle:], chosen[:middle])
        return False

    def _accept(self, chosen: list[Diagnostic], group: _Group) -> bool:
        self._trials_left -= 1
        changed = _changed(self.text, chosen)
        if changed == self.text or not self._is_possible(changed, group):
            return False
        findings, score = self._examine(changed)
        if score >= self._score:
            return False
        self.text, self.count = changed, self.count + len(chosen)
        self.findings, self._score = findings, score
        return True

    def _is_possible(self, changed: str, group: _Group) -> bool:
        """Whether a changed text still parses if the text does, and is proven where it must be."""
        return all(
            (not _parses(one) or _parses(other)) and (not group.needs_proof or _is_same(one, other))
            for one, other in zip(self._readings(self.text), self._readings(changed), strict=True)
        )

    def _examine(self, text: str) -> tuple[list[Diagnostic], tuple[int, ...]]:
        """The findings to mend, and how bad the text is, worst first.

        Errors count whether they are selected or not: no fix may bring one in.
        """
        every = self._look(text)
        shown = self._selection.apply(every)
        syntax = sum(_is_refused(one) and one.code.startswith("SYN") for one in every)
        errors = sum(one.severity is Severity.ERROR for one in every)
        return shown, (syntax, errors, *(_count(shown, severity) for severity in Severity))


@dataclass(frozen=True, slots=True)
class _Group:
    """Findings whose fixes can be tried together."""

    findings: list[Diagnostic]
    needs_proof: bool


def _groups(findings: Iterable[Diagnostic], *, unsafe: bool) -> list[_Group]:
    """The findings with a fix: those that Azure refuses, then safe ones, then unsafe ones."""
    refused, safe, other = [], [], []
    for finding in findings:
        if finding.fix is None:
            continue
        if not finding.fix.safe:
            other.append(finding)
        elif _is_refused(finding):
            refused.append(finding)
        else:
            safe.append(finding)
    groups = [_Group(refused, needs_proof=False), _Group(safe, needs_proof=True)]
    if unsafe:
        groups.append(_Group(other, needs_proof=False))
    return [group for group in groups if group.findings]


def _is_refused(finding: Diagnostic) -> bool:
    """Whether a finding is a reason for Azure to refuse the text."""
    row = CODES.get(finding.code)
    return row is not None and finding.severity is row.severity is Severity.ERROR


def without_overlaps(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """As many as can be applied together, from the first on; neighbours are kept apart too."""
    chosen: list[Diagnostic] = []
    taken: list[Span] = []
    for finding in findings:
        spans = [edit.span for edit in _edits(finding)]
        if not any(_touches(span, taken) for span in spans):
            chosen.append(finding)
            for span in spans:
                insort(taken, span)
    return chosen


def _touches(span: Span, taken: list[Span]) -> bool:
    """Whether a span touches one of those taken, which are in order and apart."""
    at = bisect(taken, span)
    neighbours = taken[max(0, at - 1) : at + 1]
    return any(span.start <= one.end and one.start <= span.end for one in neighbours)


def _edits(finding: Diagnostic) -> tuple[Edit, ...]:
    return finding.fix.edits if finding.fix is not None else ()


def _changed(text: str, findings: Iterable[Diagnostic]) -> str:
    """The text with the fixes of the findings."""
    edits = sorted((e for f in findings for e in _edits(f)), key=lambda edit: edit.span)
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.span.start], edit.replacement)
        at = edit.span.end
    return "".join([*parts, text[at:]])


def _parses(text: str) -> bool:
    try:
        parse(text)
    except ConditionSyntaxError:
        return False
    return True


def _is_same(text: str, changed: str) -> bool:
    """Whether two texts are proven to decide every request alike."""
    try:
        one, other = parse(text).ast, parse(changed).ast
        return one == other or keeps_decisions(one, other, Budget(_PROOF_STEPS))
    except (ConditionSyntaxError, UndecidedError):
        return False


def _count(findings: Iterable[Diagnostic], severity: Severity) -> int:
    return sum(finding.severity is severity for finding in findings)
