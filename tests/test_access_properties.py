"""The index decides as a scan does, and grants and denials only ever pull their own way."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import naive_access as naive
from azcond.access import AccessModel, AccessQuery, Plane, ProblemKind, Standing
from azcond.access.index import _FEW

# A seed, not `st.randoms()`: a tenant takes hundreds of draws, and recording each would cost more
# than all the rest.
randoms = st.integers(min_value=0).map(Random)


def model_of(tenant: naive.Json) -> AccessModel:
    model = AccessModel.from_json(**tenant)
    assert not [one for one in model.problems if one.kind is ProblemKind.UNREAD]
    return model


def query_of(query: naive.Json) -> AccessQuery:
    action = query["request"]["action"]
    attributes = {name: value for name, value in query["request"].items() if name != "action"}
    return AccessQuery(
        query["principal"],
        query["scope"],
        **{"data_action" if query["data"] else "action": action},
        groups=query["groups"],
        **attributes,
    )


@given(randoms)
def test_index_and_scan_agree(rng: Random) -> None:
    tenant = naive.random_tenant(rng)
    model = model_of(tenant)
    for _ in range(8):
        query = naive.random_query(rng)
        decision = model.decide(query_of(query))
        assert decision.allowed is naive.is_allowed(tenant, query)
        assert decision.allowed is (bool(decision.granted_by) and not decision.denied_by)


def test_the_sample_has_every_kind_of_answer() -> None:
    """Otherwise the properties would say little."""
    rng, answers = Random(7), {"allowed": 0, "denied": 0, "nothing": 0, "condition": 0}
    for _ in range(600):
        tenant, query = naive.random_tenant(rng), naive.random_query(rng)
        decision = model_of(tenant).decide(query_of(query))
        answers["allowed"] += decision.allowed
        answers["denied"] += bool(decision.denied_by and decision.granted_by)
        answers["nothing"] += not decision.reasons
        answers["condition"] += any(reason.conditions for reason in decision.reasons)
    assert min(answers.values()) >= 10, answers


def test_many_assignments_of_one_principal_are_found_as_few_are() -> None:
    """Beyond some number a principal gets a table by scope."""
    rng = Random(3)
    tenant = naive.random_tenant(rng)
    tenant["assignments"] = [naive.random_assignment(rng) for _ in range(60 * _FEW)]
    tenant["deny_assignments"] = [naive.random_denial(rng) for _ in range(3 * _FEW)]
    model, outcomes = model_of(tenant), set()
    for _ in range(400):
        query = naive.random_query(rng)
        allowed = model.decide(query_of(query)).allowed
        assert allowed is naive.is_allowed(tenant, query)
        outcomes.add(allowed)
    assert outcomes == {True, False}


@given(randoms)
def test_a_grant_never_removes_access(rng: Random) -> None:
    tenant, query = naive.random_tenant(rng), query_of(naive.random_query(rng))
    before = model_of(tenant).decide(query).allowed
    tenant["assignments"].append(naive.random_assignment(rng))
    assert model_of(tenant).decide(query).allowed >= before


@given(randoms)
def test_a_denial_never_adds_access(rng: Random) -> None:
    tenant, query = naive.random_tenant(rng), query_of(naive.random_query(rng))
    before = model_of(tenant).decide(query).allowed
    tenant["deny_assignments"].append(naive.random_denial(rng))
    assert model_of(tenant).decide(query).allowed <= before


@given(randoms)
def test_order_is_irrelevant(rng: Random) -> None:
    tenant, query = naive.random_tenant(rng), query_of(naive.random_query(rng))
    decision = model_of(tenant).decide(query)
    for name in ("roles", "assignments", "deny_assignments"):
        rng.shuffle(tenant[name])
    other = model_of(tenant).decide(query)
    assert decision.allowed is other.allowed
    key: Callable[[Any], str] = repr
    assert sorted(map(key, decision.granted_by)) == sorted(map(key, other.granted_by))
    assert set(decision.denied_by) == set(other.denied_by)


@given(randoms)
def test_damaged_entries_never_add_access(rng: Random) -> None:
    """Whatever an entry loses, or whatever of it turns into something else."""
    tenant, query = naive.random_tenant(rng), query_of(naive.random_query(rng))
    allowed = model_of(tenant).decide(query).allowed
    name = rng.choice(("roles", "assignments", "deny_assignments"))
    if not tenant[name]:
        return
    entry = rng.choice(tenant[name])
    member = rng.choice(("principalId", "roleDefinitionId", "scope", "permissions", "principals"))
    if member not in entry:
        return
    entry[member] = rng.choice((None, 5, "", [], {}, ["x"], "nothing", "/subscriptions/"))
    assert AccessModel.from_json(**tenant).decide(query).allowed <= allowed


@given(randoms)
def test_who_can_lists_exactly_those_who_may(rng: Random) -> None:
    """With all attributes known nothing but a denial stands between a row and access."""
    tenant = naive.random_tenant(rng)
    query = naive.random_query(rng)
    request = dict(query["request"])
    action = request.pop("action")
    # A null attribute is open to `who_can`, which knows no difference between null and not given.
    request["resource"] = {"Example/items:name": "red"}
    request["request"] = {"Example/items:size": 5}
    query["request"] |= request
    plane = Plane.DATA if query["data"] else Plane.MANAGEMENT
    holders = model_of(tenant).who_can(action, query["scope"], plane=plane, **request)
    able = {
        access.assignment.principal_id.lower()
        for access in holders.accesses
        if access.standing is Standing.UNCONDITIONAL
    }
    assert not [one for one in holders.accesses if one.standing is Standing.CONDITIONAL]
    for name in naive.PRINCIPALS:
        alone = {**query, "principal": name, "groups": []}
        assert naive.is_allowed(tenant, alone) is (name.lower() in able)


@pytest.mark.parametrize("scope", naive.SCOPES)
def test_the_scan_knows_scopes_as_the_model_does(scope: str) -> None:
    model = AccessModel([])
    assert set(model.chain("/" + scope.lower().strip("/"))) == naive.scopes_above(scope, {})
