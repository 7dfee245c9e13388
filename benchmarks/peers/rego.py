"""Open Policy Agent's Rego, by regopy (rego-cpp): a compiled bundle with one rule for each way."""

from __future__ import annotations

from typing import Any, assert_never

from benchmarks.peers.engine import Decider, Engine, library
from benchmarks.peers.infix import quoted
from benchmarks.scenarios import Case, Plain, Relation, Rule, Test, pattern, rules


def _prepare(case: Case) -> Decider:
    rego = library("regopy")
    interpreter = rego.Interpreter()
    lines = ["package conditions", "import rego.v1", "default allow := false"]
    interpreter.add_module("conditions", "\n".join([*lines, *map(_rule, rules(case))]))
    entry = "conditions/allow"  # a plain query has no answer where this one is false
    bundle = interpreter.build(None, [entry])
    make, give, query = rego.Input, interpreter.set_input, interpreter.query_bundle_entrypoint

    def ready(given: Any) -> bool:
        give(given)
        return bool(query(bundle, entry).results[0].expressions[0])

    def own(plain: Plain) -> Any:
        return make(plain)

    return Decider(ready=ready, own=own, plain=lambda plain: ready(make(plain)))


def _rule(rule: Rule) -> str:
    if rule.action is None:
        demands = [f"not input.action in {_set(rule.others)}"]
    else:
        demands = [f"input.action == {quoted(rule.action)}"]
    if rule.suboperation is not None:
        demands.append(f"input.suboperation == {quoted(rule.suboperation)}")
    if rule.other_suboperations:
        demands.append(f"not input.suboperation in {_set(rule.other_suboperations)}")
    demands.extend(map(_test, rule.tests))
    return f"allow if {{ {'; '.join(demands)} }}"


def _set(values: tuple[Any, ...]) -> str:
    return f"{{{', '.join(map(quoted, values))}}}"


def _test(test: Test) -> str:
    value = f"input.{test.source}[{quoted(test.attribute)}]"
    match test.relation:
        case Relation.AMONG:
            return f"{value} in {_set(test.values)}"
        case Relation.EQUALS:
            return f"{value} == {quoted(test.value)}"
        case Relation.DIFFERS:
            return f"{value} != {quoted(test.value)}"
        case Relation.STARTS:
            return f"startswith({value}, {quoted(test.value)})"
        case Relation.LIKE:
            return f"regex.match({quoted(pattern(test.value))}, {value})"
        case Relation.AT_LEAST:
            return f"{value} >= {test.value}"
    assert_never(test.relation)


REGO = Engine(
    "regopy (Rego, C++)",
    "hands the input over and reads the answer as JSON; from a dict, builds the input",
    _prepare,
    library="regopy",
    distribution="regopy",
    is_native=True,
)
