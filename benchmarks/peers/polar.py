"""oso's Polar: an `allow` rule for each way."""

from __future__ import annotations

import re
from typing import Any, assert_never

from benchmarks.peers.engine import Decider, Engine, library
from benchmarks.peers.infix import quoted
from benchmarks.scenarios import Case, Plain, Relation, Rule, Test, pattern, rules


def _prepare(case: Case) -> Decider:
    oso = library("oso").Oso()
    patterns: list[str] = []
    policy = "\n".join(_rule(rule, patterns) for rule in rules(case))
    for number, text in enumerate(patterns):
        oso.register_constant(re.compile(text), f"pattern{number}")
    oso.load_str(policy)
    is_allowed = oso.is_allowed

    def decide(plain: Plain) -> Any:
        return is_allowed(plain, plain["action"], "")

    return Decider(ready=decide, own=lambda plain: plain, plain=decide)


def _rule(rule: Rule, patterns: list[str]) -> str:
    if rule.action is None:
        return f"allow(_given, action, _) if not action in {quoted(rule.others)};"
    demands = []
    if rule.suboperation is not None:
        demands.append(f"given.suboperation = {quoted(rule.suboperation)}")
    if rule.other_suboperations:
        demands.append(f"not given.suboperation in {quoted(rule.other_suboperations)}")
    for number, test in enumerate(rule.tests):
        demands.append(f"key{number} = {quoted(test.attribute)}")
        demands.append(_test(test, f"given.{test.source}.(key{number})", patterns))
    return f"allow(given, {quoted(rule.action)}, _) if {' and '.join(demands)};"


def _test(test: Test, value: str, patterns: list[str]) -> str:
    match test.relation:
        case Relation.AMONG:
            return f"{value} in {quoted(test.values)}"
        case Relation.EQUALS:
            return f"{value} = {quoted(test.value)}"
        case Relation.DIFFERS:
            return f"{value} != {quoted(test.value)}"
        case Relation.STARTS:
            return f"{value}.startswith({quoted(test.value)})"
        case Relation.LIKE:
            patterns.append(pattern(test.value))
            return f"not pattern{len(patterns) - 1}.search({value}) = nil"
        case Relation.AT_LEAST:
            return f"{value} >= {test.value}"
    assert_never(test.relation)


OSO = Engine(
    "oso (Polar, Rust)",
    "passes the query and every step between Rust and Python as JSON",
    _prepare,
    library="oso",
    distribution="oso",
)
