"""Lints conditions that a file tells only in part.

A finding is kept when it stands under every filling of the holes, at the same place outside of
them. So nothing is reported that a hole alone brings about, and nothing that a hole may mend.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from azcond._dataclasses import replace
from azcond.access.known import BUILT_IN, KnownRoles
from azcond.checker.findings import Findings
from azcond.checker.size import check_size
from azcond.containers import EmbeddedCondition
from azcond.diagnostics import Diagnostic, Fix, Severity
from azcond.linter.engine import find_unread
from azcond.linter.holes.filled import Filled
from azcond.linter.holes.fillings import DECIDING, EXPRESSIONS, Filler, Filling, Trial
from azcond.linter.holes.places import Form, Leaf, Position
from azcond.linter.holes.reading import find_places
from azcond.linter.holes.samples import MARK
from azcond.linter.holes.tokens import Kind
from azcond.linter.host_rules.unresolved import report_hole, report_unchecked
from azcond.linter.rules import rules_by_code
from azcond.source import Source, Span

_SAYING_NOTHING = frozenset({Kind.HOLE, Kind.OPENER, Kind.CLOSER, Kind.END})

Look = Callable[[str], list[Diagnostic]]
"""Gives the findings of a text."""

_OF_THE_WHOLE = frozenset({"STY501", "STY504", "LIM601", "LIM603"})
"""Findings that hang on every character of a text, or of the set they are about."""

_OF_WHAT_IS_AROUND = frozenset({"COR406", "COR407", "COR408", "STY505"})
"""Findings that something else in the expression around settles."""

_OF_A_VALUE = frozenset(
    {"TYP103", "TYP104", "TYP105", "TYP106", "TYP107", "TYP110", "TYP111"}
    | {"ACT201", "ACT202", "ACT203", "ACT204", "ACT216"}
)
"""Findings about a value as a whole, of which nobody knows a part."""

_OF_GUARDS = frozenset({"TYP102", "ACT210", "ACT211"})
"""Findings that hang on every action of a guard: one more makes one of them of another."""

_OF_ONE_TOKEN = frozenset({"STY503", "TYP101"})
"""Findings about a token by itself, as syntax errors are, too."""

_BY_MEANING = frozenset(
    {"COR401", "COR402", "COR403", "COR405", "COR409", "COR410", "COR416", "STY507"}
)
"""Findings about what several leaves come to together."""

_OF_ONE_LEAF = frozenset({"COR401", "COR402"})
"""Those of them that are about a leaf by itself where they are inside of one."""

_AT_THE_FIRST = frozenset({"SEC302", "LIM604", "LIM608"})
"""Findings reported once, at the first of several places that have them."""

_OF_STRUCTURE = frozenset({"SYN001", "SYN002", "SYN011", "SYN012"})
"""Syntax errors that a hole among the tokens can bring about, or mend."""

_COMPARING = frozenset({Position.HEAD, Position.TAIL, Position.OPERATOR, Position.QUANTIFIER})
"""Positions of holes that decide what the operands of a leaf have to be."""

_BETWEEN_LEAVES = EXPRESSIONS | {Position.PREFIX, Position.SUFFIX, Position.CONNECTIVE}
"""Positions of holes that may stand for any expression."""

_DELIMITED = frozenset({Position.TEXT, Position.KEY, Position.MEMBER})
"""Positions of holes that have no part in the structure around them."""


def look_partly(
    condition: EmbeddedCondition, look: Look, roles: KnownRoles = BUILT_IN
) -> list[Diagnostic]:
    """The findings about a condition with holes that stand whatever is in these, in text order.

    `look` lints a text, and `roles` are those that it knows. Each hole is reported as IAC701; where
    no filling gives a condition, and nothing outside of the holes is wrong for certain, it says
    that nobody can check the text. Spans are in the text of the condition. Fixes are kept where
    they are the same under every filling and touch no hole. Never raises for a text.
    """
    text, holes = condition.text, condition.holes
    expressions = [hole.expression for hole in holes]
    source = Source(text)
    if any(hole.span.start == hole.span.end for hole in holes):
        return [report_unchecked(source, hole.span, hole.expression) for hole in holes]
    found = look_into(text, [hole.span for hole in holes], expressions, look, roles)
    report = report_hole if found is not None else report_unchecked
    named = [report(source, hole.span, hole.expression) for hole in holes]
    return sorted([*named, *(found or ())], key=lambda one: (one.span, one.code))


def look_into(
    text: str, holes: Sequence[Span], expressions: Sequence[str], look: Look, roles: KnownRoles
) -> list[Diagnostic] | None:
    """The findings that stand for every filling; nothing where that cannot be told."""
    form = find_places(text, holes)
    if all(token.kind in _SAYING_NOTHING for token in form.tokens):
        return None
    filler = Filler(form, expressions, roles.granting)
    every = [Filled(text, filler.concrete(trial)) for trial in Trial]
    parsing = [filled for filled in every if not find_unread(filled.text)]
    trials = [_Looked(filled, look) for filled in parsing or every]
    known, source = _Known(form), Source(text)
    kept = list(_standing(trials, known, source))
    if not parsing:
        return [one for one in kept if known.is_certain(one)] or None
    if any(one.code in _BY_MEANING for one in kept):
        abstract = _Looked(Filled(text, filler.abstract()), look)
        kept = [one for one in kept if _is_logical(one, abstract, known)]
    return [*kept, *_size(text, holes, source)]


class _Looked:
    """What is found in one filled text: what stands outside of fillings, by code and place."""

    def __init__(self, filled: Filled, look: Look) -> None:
        self.filled = filled
        self.found: dict[tuple[str, Span], Diagnostic] = {}
        self.inside: set[str] = set()
        for finding in look(filled.text):
            place = filled.place_of(finding.span)
            if place is None:
                self.inside.add(finding.code)
            else:
                self.found.setdefault((finding.code, place), finding)

    def is_silent_about(self, code: str, place: Span) -> bool:
        """Whether the trial says nothing of a place, or has the finding somewhere inside."""
        moved = code in _AT_THE_FIRST and code in self.inside
        return moved or self.filled.is_covered(place)


class _Known:
    """What of a condition is known: the tokens and the leaves with holes, in text order."""

    def __init__(self, form: Form) -> None:
        self._positions: dict[Span, set[Position]] = {}
        for place in form.places:
            self._positions.setdefault(place.token, set()).add(place.position)
        self._tokens = sorted(self._positions)
        self._leaves = sorted({place.leaf.span for place in form.places if place.leaf is not None})
        self._undecided = sorted(_undecided_leaves(form))
        self._all_positions = {place.position for place in form.places}
        self._has_tests = any(
            place.position is Position.TARGET or _tests_action(place.leaf) for place in form.places
        )
        self._has_clauses = not self._all_positions.isdisjoint(DECIDING | _BETWEEN_LEAVES)

    def can_tell(self, code: str, place: Span) -> bool:
        """Whether what is said of a place by every filling can be said of it."""
        if code in _OF_THE_WHOLE or (code in _OF_WHAT_IS_AROUND and self._has_clauses):
            return False
        if code in _OF_GUARDS and self._has_tests:
            return False
        if _around(self._undecided, place) is not None:
            return code in _OF_ONE_TOKEN or code.startswith("SYN")
        token = _around(self._tokens, place)
        if token is None:
            return True
        if not self._positions[token].isdisjoint(DECIDING):
            return False
        return code not in _OF_A_VALUE

    def is_in_leaf(self, place: Span) -> bool:
        """Whether a place is in a leaf that has a hole."""
        return _around(self._leaves, place) is not None

    def is_certain(self, finding: Diagnostic) -> bool:
        """Whether an error of a text that no filling makes a condition is one whatever is there."""
        if Position.FRAGMENT in self._all_positions:
            return False
        return self._all_positions <= _DELIMITED or finding.code not in _OF_STRUCTURE


def _tests_action(leaf: Leaf | None) -> bool:
    return leaf is not None and leaf.function not in {"", "exists"}


def _undecided_leaves(form: Form) -> Iterator[Span]:
    """The leaves with holes that decide what the rest of the leaf has to be."""
    positions: dict[int, set[Position]] = {}
    leaves = {id(place.leaf): place.leaf for place in form.places if place.leaf is not None}
    for place in form.places:
        positions.setdefault(id(place.leaf), set()).add(place.position)
    for key, leaf in leaves.items():
        found = positions[key]
        is_open = leaf.left_is_open or (Position.VALUE in found and not leaf.attribute)
        if is_open or found & _COMPARING or (found & DECIDING and found - DECIDING):
            yield leaf.span


def _around(spans: Sequence[Span], place: Span) -> Span | None:
    """The one of some spans, apart and in order, that a place is in."""
    at = bisect_right(spans, (place.start, sys.maxsize)) - 1
    return spans[at] if at >= 0 and place.end <= spans[at].end else None


def _standing(trials: Sequence[_Looked], known: _Known, source: Source) -> Iterator[Diagnostic]:
    """The findings that every trial has which can tell."""
    for key in dict.fromkeys(key for trial in trials for key in trial.found):
        code, place = key
        telling = [trial for trial in trials if not trial.is_silent_about(code, place)]
        if telling and all(key in t.found for t in telling) and known.can_tell(code, place):
            same = [(trial.found[key], trial.filled) for trial in telling]
            yield _in_common(same, place, source)


def _in_common(
    same: Sequence[tuple[Diagnostic, Filled]], place: Span, source: Source
) -> Diagnostic:
    """What trials say alike of a place; of what they say otherwise, that it is so."""
    findings = [finding for finding, _ in same]
    first = findings[0]
    severity = max((one.severity for one in findings), key=list(Severity).index)
    line, column = source.line_column(place.start)
    is_same = len({one.message for one in findings}) == 1 and MARK not in first.message
    message = first.message if is_same else rules_by_code()[first.code].title
    advice = first.help if len({one.help for one in findings}) == 1 else None
    if advice is not None and MARK in advice:
        advice = None
    fixes = {_moved(finding.fix, filled) for finding, filled in same}
    fix = fixes.pop() if len(fixes) == 1 else None
    return Diagnostic(first.code, severity, message, place, line, column, advice, fix)


def _moved(fix: Fix | None, filled: Filled) -> Fix | None:
    """A fix in the condition; nothing where it touches a hole or writes what was made up."""
    edits = [filled.edit_of(edit) for edit in fix.edits] if fix is not None else []
    known = tuple([edit for edit in edits if edit is not None and MARK not in edit.replacement])
    if fix is None or len(known) != len(edits):
        return None
    return replace(fix, edits=known)


def _is_logical(finding: Diagnostic, abstract: _Looked, known: _Known) -> bool:
    """Whether a finding does not follow from what the leaves with holes ask for just now."""
    if finding.code not in _BY_MEANING:
        return True
    if known.is_in_leaf(finding.span):
        return finding.code in _OF_ONE_LEAF
    return (finding.code, finding.span) in abstract.found


def _size(text: str, holes: Sequence[Span], source: Source) -> Iterator[Diagnostic]:
    """LIM601 where a condition is too long even without what is in its holes."""
    without = Filled(text, [Filling(hole, "") for hole in holes])
    findings = Findings(without.text)
    check_size(findings)
    for found in findings.in_text_order():
        span = without.place_of(found.span) or Span(0, len(text))
        line, column = source.line_column(span.start)
        message = f"{found.message}, what is not known aside"
        yield replace(found, message=message, span=span, line=line, column=column)
