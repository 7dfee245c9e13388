"""Clauses as one expression with `!`, `&&` and `||`, for the engines that have expressions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, assert_never

from benchmarks.scenarios import Case, Clause, Relation, Test, pattern


def quoted(value: Any) -> str:
    """A literal as all of these languages write it."""
    return json.dumps(value)


def expression(
    case: Case, action: Callable[[str], str], suboperation: str, test: Callable[[Test], str]
) -> str:
    """The whole condition; the functions write the comparison of the action, and one test."""
    return " && ".join(
        f"(!({_guard(clause, action, suboperation)}) || {_ways(clause, test)})"
        for clause in case.clauses
    )


def _guard(clause: Clause, action: Callable[[str], str], suboperation: str) -> str:
    if clause.suboperation is None:
        return action(clause.action)
    relation = "!=" if clause.inverted else "=="
    return f"{action(clause.action)} && {suboperation} {relation} {quoted(clause.suboperation)}"


def _ways(clause: Clause, test: Callable[[Test], str]) -> str:
    ways = [" && ".join(map(test, way)) for way in clause.ways]
    return f"({' || '.join(f'({way})' for way in ways)})"


def cel_expression(case: Case) -> str:
    """The condition in the Common Expression Language."""
    return expression(case, lambda name: f"action == {quoted(name)}", "suboperation", _cel_test)


def _cel_test(test: Test) -> str:
    value = f"{test.source}[{quoted(test.attribute)}]"
    match test.relation:
        case Relation.AMONG:
            return f"{value} in {quoted(test.values)}"
        case Relation.EQUALS:
            return f"{value} == {quoted(test.value)}"
        case Relation.DIFFERS:
            return f"{value} != {quoted(test.value)}"
        case Relation.STARTS:
            return f"{value}.startsWith({quoted(test.value)})"
        case Relation.LIKE:
            return f"{value}.matches({quoted(pattern(test.value))})"
        case Relation.AT_LEAST:
            return f"{value} >= {test.value}"
    assert_never(test.relation)
