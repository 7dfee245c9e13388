"""Findings about literals: do they fit the relation, and can the attribute have them."""

from __future__ import annotations

import re
from itertools import pairwise

from azcond.ast import Attribute, Literal, Operand, SetLiteral
from azcond.catalogue import (
    KnownAttribute,
    role_guid,
    role_name,
    suggest_role,
    suggest_value,
)
from azcond.checker import wording
from azcond.checker.findings import Findings, safe_fix, unsafe_fix
from azcond.diagnostics import Edit, Fix, Severity
from azcond.kinds import Kind, datetime_value, fold, guid_value
from azcond.operators import EQUAL, NOT_EQUAL, Relation
from azcond.source import Span

_ROLE = "role-definition-id"

_INTEGER = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_GUID_CHARACTERS = re.compile(r"[0-9a-fA-F(){}\s-]+")
_GUID_AT_END = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/?$")


def check_literals(
    operand: Operand, relation: Relation, opposite: KnownAttribute | None, findings: Findings
) -> None:
    """TYP103 to TYP107, TYP110, TYP111 and TYP115 for the literals of one operand.

    `opposite` is the attribute that they are compared with, if the catalogue knows it.
    """
    if isinstance(operand, Attribute):
        return
    items = operand.items if isinstance(operand, SetLiteral) else (operand,)
    expected = _written_kind(relation.kind)
    foreign = next((item for item in items if not could_be(item, relation.kind)), None)
    if foreign is not None:
        _report_foreign(operand, items, foreign, relation, findings)
        return
    for item in items:
        if item.kind is not expected:
            _report_attempt(item, relation.kind, opposite, findings)
        else:
            _check_value(item, relation, opposite, findings)


def could_be(item: Literal, kind: Kind) -> bool:
    """Whether a literal is, or was probably meant as, a value of that kind."""
    return item.kind is _written_kind(kind) or _is_attempt(item, kind)


def _written_kind(kind: Kind) -> Kind:
    return Kind.STRING if kind is Kind.DATETIME else kind


def _is_attempt(item: Literal, kind: Kind) -> bool:
    """Whether a string was probably meant as a value of that kind."""
    if item.kind is not Kind.STRING:
        return False
    text = str(item.value)
    match kind:
        case Kind.BOOLEAN:
            return text.lower() in ("true", "false")
        case Kind.INTEGER:
            return bool(_INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text))
        case _:
            return kind is Kind.GUID


def _report_foreign(
    operand: Literal | SetLiteral,
    items: tuple[Literal, ...],
    foreign: Literal,
    relation: Relation,
    findings: Findings,
) -> None:
    for first, second in pairwise(items):
        if first.kind is not second.kind:
            odd = second if foreign is items[0] else foreign
            findings.add(wording.mixed_set(items[0].kind, odd.kind), odd.span)
            return
    message = wording.wrong_literal(relation.name, relation.kind, foreign.kind)
    findings.add(message, operand.span)


def _report_attempt(
    item: Literal, kind: Kind, opposite: KnownAttribute | None, findings: Findings
) -> None:
    text = str(item.value)
    if kind is Kind.GUID:
        _report_guid(item, opposite, findings)
    elif kind is Kind.INTEGER and not _INTEGER.fullmatch(text):
        findings.add(wording.quoted_decimal(text), item.span)
    else:
        bare = text.lower() if kind is Kind.BOOLEAN else text
        fix = safe_fix("remove the quotes", findings.replace(item.span, bare))
        findings.add(wording.quoted_value(kind, bare), item.span, fix=fix)


def _report_guid(item: Literal, opposite: KnownAttribute | None, findings: Findings) -> None:
    text = str(item.value)
    at_end = _GUID_AT_END.search(text)
    if not _names_role(text, opposite):
        findings.add(wording.malformed_guid(text), item.span)
    elif at_end is not None:
        guid = guid_value(at_end[0].rstrip("/"))
        findings.add(
            wording.role_by_name(text, None, guid), item.span, fix=_replace(item, guid, findings)
        )
    else:
        name = text if role_guid(text) else findings.suggest(suggest_role, text)
        guid = role_guid(name) if name else None
        message = wording.role_by_name(text, name, guid)
        findings.add(message, item.span, fix=_replace(item, guid, findings))


def _names_role(text: str, opposite: KnownAttribute | None) -> bool:
    """Whether a text that is no GUID was meant to say a role by its name, path or URL."""
    if _GUID_CHARACTERS.fullmatch(text):
        return False
    is_compared = opposite is not None and opposite.key == _ROLE
    return is_compared or role_guid(text) is not None or "roledefinitions" in fold(text)


def _replace(item: Literal, replacement: str | None, findings: Findings) -> Fix | None:
    if replacement is None:
        return None
    return unsafe_fix(f"write `{replacement}`", findings.replace(item.span, replacement))


def _check_value(
    item: Literal, relation: Relation, opposite: KnownAttribute | None, findings: Findings
) -> None:
    """A literal of the right kind may still be no value that the attribute ever has."""
    if relation.kind is Kind.DATETIME:
        _check_datetime(item, findings)
    elif opposite is None:
        return
    elif relation.kind is Kind.GUID:
        guid = str(item.value)
        if opposite.key == _ROLE and role_name(guid) is None:
            findings.add(wording.unknown_role(guid), item.span)
    elif opposite.values and relation.predicate in (EQUAL, NOT_EQUAL):
        _check_domain(item, opposite, findings)


def _check_datetime(item: Literal, findings: Findings) -> None:
    text = str(item.value)
    if datetime_value(text) is None:
        likely = (
            text + "T00:00:00Z",
            text + "Z",
            text.replace(" ", "T"),
            text.replace(" ", "T") + "Z",
        )
        meant = next((t for t in likely if datetime_value(t) is not None), None)
        fix = _replace(item, meant and f"'{meant}'", findings)
        findings.add(wording.bad_datetime(text), item.span, fix=fix)
    elif not text.endswith("Z"):
        findings.add(wording.datetime_offset(), item.span, severity=Severity.WARNING)


def _check_domain(item: Literal, attribute: KnownAttribute, findings: Findings) -> None:
    text = str(item.value)
    if fold(text) in {fold(value) for value in attribute.values}:
        return
    suggestion = findings.suggest(suggest_value, text, attribute)
    start, end = item.span
    fix = None
    if suggestion is not None:
        fix = unsafe_fix(f"write `{suggestion}`", Edit(Span(start + 1, end - 1), suggestion))
    findings.add(wording.outside_domain(text, attribute, suggestion), item.span, fix=fix)
