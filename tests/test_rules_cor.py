"""What the rules about correctness find; those that decide by meaning, against enumeration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from random import Random
from typing import Any

import pytest

from azcond import Request, Severity, Truth, evaluate, lint, parse
from azcond.linter.rule import Found
from azcond.linter.rules import rules_by_code
from azcond.linter.subject import Subject
from editing import applied
from lint_cases import expected_in, found_in, read_cases

VALUES = frozenset({"COR404", "COR411", "COR413"})
PRESENCE = frozenset({"COR406", "COR407", "COR408", "COR412"})
MEANING = frozenset(
    {"COR401", "COR402", "COR403", "COR405", "COR409", "COR410", "COR414", "COR416", "SEC301"}
)
CASES = {
    f"{name}: {title}": (case, codes)
    for name, codes in (("values", VALUES), ("presence", PRESENCE), ("meaning", MEANING))
    for title, case in read_cases(f"cor-{name}").items()
}


@pytest.mark.parametrize(("case", "codes"), CASES.values(), ids=CASES.keys())
def test_findings_are_those_of_the_case(case: dict[str, Any], codes: frozenset[str]) -> None:
    assert found_in(case, codes) == expected_in(case)


@pytest.mark.parametrize("code", sorted(VALUES | PRESENCE | MEANING - {"SEC301"}))
def test_every_rule_has_a_case_that_finds(code: str) -> None:
    assert any(
        code == one["code"]
        for case in (case for case, _ in CASES.values())
        for one in case["findings"]
    )


# --- enumeration ---------------------------------------------------------------------------

READ = "Microsoft.Storage/storageAccounts/queueServices/queues/messages/read"
QUEUE = "Microsoft.Storage/storageAccounts/queueServices/queues:name"
TAG = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Stage"
KEYS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags&$keys$&"
LEVEL = "Microsoft.Directory/CustomSecurityAttributes/Id:Payments_Level"
LINK = "isPrivateLink"
ABSENT = object()


@dataclass(frozen=True, eq=False)
class Attribute:
    """What conditions compare with it, and what a documented request may hold there."""

    reference: str
    operators: tuple[str, ...]
    literals: tuple[str, ...]
    values: tuple[Any, ...]


def lists(values: Sequence[Any]) -> list[list[Any]]:
    """Lists of up to four values; their order says nothing."""
    found = [list(some) for size in range(5) for some in combinations(values, size)]
    return [*found, *([value, value] for value in values)]


TEXTS = (
    *("".join(text) for size in range(3) for text in product("aAbBx*?", repeat=size)),
    *("abx", "ABx", "axb", "xxb", "a*x", "A*X", "?bx", "*bx"),
)
FEW_TEXTS = ("", "a", "A", "ab", "aB", "*", "a*", "A*", "xb")
FEW_WORDS = ("'a'", "'A'", "'ab'", "'*'", "'a*'")
SCALAR = tuple(
    f"String{negation}{test}{case}"
    for test in ("Equals", "StartsWith", "Like")
    for negation in ("", "Not")
    for case in ("", "IgnoreCase")
)
QUANTIFIERS = ("ForAnyOfAny", "ForAllOfAny", "ForAnyOfAll", "ForAllOfAll")
QUANTIFIED = tuple(
    f"{quantifier}Values:String{relation}"
    for quantifier in QUANTIFIERS
    for relation in ("Equals", "NotEquals", "Like", "NotLike", "EqualsIgnoreCase")
)
NUMERIC = tuple(
    f"Numeric{test}"
    for test in ("Equals", "NotEquals", "LessThan", "GreaterThan", "GreaterThanEquals")
)
WORDS = ("'a'", "'A'", "'ab'", "'b'", "'a*'", "'*'", "'?b'", "'*b'")

NAME = Attribute(f"@Resource[{QUEUE}]", SCALAR + QUANTIFIED, WORDS, TEXTS)
STAGE = Attribute(f"@Resource[{TAG}]", SCALAR + QUANTIFIED, WORDS, (*TEXTS, ABSENT))
TAG_KEYS = Attribute(f"@Request[{KEYS}]", QUANTIFIED, FEW_WORDS, tuple(lists(FEW_TEXTS)))
PRIVATE = Attribute(
    f"@Environment[{LINK}]", ("BoolEquals", "BoolNotEquals"), ("true", "false"), (True, False)
)
NUMBER = Attribute(
    f"@Principal[{LEVEL}]",
    (*NUMERIC, *(f"{quantifier}Values:{test}" for quantifier in QUANTIFIERS for test in NUMERIC)),
    ("3", "4", "6"),
    (*range(1, 9), *lists((2, 3, 4, 5, 6, 7)), ABSENT),
)


def random_leaf(rng: Random, attribute: Attribute) -> str:
    operator = rng.choice(attribute.operators)
    if ":" not in operator:
        literal = rng.choice(attribute.literals)
    else:
        literal = f"{{{', '.join(rng.choices(attribute.literals, k=rng.randint(1, 2)))}}}"
    negation = "NOT " if rng.random() < 0.1 else ""
    return f"{negation}{attribute.reference} {operator} {literal}"


def random_expression(rng: Random, attributes: Sequence[Attribute], depth: int = 2) -> str:
    if depth == 0 or rng.random() < 0.25:
        return random_leaf(rng, rng.choice(attributes))
    parts = [random_expression(rng, attributes, depth - 1) for _ in range(rng.randint(2, 3))]
    text = rng.choice((" AND ", " OR ")).join(f"({part})" for part in parts)
    return f"NOT ({text})" if rng.random() < 0.1 else text


@cache
def requests(*attributes: Attribute) -> tuple[Request, ...]:
    """Every request that documented values make, for the one action."""
    return tuple(
        request_of(dict(zip(attributes, values, strict=True)))
        for values in product(*(attribute.values for attribute in attributes))
    )


def request_of(held: dict[Attribute, Any]) -> Request:
    sources: dict[str, Any] = {}
    for attribute, value in held.items():
        source, _, name = attribute.reference[1:-1].partition("[")
        if value is not ABSENT:
            sources.setdefault(source.lower(), {})[name] = value
    return Request(action=READ, **sources)


def met(text: str, universe: Iterable[Request]) -> list[bool]:
    condition = parse(text)
    return [evaluate(condition, request) is Truth.TRUE for request in universe]


def find(code: str, text: str) -> list[Found]:
    """What one rule says, before a more specific one may silence it."""
    rule = rules_by_code()[code]
    assert rule.find is not None
    return list(rule.find(Subject(parse(text))))


def guarded(expression: str) -> str:
    return f"(!(ActionMatches{{'{READ}'}}) OR ({expression}))"


GROUPS = ((NAME,), (STAGE,), (TAG_KEYS,), (NUMBER,), (NAME, PRIVATE), (PRIVATE, NUMBER))


@pytest.mark.parametrize("group", GROUPS, ids=len)
def test_always_and_never_are_what_enumeration_says(group: tuple[Attribute, ...]) -> None:
    rng = Random(11)
    outcomes = set()
    for _ in range(50):
        text = guarded(random_expression(rng, group))
        seen = met(text, requests(*group))
        assert bool(find("COR401", text)) is all(seen), text
        assert bool(find("COR402", text)) is not any(seen), text
        outcomes.add((all(seen), any(seen)))
    assert len(outcomes) > 1


@pytest.mark.parametrize("group", GROUPS, ids=len)
def test_a_condition_as_a_whole_is_decided_as_well(group: tuple[Attribute, ...]) -> None:
    rng = Random(12)
    for _ in range(30):
        parts = [
            " OR ".join(random_leaf(rng, rng.choice(group)) for _ in range(2)) for _ in range(2)
        ]
        text = " AND ".join(f"({part})" for part in parts)
        seen = met(text, requests(*group))
        parts_seen = [met(part, requests(*group)) for part in parts]
        assert bool(find("COR401", text)) is any(map(all, parts_seen)), text
        assert bool(find("COR402", text)) is not any(seen), text


@pytest.mark.parametrize("attribute", [NAME, STAGE, TAG_KEYS, NUMBER], ids=lambda a: a.reference)
@pytest.mark.parametrize("connective", ["AND", "OR"])
def test_subsumed_operands_are_those_that_can_go(attribute: Attribute, connective: str) -> None:
    rng = Random(13)
    combine: Callable[[Iterable[bool]], bool] = all if connective == "AND" else any
    universe = requests(attribute)
    count = 0
    for _ in range(50):
        leaves = [random_leaf(rng, attribute) for _ in range(rng.randint(2, 4))]
        outcomes = [met(leaf, universe) for leaf in leaves]
        together = [combine(values) for values in zip(*outcomes, strict=True)]
        kept = list(range(len(leaves)))
        needless = []
        if len(set(together)) > 1:
            for at in reversed(range(len(leaves))):
                rest = [outcomes[n] for n in kept if n != at]
                if rest and [combine(values) for values in zip(*rest, strict=True)] == together:
                    kept.remove(at)
                    needless.append(leaves[at])
        text = guarded(f" {connective} ".join(leaves))
        found = find("COR403", text)
        assert [text[one.span.start : one.span.end] for one in found] == needless, text
        count += len(needless)
        for one in found:
            if one.fix is not None:
                assert one.fix.safe
                assert met(applied(text, one.fix), universe) == met(text, universe)
    assert count


ANYTHING = (*FEW_TEXTS, "b", "B", *lists(("", "a", "A", "ab", "b", "B")), ABSENT, 5)


def test_duplicate_clauses_are_those_that_decide_alike() -> None:
    rng = Random(14)
    anything = [request_of({NAME: value}) for value in ANYTHING]
    count = 0
    for _ in range(200):
        operators = ("StringEquals", "StringNotEquals", "ForAnyOfAnyValues:StringEquals")
        attribute = Attribute(NAME.reference, operators, WORDS[:4], ())
        one, other = (random_expression(rng, [attribute], 1) for _ in range(2))
        text = f"{guarded(one)} AND {guarded(other)}"
        is_same = met(guarded(one), anything) == met(guarded(other), anything)
        assert bool(find("COR405", text)) is is_same, text
        count += is_same
        for found in find("COR405", text):
            assert found.fix is not None
            assert met(applied(text, found.fix), anything) == met(text, anything)
    assert count


def test_contradictory_guards_are_those_that_no_request_meets_both() -> None:
    rng = Random(15)
    count = 0
    for _ in range(200):
        one, other = (random_expression(rng, [NAME], 1) for _ in range(2))
        text = f"{guarded(one)} AND {guarded(other)}"
        universe = requests(NAME)
        outcomes = [met(part, universe) for part in (one, other)]
        excluded = all(map(any, outcomes)) and not any(map(all, zip(*outcomes, strict=True)))
        assert bool(find("COR416", text)) is excluded, text
        count += excluded
    assert count


@pytest.mark.parametrize("connective", ["AND", "OR"])
def test_contradictory_values_are_decided_like_everything_else(connective: str) -> None:
    rng = Random(16)
    relation = "StringEquals" if connective == "AND" else "StringNotEquals"
    quantifier = "ForAnyOfAnyValues" if connective == "AND" else "ForAnyOfAllValues"
    attribute = Attribute(
        NAME.reference,
        (relation, f"{relation}IgnoreCase", f"{quantifier}:{relation}"),
        WORDS[:4],
        (),
    )
    count = 0
    for _ in range(150):
        text = f" {connective} ".join(random_leaf(rng, attribute) for _ in range(2))
        if "NOT" in text:
            continue
        seen = met(text, requests(NAME))
        is_constant = not any(seen) if connective == "AND" else all(seen)
        assert bool(find("COR410", guarded(text))) is is_constant, text
        count += is_constant
    assert count


def test_windows_are_empty_when_no_instant_is_in_them() -> None:
    rng = Random(17)
    instants = [f"2099-01-01T00:00:00.000000{digit}Z" for digit in range(8)]
    universe = [Request(action=READ, environment={"UtcNow": instant}) for instant in instants]
    tests = ("GreaterThan", "GreaterThanEquals", "LessThan", "LessThanEquals")
    for _ in range(200):
        parts = [
            f"@Environment[UtcNow] DateTime{rng.choice(tests)} '{rng.choice(instants[2:6])}'"
            for _ in range(rng.randint(1, 4))
        ]
        text = guarded(" AND ".join(parts))
        errors = [found for found in find("COR409", text) if found.severity is None]
        assert bool(errors) is not any(met(text, universe)), text


@pytest.mark.parametrize("code", ["STY507", "COR403", "COR405", "COR404"])
def test_safe_fixes_keep_every_outcome(code: str) -> None:
    rng = Random(18)
    group = (STAGE, PRIVATE)
    universe = [request_of({STAGE: s, PRIVATE: p}) for s in ANYTHING for p in (True, False, ABSENT)]
    count = 0
    for _ in range(40):
        leaves = [random_leaf(rng, rng.choice(group)) for _ in range(3)]
        parts = [
            f"({' AND '.join(rng.choices(leaves, k=2))})" if rng.random() < 0.6 else leaf
            for leaf in rng.choices(leaves, k=2)
        ]
        text = guarded(" OR ".join(parts))
        for found in find(code, text):
            assert found.fix is not None or code == "COR403"
            if found.fix is not None:
                count += 1
                assert found.fix.safe
                assert met(applied(text, found.fix), universe) == met(text, universe), text
    assert count or code == "COR405"


def test_what_is_too_much_work_is_left_unsaid() -> None:
    rng = Random(19)
    patterns = ["".join(rng.choices("ab?*", k=12)) for _ in range(40)]
    parts = [f"@Resource[{QUEUE}] StringLike '*{pattern}*'" for pattern in patterns]
    text = guarded(" OR ".join(parts))
    assert [found for found in lint(text) if found.severity is Severity.ERROR] == []
