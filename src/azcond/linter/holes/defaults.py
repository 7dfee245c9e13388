"""Lints conditions that a file tells only in part as they are with the defaults that it gives.

Whoever deploys the file may give other values, so what is found that way is said to be found with
the default, and is no error of syntax. It has no fix: the default is not for this condition alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from azcond._dataclasses import replace
from azcond.access.known import KnownRoles
from azcond.containers import EmbeddedCondition, Hole
from azcond.diagnostics import Diagnostic, Severity
from azcond.linter.holes.filled import Filled
from azcond.linter.holes.fillings import Filling
from azcond.linter.holes.looking import Look, look_into
from azcond.linter.showing import shown
from azcond.source import Source, Span


def look_with_defaults(
    condition: EmbeddedCondition, found: Sequence[Diagnostic], look: Look, roles: KnownRoles
) -> list[Diagnostic]:
    """The findings about a condition with holes, in text order: those found whatever stands there,
    and those that holes with a default bring about. `look` lints a text.
    """
    known = [hole for hole in condition.holes if hole.default is not None]
    if not known or not _outside(condition).strip("() \t\r\n"):
        return list(found)  # a default that is a whole condition is looked at by itself
    filled = Filled(condition.text, [Filling(one.span, one.default or "") for one in known])
    others = [hole for hole in condition.holes if hole.default is None]
    spans = list(_moved(condition, filled.text))
    expressions = [hole.expression for hole in others]
    every = look_into(filled.text, spans, expressions, look, roles) if others else look(filled.text)
    more = _brought_about(every or (), filled, known, found, Source(condition.text))
    return sorted([*found, *more], key=lambda one: (one.span, one.code))


def _outside(condition: EmbeddedCondition) -> str:
    """What of a condition is in no hole."""
    return Filled(condition.text, [Filling(hole.span, "") for hole in condition.holes]).text


def _moved(condition: EmbeddedCondition, filled: str) -> Iterator[Span]:
    """Where the holes without a default are when the others are filled."""
    shift = 0
    for hole in condition.holes:
        start, end = hole.span
        if hole.default is None:
            yield Span(start + shift, end + shift)
        else:
            shift += len(hole.default) - (end - start)
    assert len(filled) == len(condition.text) + shift


def _brought_about(
    every: Iterable[Diagnostic],
    filled: Filled,
    holes: Sequence[Hole],
    found: Iterable[Diagnostic],
    source: Source,
) -> Iterator[Diagnostic]:
    """Those findings about a filled text that are about a filling and that are not known."""
    known = {(one.code, one.span) for one in found}
    for one in every:
        place = filled.around(one.span)
        hole = next((hole for hole in holes if _overlap(hole.span, place)), None)
        is_meant = one.severity is not Severity.INFO and not one.code.startswith("SYN")
        if hole is None or not is_meant or (one.code, place) in known:
            continue
        line, column = source.line_column(hole.span.start)
        message = f"{one.message}, with the default in {shown(hole.expression)}"
        yield replace(one, message=message, span=hole.span, line=line, column=column, fix=None)
        known.add((one.code, place))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
