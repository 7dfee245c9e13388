"""Clauses as one expression with `!`, `&&` and `||`, for the engines that have expressions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, assert_never

from benchmarks.scenarios import Case, Clause, Plain, Relation, Test, pattern


class Variables:
    """A variable for each attribute that a condition reads: less to hand over than whole requests.

    An attribute that a request does not have is null, or what stands in for it.
    """

    def __init__(self, case: Case, absent: object = None) -> None:
        tests = [test for clause in case.clauses for way in clause.ways for test in way]
        read = dict.fromkeys((test.source, test.attribute) for test in tests)
        self.names = {one: f"v{number}" for number, one in enumerate(read)}
        self.absent = absent
        self.has_suboperation = any(clause.suboperation for clause in case.clauses)
        if self.has_suboperation:
            self.names["", "suboperation"] = "suboperation"

    def name(self, test: Test) -> str:
        """The variable that a test reads."""
        return self.names[test.source, test.attribute]

    def given(self, plain: Plain) -> dict[str, Any]:
        """The variables by name, for a plain request."""
        absent = self.absent
        given = {
            name: plain[source].get(attribute, absent)
            for (source, attribute), name in self.names.items()
            if source
        }
        if self.has_suboperation:
            given["suboperation"] = plain["suboperation"] or absent
        return given


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


def cel_expression(case: Case, variables: Variables) -> str:
    """The condition in the Common Expression Language."""

    def test_text(test: Test) -> str:
        return _cel_test(test, variables.name(test))

    return expression(case, lambda name: f"action == {quoted(name)}", "suboperation", test_text)


def _cel_test(test: Test, value: str) -> str:
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
