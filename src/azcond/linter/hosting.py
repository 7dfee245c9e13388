"""Runs the rules about what stands around conditions over a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from azcond.containers import Contents, EmbeddedCondition, Host
from azcond.diagnostics import Diagnostic, diagnostic_at
from azcond.linter.host_file import HostFile
from azcond.linter.rule import Rule
from azcond.linter.rules import host_rules
from azcond.linter.selection import Selection
from azcond.linter.settings import DEFAULTS, Settings
from azcond.linter.silencing import Spans
from azcond.source import Source, Span

_BY_DEFAULT = Selection()


def find_in_host(
    contents: Contents,
    source: Source,
    settings: Settings = DEFAULTS,
    selection: Selection = _BY_DEFAULT,
) -> list[Diagnostic]:
    """The findings about what stands around the conditions of a file, in text order.

    Spans, and those of fixes, are in the text of the file, which is that of `source`. The selection
    only tells which of the rules that are off by default are to look. Never raises for a text.
    """
    if not contents.assignments and all(map(_stands_alone, contents.conditions)):
        return []  # and no rule has to be loaded
    file = HostFile(contents, source, settings)
    rules = (r for r in host_rules() if not r.opt_in or selection.asks_for(r.code))
    found = [diagnostic for rule in rules for diagnostic in _apply(rule, file)]
    return sorted(found, key=attrgetter("span", "code"))


def _stands_alone(condition: EmbeddedCondition) -> bool:
    return condition.host is Host.CONDITION


def _apply(rule: Rule, file: HostFile) -> Iterator[Diagnostic]:
    """What one rule finds, each thing once."""
    if rule.find_in_file is None:
        return
    seen = set()
    for span, message, advice, fix, severity in rule.find_in_file(file):
        if (span, message) not in seen:
            seen.add((span, message))
            severity = severity or rule.severity  # noqa: PLW2901  # its default
            yield diagnostic_at(file.source, span, rule.code, severity, message, advice, fix)


def without_explained(
    condition: EmbeddedCondition, findings: Iterable[Diagnostic], around: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """The findings of a condition without those that a finding about the file around it explains.

    That is one of a rule that silences the code, where one of the two places holds the other.
    `around` should have only what is shown, so that nothing goes unsaid.
    """
    if not around:
        return list(findings)
    places: dict[str, list[Span]] = {}
    for rule in host_rules():
        for code in rule.silences:
            places.setdefault(code, []).extend(o.span for o in around if o.code == rule.code)
    explained = {code: Spans(spans) for code, spans in places.items() if spans}
    return [
        one
        for one in findings
        if one.code not in explained
        or not explained[one.code].has_around_or_inside(condition.span_in_file(one.span))
    ]
