"""py-abac: an allowing policy for each way."""

from __future__ import annotations

import re
from typing import Any, assert_never

from benchmarks.peers.engine import Decider, Engine, library
from benchmarks.scenarios import Case, Plain, Relation, Rule, Test, pattern, rules

_SOURCES = {"request": "context", "resource": "resource"}


def _prepare(case: Case) -> Decider:
    abac, memory = library("py_abac"), library("py_abac.storage.memory")
    storage = memory.MemoryStorage()
    for number, rule in enumerate(rules(case)):
        storage.add(abac.Policy.from_json(_policy(number, rule)))
    algorithm = library("py_abac.pdp").EvaluationAlgorithm.ALLOW_OVERRIDES
    is_allowed = abac.PDP(storage, algorithm).is_allowed
    attributes = {test.attribute for clause in case.clauses for way in clause.ways for test in way}
    names = {attribute: _name(attribute) for attribute in attributes}
    from_json = abac.AccessRequest.from_json

    def renamed(given: Any) -> dict[str, Any]:
        return {names.get(key, key): value for key, value in given.items()}

    def own(plain: Plain) -> Any:
        action = {"method": plain["action"], "suboperation": plain.get("suboperation") or ""}
        return from_json(
            {
                "subject": {"id": "", "attributes": {}},
                "resource": {"id": "", "attributes": renamed(plain["resource"])},
                "action": {"id": "", "attributes": action},
                "context": renamed(plain["request"]),
            }
        )

    return Decider(ready=is_allowed, own=own, plain=lambda plain: is_allowed(own(plain)))


def _name(attribute: str) -> str:
    """An attribute id that its path language takes."""
    return f"a_{re.sub(r'[^A-Za-z0-9]', '_', attribute)}"


def _policy(number: int, rule: Rule) -> dict[str, Any]:
    if rule.action is None:
        action = {"$.method": {"condition": "IsNotIn", "values": list(rule.others)}}
    else:
        action = {"$.method": {"condition": "Equals", "value": rule.action}}
    if rule.suboperation is not None:
        action["$.suboperation"] = {"condition": "Equals", "value": rule.suboperation}
    if rule.other_suboperations:
        values = list(rule.other_suboperations)
        action["$.suboperation"] = {"condition": "IsNotIn", "values": values}
    demands: dict[str, Any] = {"subject": {}, "resource": {}, "action": action, "context": {}}
    for test in rule.tests:
        demands[_SOURCES[test.source]][f"$.{_name(test.attribute)}"] = _test(test)
    return {"uid": str(number), "effect": "allow", "rules": demands, "targets": {}}


def _test(test: Test) -> dict[str, Any]:
    match test.relation:
        case Relation.AMONG:
            return {"condition": "IsIn", "values": list(test.values)}
        case Relation.EQUALS:
            return {"condition": "Equals", "value": test.value}
        case Relation.DIFFERS:
            return {"condition": "NotEquals", "value": test.value}
        case Relation.STARTS:
            return {"condition": "StartsWith", "value": test.value}
        case Relation.LIKE:
            return {"condition": "RegexMatch", "value": pattern(test.value)}
        case Relation.AT_LEAST:
            return {"condition": "Gte", "value": test.value}
    assert_never(test.relation)


PY_ABAC = Engine(
    "py-abac",
    "looks attributes up by path in all policies; from a dict, validates it by a schema",
    _prepare,
    library="py_abac",
    distribution="py-abac",
)
