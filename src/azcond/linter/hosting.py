"""Runs the rules about what stands around conditions over a file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from azcond.containers import Contents, EmbeddedCondition, Host
from azcond.diagnostics import Diagnostic, diagnostic_at
from azcond.linter.host_file import HostFile
from azcond.linter.rule import Rule
from azcond.linter.rules import host_rules, rules_by_code
from azcond.linter.selection import Selection
from azcond.linter.settings import DEFAULTS, Settings
from azcond.source import Source, Span

_BY_DEFAULT = Selection()


class Around(NamedTuple):
    """Findings about what stands around conditions, and by their spans what holds the conditions:
    its kind and its title, where a finding is about that.
    """

    findings: list[Diagnostic]
    holders: Mapping[Span, tuple[str, str]]


def find_in_host(
    contents: Contents,
    source: Source,
    settings: Settings = DEFAULTS,
    selection: Selection = _BY_DEFAULT,
) -> Around:
    """The findings about what stands around the conditions of a file, in text order.

    Spans, and those of fixes, are in the text of the file, which is that of `source`. The selection
    only tells which of the rules that are off by default are to look. Never raises for a text.
    """
    if not contents.assignments and all(map(_stands_alone, contents.conditions)):
        return Around([], {})  # and no rule has to be loaded
    file = HostFile(contents, source, settings)
    rules = (r for r in host_rules() if not r.opt_in or selection.asks_for(r.code))
    found = [diagnostic for rule in rules for diagnostic in _apply(rule, file)]
    spans = {one.span for one in found}
    holders = {span: holder for span in spans if (holder := file.holder_at(span)) is not None}
    return Around(sorted(found, key=attrgetter("span", "code")), holders)


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

    That is one inside of the condition, of a rule that silences the code. `around`, in text order,
    should have only what is shown, so that nothing goes unsaid.
    """
    every = list(findings)
    explaining = find_explaining(condition, every, around)
    codes = {code for one in explaining for code in rules_by_code()[one.code].silences}
    return [one for one in every if one.code not in codes] if codes else every


def find_explaining(
    condition: EmbeddedCondition, findings: Iterable[Diagnostic], around: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """Those of `around` that explain a finding of a condition, and so matter as much as that."""
    explained = {one.code for one in findings} & _explainable() if around else set()
    if not explained:
        return []
    found = []
    for part in condition.parts:
        first = bisect_left(around, part.place.start, key=_start)
        last = bisect_right(around, part.place.end, key=_start)
        inside = around[first:last]
        found += [o for o in inside if not explained.isdisjoint(rules_by_code()[o.code].silences)]
    return found


@cache
def _explainable() -> frozenset[str]:
    return frozenset(code for rule in host_rules() for code in rule.silences)


def _start(finding: Diagnostic) -> int:
    return finding.span.start
