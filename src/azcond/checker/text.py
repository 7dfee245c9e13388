"""Findings about how a condition is written, not about what it asks."""

from __future__ import annotations

import re
from typing import assert_never

from azcond.ast import (
    ActionMatches,
    And,
    Comparison,
    Condition,
    Exists,
    Expression,
    Leaf,
    Literal,
    Or,
    SetLiteral,
    SubOperationMatches,
    leaves,
    operand_attributes,
    postorder,
)
from azcond.characters import character_name
from azcond.checker import wording
from azcond.checker.findings import Findings, safe_fix, unsafe_fix
from azcond.diagnostics import Edit, Severity
from azcond.kinds import Kind
from azcond.references import find_residue
from azcond.source import Span

_UNUSUAL = re.compile(r"[^\x20-\x7e\t\r\n]")
_LAYOUT = "\t\r\n"


def check_text(condition: Condition, findings: Findings) -> None:
    """SYN006 to SYN010."""
    _check_grouping(condition, findings)
    all_leaves = list(leaves(condition.ast))
    for leaf in all_leaves:
        _check_suffixes(leaf, findings)
    has_unusual = _UNUSUAL.search(condition.text) is not None
    if has_unusual or "\\'" in condition.text:
        for leaf in all_leaves:
            for literal in _literals(leaf):
                if literal.kind is Kind.STRING:
                    _check_string(literal, findings)


def _check_grouping(condition: Condition, findings: Findings) -> None:
    """One finding per OR, at its first operand that AND joins without parentheses around."""
    for node in postorder(condition.ast):
        if not isinstance(node, Or):
            continue
        bare = [o for o in node.operands if isinstance(o, And) and not _is_enclosed(o, condition)]
        if bare:
            edits = [edit for operand in bare for edit in _parentheses(operand)]
            fix = safe_fix("add the parentheses", *edits)
            findings.add(wording.mixed_and_or(), bare[0].span, fix=fix)


def _is_enclosed(node: Expression, condition: Condition) -> bool:
    """Whether parentheses stand right around a node."""
    text, (start, end) = condition.text, node.span
    while start > 0 and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return text[start - 1 : start] == "(" and text[end : end + 1] == ")"


def _parentheses(node: Expression) -> tuple[Edit, Edit]:
    start, end = node.span
    return Edit(Span(start, start), "("), Edit(Span(end, end), ")")


def _check_suffixes(leaf: Leaf, findings: Findings) -> None:
    for attribute in operand_attributes(leaf):
        residue = find_residue(attribute.id)
        if residue is None:
            continue
        offset = attribute.span.end - 1 - len(attribute.id)
        span = _shifted(residue.span, offset)
        if residue.escapes:
            edits = [Edit(_shifted(escape, offset), "") for escape in residue.escapes]
            fix = safe_fix("remove the escapes", *edits)
            findings.add(wording.shell_escape(residue.intended), span, fix=fix)
        else:
            fix = unsafe_fix(f"write `{residue.intended}`", Edit(span, residue.intended))
            findings.add(wording.lost_dollar(residue.intended), span, fix=fix)


def _shifted(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _literals(leaf: Leaf) -> tuple[Literal, ...]:
    match leaf:
        case ActionMatches() | SubOperationMatches():
            return leaf.patterns
        case Comparison():
            found: list[Literal] = []
            for operand in (leaf.left, leaf.right):
                if isinstance(operand, Literal):
                    found.append(operand)
                elif isinstance(operand, SetLiteral):
                    found.extend(operand.items)
            return tuple(found)
        case Exists():
            return ()
        case _:
            assert_never(leaf)


def _check_string(literal: Literal, findings: Findings) -> None:
    start, end = literal.span
    escaped = findings.text.find("\\'", start + 1, end - 1)
    if escaped >= 0:
        span = Span(escaped, escaped + 2)
        findings.add(wording.escaped_quote(), span, severity=Severity.WARNING)
    if str(literal.value).isprintable():
        return
    for at in range(start + 1, end - 1):
        character = findings.text[at]
        if not character.isprintable() and character not in _LAYOUT:
            span = Span(at, at + 1)
            fix = unsafe_fix("remove it", Edit(span, " " if character.isspace() else ""))
            message = wording.invisible_in_string(character_name(character))
            findings.add(message, span, severity=Severity.WARNING, fix=fix)
            return
