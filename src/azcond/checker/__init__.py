"""Checks a condition that parses: types, schema, and how it is written."""

from __future__ import annotations

from azcond.ast import Comparison, Condition, leaves
from azcond.checker.actions import check_actions
from azcond.checker.comparisons import check_comparison
from azcond.checker.findings import Findings
from azcond.checker.schema import check_schema
from azcond.checker.size import MAX_SIZE, check_size, condition_size
from azcond.checker.text import check_text
from azcond.clauses import find_clauses
from azcond.diagnostics import Diagnostic

__all__ = ["MAX_SIZE", "check", "check_size", "condition_size"]


def check(condition: Condition) -> list[Diagnostic]:
    """The findings about a condition, in text order; those of severity info included.

    Kinds of literals against relations and attributes, attributes against the guarded actions,
    actions and suboperations against the catalogue, the way the text is written, and its size.
    Takes time linear in the length of the text. Raises `CatalogueError` when the data of the
    catalogue is damaged. Sources of the facts: conditions-format, storage-auth-abac-attributes,
    conditions-authorization-actions-attributes and the other pages that the catalogue names.
    """
    findings = Findings(condition.text)
    check_size(findings)
    check_text(condition, findings)
    for leaf in leaves(condition.ast):
        if isinstance(leaf, Comparison):
            check_comparison(leaf, findings)
    clauses = find_clauses(condition)
    check_actions(condition.ast, clauses, findings)
    check_schema(clauses, findings)
    return findings.in_text_order()
