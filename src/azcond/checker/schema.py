"""Findings about attributes: does anyone know them, and do the guarded actions have them."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import Attribute, AttributeSource, Exists, Expression, leaves, operand_attributes
from azcond.catalogue import KnownAttribute, suggest_attribute
from azcond.checker import wording
from azcond.checker.attributes import intended_id, known_attribute
from azcond.checker.findings import Findings, unsafe_fix
from azcond.checker.scopes import Scope, find_scopes
from azcond.clauses import Clause
from azcond.diagnostics import Edit
from azcond.source import Span


def check_schema(clauses: tuple[Clause, ...], findings: Findings) -> None:
    """TYP101, TYP102, ACT210 and ACT211."""
    for clause in clauses:
        if clause.expression is not None:
            _check_clause(clause, clause.expression, findings)


def _check_clause(clause: Clause, expression: Expression, findings: Findings) -> None:
    misses = _Misses(find_scopes(clause), _tested_attributes(expression))
    failures: list[tuple[Attribute, KnownAttribute, Scope]] = []
    for attribute in _attributes(expression):
        known = known_attribute(attribute)
        if known is None:
            _report_unknown(attribute, findings)
        elif not misses.scopes:
            if attribute.source not in known.sources:
                findings.add(wording.unlisted_source(attribute.source, known), attribute.span)
        elif (scope := misses.find(attribute.source, known)) is not None:
            failures.append((attribute, known, scope))
    if failures and not _share_attributes(misses.scopes):
        span = Span(clause.targets[0].span.start, clause.targets[-1].span.end)
        findings.add(wording.no_common_attribute([s.name for s in misses.scopes]), span)
        return
    for attribute, known, scope in failures:
        _report_missing(attribute, known, scope, findings)


class _Misses:
    """Which of a clause's scopes lack an attribute, remembered for each attribute."""

    def __init__(self, scopes: list[Scope], tested: set[tuple[AttributeSource, str]]) -> None:
        self.scopes = scopes
        self._tested = tested
        self._known: dict[tuple[AttributeSource, str], Scope | None] = {}

    def find(self, source: AttributeSource, attribute: KnownAttribute) -> Scope | None:
        """The first scope without the attribute.

        An attribute that the clause also tests with Exists may be missing from some of them.
        """
        key = source, attribute.key
        if key not in self._known:
            without = [scope for scope in self.scopes if not scope.has(source, attribute)]
            is_excused = key in self._tested and len(without) < len(self.scopes)
            self._known[key] = without[0] if without and not is_excused else None
        return self._known[key]


def _attributes(expression: Expression) -> Iterator[Attribute]:
    for leaf in leaves(expression):
        yield from operand_attributes(leaf)


def _tested_attributes(expression: Expression) -> set[tuple[AttributeSource, str]]:
    tested = [leaf.attribute for leaf in leaves(expression) if isinstance(leaf, Exists)]
    return {(a.source, known.key) for a in tested if (known := known_attribute(a)) is not None}


def _share_attributes(scopes: list[Scope]) -> bool:
    """Whether several scopes have some attribute in common, as far as is known."""
    if len(scopes) == 1 or not all(scope.is_complete for scope in scopes):
        return True
    common = set(scopes[0].offered())
    for scope in scopes[1:]:
        common &= scope.offered().keys()
    return bool(common)


def _report_unknown(attribute: Attribute, findings: Findings) -> None:
    written = intended_id(attribute)
    suggestion = findings.suggest(suggest_attribute, attribute.source, written)
    fix = None
    if suggestion is not None and "<key>" not in suggestion:
        end = attribute.span.end - 1
        edit = Edit(Span(end - len(attribute.id), end), suggestion)
        fix = unsafe_fix(f"write `{suggestion}`", edit)
    message = wording.unknown_attribute(attribute.source, written, suggestion)
    findings.add(message, attribute.span, fix=fix)


def _report_missing(
    attribute: Attribute, known: KnownAttribute, scope: Scope, findings: Findings
) -> None:
    source = attribute.source
    better = next((s for s in AttributeSource if s is not source and scope.has(s, known)), None)
    if better is not None:
        start = attribute.span.start + 1
        edit = Edit(Span(start, start + len(source)), better)
        fix = unsafe_fix(f"write `@{better}`", edit)
        message = wording.wrong_source(source, known, scope.name, better)
        findings.add(message, attribute.span, fix=fix)
    elif source not in known.sources:
        findings.add(wording.wrong_source(source, known, scope.name, None), attribute.span)
    else:
        offered = scope.offered()
        counterpart = next((o for o in offered if o[1].key == known.counterpart), None)
        message = wording.not_offered(source, known, scope.name, counterpart, offered)
        findings.add(message, attribute.span)
