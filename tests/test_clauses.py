"""Clauses are recovered as people wrote them, and mean together what the condition means."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azcond import Condition, Request, Truth, evaluate, parse
from azcond.ast import Expression, leaves
from azcond.clauses import Clause, ClauseKind, find_clauses
from azcond.truth import conjoin, disjoin
from strategies import trees

FIXTURES = Path(__file__).parents[1] / "fixtures" / "clauses"
CASES: dict[str, dict[str, Any]] = {
    case["name"]: case
    for path in sorted(FIXTURES.glob("*.json"))
    for case in json.loads(path.read_text("utf-8"))["cases"]
}


def described(clause: Clause, text: str) -> dict[str, Any]:
    return {
        "kind": str(clause.kind),
        "conjunct": clause.conjunct,
        "targets": [
            {
                "actions": list(target.actions),
                "suboperations": list(target.suboperations),
                "negated": target.suboperation_negated,
            }
            for target in clause.targets
        ],
        "expression": text[slice(*clause.expression.span)] if clause.expression else None,
    }


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_clauses_are_recovered(case: dict[str, Any]) -> None:
    text = case["condition"]
    clauses = find_clauses(parse(text))
    assert [described(clause, text) for clause in clauses] == case["clauses"]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_parts_of_clauses_are_parts_of_the_condition(case: dict[str, Any]) -> None:
    condition = parse(case["condition"])
    own = {id(leaf) for leaf in leaves(condition.ast)}
    for clause in find_clauses(condition):
        assert clause.span == clause.node.span
        parts = [clause.node, clause.expression, *(target.node for target in clause.targets)]
        for part in parts:
            assert part is None or {id(leaf) for leaf in leaves(part)} <= own
        for target in clause.targets:
            assert target.span.start >= clause.span.start
            assert target.span.end <= clause.span.end


def meaning(clauses: Sequence[Clause], request: Request) -> Truth:
    """What the clauses ask, said by their kinds."""
    conjuncts = []
    for _, group in groupby(clauses, lambda clause: clause.conjunct):
        parts = list(group)
        outcomes = [outcome(clause, request) for clause in parts]
        assert len(parts) == 1 or {clause.kind for clause in parts} == {ClauseKind.ALTERNATIVE}
        conjuncts.append(disjoin(outcomes))
    return conjoin(conjuncts)


def outcome(clause: Clause, request: Request) -> Truth:
    is_for = clause.is_for(request.action, request.suboperation)
    match clause.kind:
        case ClauseKind.GUARDED:
            if not is_for:
                return Truth.TRUE
            return (
                Truth.FALSE if clause.expression is None else truth_of(clause.expression, request)
            )
        case ClauseKind.ALTERNATIVE:
            if not is_for:
                return Truth.FALSE
            return Truth.TRUE if clause.expression is None else truth_of(clause.expression, request)
        case ClauseKind.UNGUARDED | ClauseKind.OTHER:
            assert clause.expression is not None
            return truth_of(clause.expression, request)


def truth_of(expression: Expression, request: Request) -> Truth:
    return evaluate(Condition("", expression), request)


ATOMS = st.sampled_from(
    [
        "ActionMatches{'a'}",
        "ActionMatches{'b', 'c*'}",
        "SubOperationMatches{'s'}",
        "@Request[subOperation] ForAnyOfAnyValues:StringEqualsIgnoreCase {'t'}",
        "Exists @Resource[x]",
        "@Resource[y] NumericEquals 1",
    ]
)
NEAR_SHAPES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        inner.map(lambda text: f"NOT ({text})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda texts: f"({' AND '.join(texts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda texts: f"({' OR '.join(texts)})"),
    ),
    max_leaves=7,
)
REQUESTS = [
    Request(action, suboperation, resource=resource)
    for action, suboperation, resource in product(
        ("a", "B", "cc", "d"),
        (None, "S", "t"),
        ({}, {"x": 1}, {"y": 1}, {"x": 1, "y": 2}),
    )
]


@given(NEAR_SHAPES)
@settings(max_examples=400)
def test_clauses_mean_what_the_condition_means(text: str) -> None:
    condition = parse(text)
    clauses = find_clauses(condition)
    for request in REQUESTS:
        assert meaning(clauses, request) is evaluate(condition, request)


@given(trees())
def test_every_tree_has_clauses(tree: Expression) -> None:
    clauses = find_clauses(Condition("", tree))
    assert clauses
    assert [clause.conjunct for clause in clauses] == sorted(clause.conjunct for clause in clauses)


def test_many_clauses_are_recovered_in_order() -> None:
    text = " AND ".join(
        f"(!(ActionMatches{{'A/b{i}/read'}}) OR Exists @Resource[x{i}])" for i in range(2000)
    )
    clauses = find_clauses(parse(text))
    assert [clause.targets[0].actions[0] for clause in clauses] == [
        f"A/b{i}/read" for i in range(2000)
    ]
