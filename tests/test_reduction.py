"""What is left of a condition once part of a request is known."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import azcond
import oracle
from azcond.ast import And, Expression, Not, postorder
from azcond.formatter import format_expression
from azcond.reduction import reduce
from conftest import FIXTURES
from strategies import random_request, random_tree

WRITE = "Microsoft.Authorization/roleAssignments/write"
ROLE = "Microsoft.Authorization/roleAssignments:RoleDefinitionId"
SOURCES = ("resource", "request", "principal", "environment")
KEY_VAULT = "key-vault-data-access-administrator.cond"


def left(condition: str, *, other: bool = False, **known: Any) -> str | bool:
    request = azcond.Request(**{"action": "Example/items/read", **known})
    residue = reduce(azcond.parse(condition).ast, request, any_other_action=other)
    return residue if isinstance(residue, bool) else format_expression(residue)


@pytest.mark.parametrize(
    ("condition", "known", "expected"),
    [
        ("@Resource[a] StringEquals 'x'", {}, "@Resource[a] StringEquals 'x'"),
        ("@Resource[a] StringEquals 'x'", {"resource": {"a": "x"}}, True),
        ("@Resource[a] StringEquals 'x'", {"resource": {"a": "y"}}, False),
        ("@Resource[a] StringEquals 'x'", {"resource": {"a": 5}}, False),
        ("NOT @Resource[a] StringEquals 'x'", {"resource": {"a": 5}}, False),
        ("NOT @Resource[a] StringEquals 'x'", {"resource": {"a": "y"}}, True),
        ("@Resource[a] NumericEquals 1", {"resource": {"a": None}}, "@Resource[a] NumericEquals 1"),
        ("Exists @Resource[a]", {}, "Exists @Resource[a]"),
        ("Exists @Resource[a]", {"resource": {"A": ""}}, True),
        ("ActionMatches{'Example/*'} AND Exists @Resource[a]", {}, "Exists @Resource[a]"),
        ("ActionMatches{'Other/*'} AND Exists @Resource[a]", {}, False),
        ("ActionMatches{'Other/*'} OR Exists @Resource[a]", {}, "Exists @Resource[a]"),
        ("!ActionMatches{'Other/*'} OR Exists @Resource[a]", {}, True),
        ("SubOperationMatches{'Item.List'}", {}, "SubOperationMatches{'Item.List'}"),
        ("SubOperationMatches{'Item.List'}", {"suboperation": "item.list"}, True),
        ("NOT SubOperationMatches{'Item.List'}", {"suboperation": "item.list"}, False),
        ("@Request[subOperation] StringEquals 'a'", {}, "@Request[subOperation] StringEquals 'a'"),
        ("@Request[subOperation] StringEquals 'a'", {"suboperation": "a"}, True),
        ("@Resource[a] StringEquals @Request[b]", {"resource": {"a": "x"}},
         "@Resource[a] StringEquals @Request[b]"),
        ("@Resource[a] StringEquals @Request[b]", {"resource": {"a": "x"}, "request": {"b": "x"}},
         True),
        ("Exists @Resource[a] AND (Exists @Resource[b] OR Exists @Resource[c])",
         {"resource": {"a": 1}}, "Exists @Resource[b] OR Exists @Resource[c]"),
        ("'x' StringEquals 'x'", {}, True),
    ],
)  # fmt: skip
def test_what_is_left(condition: str, known: dict[str, Any], expected: str | bool) -> None:
    assert left(condition, **known) == expected


def test_keys_are_open_unless_the_whole_dictionary_is_known() -> None:
    condition = "@Resource[t&$keys$&] ForAllOfAnyValues:StringEquals {'a'}"
    assert left(condition, resource={"t:a": "1"}) == condition
    assert left(condition, resource={"t": {"a": "1"}}) is True
    assert left(condition, resource={"t&$keys$&": ["a", "b"]}) is False


def test_any_other_action_is_none_that_is_named() -> None:
    guarded = "!(ActionMatches{'A/b/read'}) OR Exists @Resource[a]"
    assert left(guarded, other=True) is True
    assert left("ActionMatches{'A/b/read'} AND Exists @Resource[a]", other=True) is False
    by_pattern = "NOT ActionMatches{'A/*'} OR Exists @Resource[a]"
    assert left(by_pattern, other=True) == by_pattern


def test_the_key_vault_condition_for_one_role() -> None:
    condition = (FIXTURES / "conditions" / KEY_VAULT).read_text(encoding="utf-8")
    owner = {ROLE: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"}
    user = {ROLE: "4633458b-17de-408a-b874-0445c86b69e6"}
    assert left(condition, action=WRITE, request=user) is True
    assert left(condition, action=WRITE, request=owner) is False
    rest = left(condition, action=WRITE)
    assert isinstance(rest, str)
    assert rest.startswith(f"@Request[{ROLE}] ForAnyOfAnyValues:GuidEquals {{")
    assert left(condition, action="Microsoft.KeyVault/vaults/read") is True


def forget(rng: Random, request: dict[str, Any]) -> dict[str, Any]:
    """Part of a request: what it does not have is open."""
    known = {"action": request["action"]}
    if request.get("suboperation") is not None and rng.random() < 0.5:
        known["suboperation"] = request["suboperation"]
    for source in SOURCES:
        known[source] = {
            name: value for name, value in request[source].items() if rng.random() < 0.5
        }
    return known


@given(st.integers(min_value=0).map(Random))
def test_every_request_with_all_that_is_known_meets_the_rest_as_it_meets_the_whole(
    rng: Random,
) -> None:
    tree, request = random_tree(rng), random_request(rng)
    residue = reduce(tree, azcond.Request(**forget(rng, request)))
    whole = oracle.decide(tree, request) is True
    rest = residue if isinstance(residue, bool) else oracle.decide(residue, request) is True
    assert rest is whole


@given(st.integers(min_value=0).map(Random))
def test_reducing_again_leaves_the_same(rng: Random) -> None:
    tree, request = random_tree(rng), random_request(rng)
    known = azcond.Request(**forget(rng, request))
    residue = reduce(tree, known)
    if not isinstance(residue, bool):
        assert reduce(residue, known) == residue
        assert size(residue) <= size(tree)


def size(tree: Expression) -> int:
    return sum(1 for _ in postorder(tree))


def test_negations_cancel_out() -> None:
    assert left("NOT (NOT SubOperationMatches{'a'} OR ActionMatches{'x'})") == (
        "SubOperationMatches{'a'}"
    )


def test_depth_is_no_limit() -> None:
    leaf = azcond.parse("Exists @Resource[b]").ast
    other = azcond.parse("Exists @Resource[c]").ast
    deep: Expression = leaf
    for _ in range(5000):
        deep = Not(And((deep, other), leaf.span), leaf.span)
    assert reduce(deep, azcond.Request("a")) == deep
    known = azcond.Request("a", resource={"b": 1, "c": 1})
    assert reduce(deep, known) is True
