"""Cedar, by cedarpy: one `permit` whose `when` is the condition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, assert_never

from benchmarks.peers.engine import Decider, Engine, library
from benchmarks.peers.infix import Variables, expression, quoted
from benchmarks.scenarios import Case, Plain, Relation, Test

_SOMEBODY, _SOMETHING = 'Principal::"one"', 'Resource::"one"'


def _prepare(case: Case) -> Decider:
    cedar, dumps = library("cedarpy"), library("json").dumps
    variables = Variables(case, absent="")

    def test_text(test: Test) -> str:
        return _test(test, f"context.{variables.name(test)}")

    condition = expression(case, _action, "context.suboperation", test_text)
    policy = f"permit(principal, action, resource) when {{ {condition} }};"
    policies = cedar.PolicySet.from_str(policy)
    entities = cedar.Entities.from_json_str("[]")
    is_authorized, is_authorized_batch = cedar.is_authorized, cedar.is_authorized_batch

    def given(plain: Plain) -> dict[str, Any]:
        return {
            "principal": _SOMEBODY,
            "action": f'Action::"{plain["action"]}"',
            "resource": _SOMETHING,
            "context": variables.given(plain),
        }

    def own(plain: Plain) -> dict[str, Any]:
        request = given(plain)
        return {**request, "context": dumps(request["context"])}

    def batch(plains: Sequence[Plain]) -> Callable[[], list[Any]]:
        requests = list(map(own, plains))
        return lambda: [one.allowed for one in is_authorized_batch(requests, policies, entities)]

    return Decider(
        ready=lambda request: is_authorized(request, policies, entities).allowed,
        own=own,
        plain=lambda plain: is_authorized(given(plain), policies, entities).allowed,
        batch=batch,
    )


def _action(name: str) -> str:
    return f"action == Action::{quoted(name)}"


def _test(test: Test, value: str) -> str:
    match test.relation:
        case Relation.AMONG:
            return f"{quoted(test.values)}.contains({value})"
        case Relation.EQUALS:
            return f"{value} == {quoted(test.value)}"
        case Relation.DIFFERS:
            return f"{value} != {quoted(test.value)}"
        case Relation.STARTS:
            return f"{value} like {quoted(test.value + '*')}"
        case Relation.LIKE:
            return f"{value} like {quoted(test.value)}"
        case Relation.AT_LEAST:
            return f"{value} >= {test.value}"
    assert_never(test.relation)


CEDAR = Engine(
    "cedarpy (Cedar, Rust)",
    "parses principal, action, resource and context; writes and reads the answer as JSON",
    _prepare,
    library="cedarpy",
    distribution="cedarpy",
    is_native=True,
)
