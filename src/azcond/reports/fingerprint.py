"""What stays the same about a finding when lines move: for telling known findings from new ones."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256

from azcond.reports.finding import Finding

_AROUND = 80
"""How many characters of a line are looked at on each side: enough to tell places apart, and the
same however long the line is."""

_DIGITS = 32


def fingerprint(finding: Finding) -> str:
    """A hash of the code, of what the condition belongs to, and of the text there.

    The text is that of the lines on which the finding stands, as far as they belong to the
    condition, without regard to blanks. Neither the path nor the place goes in, and equal findings
    have equal fingerprints.
    """
    parts = [finding.diagnostic.code, finding.holder, _text_around(finding)]
    return hash_of(parts)


def hash_of(parts: object) -> str:
    """A hash of strings and lists of them."""
    return sha256(json.dumps(parts).encode("ascii")).hexdigest()[:_DIGITS]


def _text_around(finding: Finding) -> str:
    file, span = finding.file, finding.span
    first = file.line_span(file.line_column(span.start)[0])
    last = file.line_span(file.line_column(span.end)[0])
    around = finding.condition or (first.start, last.end)
    start = max(first.start, around[0], span.start - _AROUND)
    end = min(last.end, around[1], span.end + _AROUND)
    return " ".join(file.text[start : max(end, span.end)].split())


class Occurrences:
    """Numbers equal things, each from 1."""

    def __init__(self) -> None:
        self._counts: Counter[object] = Counter()

    def number(self, one: object) -> int:
        """How often there has been one like it, this time included."""
        self._counts[one] += 1
        return self._counts[one]
