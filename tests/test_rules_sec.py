"""What the rules about security find, and what they leave alone."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcond import Condition, Request, evaluate
from azcond.access.known import KnownRoles
from azcond.access.models import Permission, RoleDefinition
from azcond.ast import Expression
from azcond.clauses import find_clauses
from azcond.linter.demands import Demands
from azcond.linter.engine import lint
from azcond.linter.questions import ASSIGN
from azcond.linter.role_sets import assignable_roles
from azcond.linter.settings import Settings
from azcond.parser import parse
from azcond.truth import Truth, conjoin
from lint_cases import expected_in, fixed, found_in, missing_words, read_cases
from strategies import requests, trees

CASES = read_cases("sec")
CODES = frozenset(f"SEC{number}" for number in (*range(301, 310), *range(312, 317), 318, 319))

ROLE = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"
TYPE = "@Request[Microsoft.Authorization/roleAssignments:PrincipalType]"
GUIDS = tuple(f"{number}0000000-0000-4000-8000-000000000000" for number in range(4))
CUSTOM = "5a7e0000-0000-4000-8000-000000000001"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_findings(case: dict[str, Any]) -> None:
    assert found_in(case, CODES) == expected_in(case)
    assert missing_words(case) == []


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "fixed" in case])
def test_fixes(name: str) -> None:
    assert fixed(CASES[name]) == (CASES[name]["fixed"], set())


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_rule_has_a_case_that_finds(code: str) -> None:
    assert any(code == one["code"] for case in CASES.values() for one in case["findings"])


def delegation(relation: str, *guids: str) -> str:
    """A condition on assigning that holds the role against some ids."""
    guard = "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})"
    return f"({guard} OR {ROLE} {relation} {{{', '.join(guids)}}})"


@pytest.mark.parametrize(
    ("entry", "is_granting"),
    [
        (Permission(actions=(ASSIGN,)), True),
        (Permission(actions=("Microsoft.Authorization/*",)), True),
        (Permission(actions=("*",), not_actions=("Microsoft.Authorization/*/Write",)), False),
        (Permission(actions=(ASSIGN,), condition=delegation("GuidEquals", GUIDS[0])), False),
        (Permission(data_actions=("*",)), False),
    ],
)
def test_roles_of_the_user_count_by_what_they_grant(entry: Permission, is_granting: bool) -> None:
    role = RoleDefinition(id=CUSTOM, name="Platform Team", permissions=(entry,))
    settings = Settings(roles=KnownRoles([role]))
    allow = delegation("ForAnyOfAnyValues:GuidEquals", CUSTOM)
    assert "SEC302" not in {one.code for one in lint(allow)}
    assert ("SEC302" in {one.code for one in lint(allow, settings=settings)}) is is_granting
    denied = ", ".join(KnownRoles().granting)
    deny = delegation("ForAnyOfAllValues:GuidNotEquals", denied)
    assert "SEC303" not in {one.code for one in lint(deny)}
    found = [one.message for one in lint(deny, settings=settings) if one.code == "SEC303"]
    assert bool(found) is is_granting
    assert all("`Platform Team`" in message for message in found)


@given(trees(), requests())
def test_a_demand_is_what_a_condition_comes_to_for_one_operation(
    tree: Expression, attributes: dict[str, Any]
) -> None:
    condition = Condition("", tree)
    request = Request(**attributes)
    demands = Demands(find_clauses(condition))
    demand = demands.of(request.action, request.suboperation)
    met = [evaluate(Condition("", part), request) for part in demand.parts]
    expected = evaluate(condition, request) is Truth.TRUE
    assert (not demand.is_refused and conjoin([Truth.TRUE, *met]) is Truth.TRUE) is expected


def comparisons() -> st.SearchStrategy[str]:
    quantifiers = [
        "ForAnyOfAnyValues",
        "ForAllOfAnyValues",
        "ForAnyOfAllValues",
        "ForAllOfAllValues",
    ]
    ids = st.lists(st.sampled_from(GUIDS), min_size=1, max_size=3).map(", ".join)
    roles = st.builds(
        lambda quantifier, relation, listed: f"{ROLE} {quantifier}:{relation} {{{listed}}}",
        st.sampled_from(quantifiers),
        st.sampled_from(["GuidEquals", "GuidNotEquals"]),
        ids,
    )
    types = st.sampled_from(["User", "Group"]).map(lambda name: f"{TYPE} StringEquals '{name}'")
    return st.one_of(roles, roles, types)


def expressions() -> st.SearchStrategy[str]:
    return st.recursive(
        comparisons(),
        lambda inner: st.one_of(
            inner.map(lambda text: f"NOT ({text})"),
            st.tuples(inner, inner).map(lambda pair: f"(({pair[0]}) AND ({pair[1]}))"),
            st.tuples(inner, inner).map(lambda pair: f"(({pair[0]}) OR ({pair[1]}))"),
        ),
        max_leaves=5,
    )


def passing_roles(condition: Condition) -> set[str]:
    """The roles that some assignment can give, by trying them all."""
    found = set()
    for guid, kind in product(GUIDS, ["User", "Group", "ServicePrincipal"]):
        values = {ROLE[9:-1]: guid, TYPE[9:-1]: kind}
        if evaluate(condition, Request(ASSIGN, request=values)):
            found.add(guid)
    return found


@given(expressions())
def test_no_role_that_passes_is_missed(text: str) -> None:
    condition = parse(text)
    roles = assignable_roles([condition.ast])
    assert passing_roles(condition) <= {guid for guid in GUIDS if guid in roles}


@given(expressions().filter(lambda text: TYPE not in text))
def test_where_only_roles_are_asked_the_roles_are_exact(text: str) -> None:
    condition = parse(text)
    roles = assignable_roles([condition.ast])
    assert passing_roles(condition) == {guid for guid in GUIDS if guid in roles}
