"""pycasbin: the condition as a matcher, with registered functions for sets and patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, assert_never

from benchmarks.peers.engine import Decider, Engine, library
from benchmarks.peers.infix import Variables, expression, quoted
from benchmarks.scenarios import Case, Plain, Relation, Test, pattern

_MODEL = """
[request_definition]
r = {}
[policy_definition]
p = sub
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = {}
"""


def _prepare(case: Case) -> Decider:
    casbin = library("casbin")
    functions: list[Callable[[Any], bool]] = []

    def call(function: Callable[[Any], bool], value: str) -> str:
        functions.append(function)
        return f"f{len(functions) - 1}({value})"

    def test_text(test: Test) -> str:
        return _test(test, f"r.{variables.name(test)}", call)

    model, variables = casbin.Model(), Variables(case)
    action, suboperation = (lambda name: f"r.act == {quoted(name)}"), "r.suboperation"
    matcher = expression(case, action, suboperation, test_text)
    given = ", ".join(("act", *variables.names.values()))
    model.load_model_from_text(_MODEL.format(given, matcher))
    enforcer = casbin.Enforcer(model)
    for number, function in enumerate(functions):
        enforcer.add_function(f"f{number}", function)
    enforce = enforcer.enforce

    def own(plain: Plain) -> tuple[Any, ...]:
        return plain["action"], *variables.given(plain).values()

    def batch(plains: Sequence[Plain]) -> Callable[[], Any]:
        return partial(enforcer.batch_enforce, list(map(own, plains)))

    return Decider(
        ready=lambda request: enforce(*request),
        own=own,
        plain=lambda plain: enforce(*own(plain)),
        batch=batch,
    )


def _test(test: Test, value: str, call: Callable[[Callable[[Any], bool], str], str]) -> str:
    match test.relation:
        case Relation.AMONG:
            return call(frozenset(test.values).__contains__, value)
        case Relation.EQUALS:
            return f"{value} == {quoted(test.value)}"
        case Relation.DIFFERS:
            return f"{value} != {quoted(test.value)}"
        case Relation.STARTS:
            start = test.value
            return call(lambda text: bool(text.startswith(start)), value)
        case Relation.LIKE:
            search = re.compile(pattern(test.value)).search
            return call(lambda text: search(text) is not None, value)
        case Relation.AT_LEAST:
            return f"{value} >= {test.value}"
    assert_never(test.relation)


CASBIN = Engine(
    "pycasbin",
    "makes the evaluator of the matcher again and walks its tree",
    _prepare,
    library="casbin",
    distribution="pycasbin",
)
