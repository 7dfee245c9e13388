"""Findings about the parts of a comparison: its relation, quantifier and operands."""

from __future__ import annotations

from typing import assert_never

from azcond.ast import Attribute, Comparison, Literal, Operand, SetLiteral
from azcond.catalogue import KnownAttribute
from azcond.checker import wording
from azcond.checker.attributes import known_attribute
from azcond.checker.findings import Findings, safe_fix, unsafe_fix
from azcond.checker.literals import check_literals, could_be
from azcond.diagnostics import Edit, Fix, Severity
from azcond.kinds import Kind
from azcond.operators import (
    EQUAL,
    LIKE,
    NOT_EQUAL,
    NOT_LIKE,
    RELATIONS,
    Predicate,
    Relation,
    has_escape,
    has_wildcard,
    relation_named,
)
from azcond.source import Span


def check_comparison(comparison: Comparison, findings: Findings) -> None:
    """TYP103 to TYP115 for one comparison; what an earlier finding explains is left out."""
    _check_sides(comparison, findings)
    _check_quantifier(comparison, findings)
    attributes = known_attribute(comparison.left), known_attribute(comparison.right)
    for attribute in attributes:
        if attribute is not None and comparison.operator.relation.kind not in attribute.kinds:
            _report_relation(comparison, attribute, findings)
            return
    for operand, opposite in zip(
        (comparison.left, comparison.right), attributes[::-1], strict=True
    ):
        check_literals(operand, comparison.operator.relation, opposite, findings)
    if comparison.operator.relation.kind is Kind.STRING:
        _check_wildcards(comparison, findings)


def _check_sides(comparison: Comparison, findings: Findings) -> None:
    if isinstance(comparison.left, Attribute):
        return
    if isinstance(comparison.right, Attribute):
        findings.add(wording.literal_on_the_left(), comparison.left.span)
    else:
        findings.add(wording.only_literals(), comparison.left.span)


def _check_quantifier(comparison: Comparison, findings: Findings) -> None:
    quantifier = comparison.operator.quantifier
    for operand in (comparison.right, comparison.left):
        if quantifier is None and isinstance(operand, SetLiteral):
            _report_set(comparison, operand, findings)
            return
        if quantifier is not None and isinstance(operand, Literal):
            start, end = operand.span
            braces = Edit(Span(start, start), "{"), Edit(Span(end, end), "}")
            fix = safe_fix("add the braces", *braces)
            findings.add(wording.quantified_scalar(quantifier.name), operand.span, fix=fix)
            return


def _report_set(comparison: Comparison, operand: SetLiteral, findings: Findings) -> None:
    relation, span = comparison.operator.relation, operand.span
    if len(operand.items) == 1:
        inner = operand.items[0].span
        opener, closer = Span(span.start, inner.start), Span(inner.end, span.end)
        edits = findings.replace(opener, ""), findings.replace(closer, "")
        fix = safe_fix("remove the braces", *edits)
        message = wording.set_of_one(relation.name)
        findings.add(message, span, severity=Severity.WARNING, fix=fix)
        return
    quantifier = None
    if relation.quantifiable:
        quantifier = "ForAnyOfAllValues" if relation.is_negative else "ForAnyOfAnyValues"
    findings.add(
        wording.set_without_quantifier(relation.name, quantifier, negative=relation.is_negative),
        span,
        fix=_quantify(comparison, quantifier),
    )


def _quantify(comparison: Comparison, quantifier: str | None) -> Fix | None:
    if quantifier is None:
        return None
    start = comparison.operator.span.start
    edit = Edit(Span(start, start), f"{quantifier}:")
    make = safe_fix if comparison.operator.relation.predicate in (EQUAL, LIKE) else unsafe_fix
    return make(f"write `{quantifier}:` before it", edit)


def _report_relation(comparison: Comparison, attribute: KnownAttribute, findings: Findings) -> None:
    better = _counterpart(comparison, attribute)
    fix = None if better is None else _replace_relation(comparison, better)
    message = wording.wrong_relation(
        comparison.operator.relation.name, attribute, better.name if better else None
    )
    findings.add(message, comparison.operator.span, fix=fix)


_PREFIXES = {
    Kind.STRING: "String",
    Kind.INTEGER: "Numeric",
    Kind.BOOLEAN: "Bool",
    Kind.DATETIME: "DateTime",
    Kind.GUID: "Guid",
}


def _counterpart(comparison: Comparison, attribute: KnownAttribute) -> Relation | None:
    """The relation that tests the same on the attribute's type, where the other side fits it."""
    relation = comparison.operator.relation
    if len(attribute.kinds) > 1:
        return None
    test = relation.name.removeprefix(_PREFIXES[relation.kind]).removesuffix("IgnoreCase")
    better = relation_named(_PREFIXES[attribute.kinds[0]] + test)
    if better is None or (comparison.operator.quantifier and not better.quantifiable):
        return None
    sides = comparison.left, comparison.right
    return better if all(_fits(side, better.kind) for side in sides) else None


def _fits(operand: Operand, kind: Kind) -> bool:
    known = known_attribute(operand)
    if known is not None and kind not in known.kinds:
        return False
    return all(could_be(item, kind) for item in _items(operand))


def _replace_relation(comparison: Comparison, better: Relation) -> Fix:
    return unsafe_fix(f"write `{better.name}`", _relation_edit(comparison, better))


def _relation_edit(comparison: Comparison, better: Relation) -> Edit:
    operator = comparison.operator
    end = operator.span.end
    return Edit(Span(end - len(operator.relation.name), end), better.name)


def _check_wildcards(comparison: Comparison, findings: Findings) -> None:
    """TYP112 at the first literal with a wildcard, TYP113 at a relation without any."""
    patterns = [item for item in _items(comparison.right) if item.kind is Kind.STRING]
    if not patterns:
        return
    relation = comparison.operator.relation
    is_pattern = relation.predicate in (LIKE, NOT_LIKE)
    with_wildcard = next((item for item in patterns if has_wildcard(str(item.value))), None)
    if not is_pattern and with_wildcard is not None:
        better = _sibling(relation, NOT_LIKE if relation.is_negative else LIKE)
        message = wording.literal_wildcard(relation.name, better.name)
        findings.add(message, with_wildcard.span, fix=_replace_relation(comparison, better))
    if is_pattern and with_wildcard is None:
        better = _sibling(relation, NOT_EQUAL if relation.is_negative else EQUAL)
        is_plain = not any(has_escape(str(item.value)) for item in patterns)
        edit = _relation_edit(comparison, better)
        fix = safe_fix(f"write `{better.name}`", edit) if is_plain else None
        message = wording.like_without_wildcard(relation.name, better.name)
        findings.add(message, comparison.operator.span, fix=fix)


def _items(operand: Operand) -> tuple[Literal, ...]:
    match operand:
        case Literal():
            return (operand,)
        case SetLiteral():
            return operand.items
        case Attribute():
            return ()
        case _:
            assert_never(operand)


def _sibling(relation: Relation, predicate: Predicate) -> Relation:
    """The relation of the same family and case that makes another test."""
    return next(
        row
        for row in RELATIONS
        if row.kind is relation.kind
        and row.predicate is predicate
        and row.ignore_case is relation.ignore_case
    )
