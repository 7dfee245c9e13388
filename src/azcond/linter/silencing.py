"""A specific finding says more than a general one, so the general one stands back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import accumulate

from azcond.diagnostics import Diagnostic
from azcond.linter.rules import finding_rules
from azcond.source import Span


@cache
def _silencers() -> dict[str, frozenset[str]]:
    """By the code of a general rule, the codes of the rules that silence it."""
    by_general: dict[str, set[str]] = {}
    for rule in finding_rules():
        for general in rule.silences:
            by_general.setdefault(general, set()).add(rule.code)
    return {general: frozenset(codes) for general, codes in by_general.items()}


def without_silenced(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings without those that a more specific one at the same place explains.

    Two places are the same when one holds the other: "this clause is always met" adds nothing to
    the finding about the comparison that makes it so.
    """
    every = list(findings)
    quiet: dict[str, _Spans] = {}
    kept = []
    for finding in every:
        specific = _silencers().get(finding.code)
        if specific is None:
            kept.append(finding)
            continue
        if finding.code not in quiet:
            quiet[finding.code] = _Spans([one.span for one in every if one.code in specific])
        if not quiet[finding.code].has_around_or_inside(finding.span):
            kept.append(finding)
    return kept


class _Spans:
    """Many spans, of which each question looks at few."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._latest = list(accumulate([span.end for span in ordered], max))
        self._earliest = list(accumulate([span.end for span in reversed(ordered)], min))[::-1]

    def has_around_or_inside(self, span: Span) -> bool:
        """Whether one of the spans holds the given one, or is held by it."""
        before = bisect_right(self._starts, span.start)
        if before and self._latest[before - 1] >= span.end:
            return True
        after = bisect_left(self._starts, span.start)
        return after < len(self._starts) and self._earliest[after] <= span.end
