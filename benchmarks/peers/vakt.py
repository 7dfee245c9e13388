"""vakt: an allowing policy for each way, as it has no expression over several attributes."""

from __future__ import annotations

import logging
from typing import Any, assert_never

from benchmarks.peers.engine import Decider, Engine, library
from benchmarks.scenarios import Case, Plain, Relation, Rule, Test, pattern, rules


def _prepare(case: Case) -> Decider:
    vakt, vakt_rules = library("vakt"), library("vakt.rules")
    logging.getLogger("vakt").setLevel(logging.CRITICAL)
    storage = vakt.MemoryStorage()
    for number, rule in enumerate(rules(case)):
        storage.add(_policy(vakt, vakt_rules, number, rule))
    is_allowed, inquiry = vakt.Guard(storage, vakt.RulesChecker()).is_allowed, vakt.Inquiry

    def own(plain: Plain) -> Any:
        return inquiry(
            action=plain["action"],
            subject=plain["request"],
            resource=plain["resource"],
            context={"suboperation": plain.get("suboperation")},
        )

    return Decider(ready=is_allowed, own=own, plain=lambda plain: is_allowed(own(plain)))


def _policy(vakt: Any, vakt_rules: Any, number: int, rule: Rule) -> Any:
    anything = vakt_rules.Any()
    outside = vakt_rules.NotIn(*rule.others)
    action = outside if rule.action is None else vakt_rules.Eq(rule.action)
    context = {}
    if rule.suboperation is not None:
        context["suboperation"] = vakt_rules.Eq(rule.suboperation)
    if rule.other_suboperations:
        context["suboperation"] = vakt_rules.NotIn(*rule.other_suboperations)
    demands = {
        source: {
            test.attribute: _test(vakt_rules, test) for test in rule.tests if test.source == source
        }
        for source in ("request", "resource")
    }
    return vakt.Policy(
        str(number),
        effect=vakt.ALLOW_ACCESS,
        actions=[action],
        subjects=[demands["request"] or anything],
        resources=[demands["resource"] or anything],
        context=context,
    )


def _test(vakt_rules: Any, test: Test) -> Any:
    match test.relation:
        case Relation.AMONG:
            return vakt_rules.In(*test.values)
        case Relation.EQUALS:
            return vakt_rules.Eq(test.value)
        case Relation.DIFFERS:
            return vakt_rules.NotEq(test.value)
        case Relation.STARTS:
            return vakt_rules.StartsWith(test.value)
        case Relation.LIKE:
            return vakt_rules.RegexMatch(pattern(test.value))
        case Relation.AT_LEAST:
            return vakt_rules.GreaterOrEqual(test.value)
    assert_never(test.relation)


VAKT = Engine(
    "vakt",
    "goes through all policies; from a dict, builds an inquiry",
    _prepare,
    library="vakt",
    distribution="vakt",
)
