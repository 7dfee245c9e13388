"""The third scenario: conditions of mixed shape, all different, made from their number."""

from __future__ import annotations

from typing import Any

from benchmarks.scenarios import Case, Clause, Plain, Relation, Scenario, Test, condition_text

_COUNT = 50
_TYPES = (
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs",
    "Microsoft.KeyVault/vaults/secrets",
    "Microsoft.Storage/storageAccounts/queueServices/queues/messages",
)
_VERBS = ("read", "write", "delete", "add/action", "filter/action")
_RELATIONS = tuple(Relation)


def mixed() -> Scenario:
    """One to five clauses of one to two ways of one to three tests; lists of up to 40 values."""
    return Scenario("50 conditions of mixed shape", tuple(map(_case, range(_COUNT))), by_hand=False)


def _case(number: int) -> Case:
    kind = _TYPES[number % len(_TYPES)]
    clauses = tuple(_clause(number, place, kind) for place in range(1 + number % 5))
    requests = (
        _request(clauses[0], clauses[0].ways[0]),
        _request(clauses[-1], clauses[-1].ways[0], spoiled=True),
    )
    nothing: Plain = {"suboperation": None, "request": {}, "resource": {}}
    more = (
        _request(clauses[-1], clauses[-1].ways[-1]),
        {"action": f"{kind}/other/action", **nothing},
    )
    return Case(condition_text(clauses), clauses, requests, more)


def _clause(number: int, place: int, kind: str) -> Clause:
    tests = [_test(number, place * 6 + offset, kind) for offset in range(1 + (number + place) % 3)]
    ways = [tuple(tests)]
    if (number + place) % 4 == 0:
        ways.append((_test(number, place * 6 + len(tests), kind),))
    suboperation = f"Part{number}" if (number + place) % 6 == 0 else None
    return Clause(f"{kind}/{_VERBS[place]}", tuple(ways), suboperation)


def _test(number: int, place: int, kind: str) -> Test:
    relation = _RELATIONS[(number + place) % len(_RELATIONS)]
    source = "resource" if (number + place) % 3 else "request"
    name = f"{kind}:field{place}"
    values: dict[Relation, tuple[Any, ...]] = {
        Relation.AMONG: tuple(f"value-{number}-{one}" for one in range(2 + 19 * (number % 3))),
        Relation.EQUALS: (f"team-{number}",),
        Relation.DIFFERS: (f"team-{number}",),
        Relation.STARTS: (f"team-{number}/",),
        Relation.LIKE: (f"team-{number}/*/public/*.csv",),
        Relation.AT_LEAST: (number,),
    }
    return Test(source, name, relation, values[relation])


def _request(clause: Clause, way: tuple[Test, ...], *, spoiled: bool = False) -> Plain:
    """A request that meets one way of a clause and fails the others, or fails all of them."""
    held: dict[str, dict[str, Any]] = {"request": {}, "resource": {}}
    for test in (test for one in clause.ways for test in one):
        good = test in way and not spoiled
        held[test.source][test.attribute] = _fitting(test) if good else _failing(test)
    return {"action": clause.action, "suboperation": clause.suboperation, **held}


def _fitting(test: Test) -> Any:
    match test.relation:
        case Relation.AMONG:
            return test.values[-1]
        case Relation.DIFFERS:
            return "another team"
        case Relation.STARTS | Relation.LIKE:
            return test.value.replace("*", "deep/down") + ("notes" * (test.value[-1] == "/"))
        case Relation.EQUALS | Relation.AT_LEAST:
            return test.value


def _failing(test: Test) -> Any:
    match test.relation:
        case Relation.DIFFERS:
            return test.value
        case Relation.AT_LEAST:
            return test.value - 1
        case _:
            return "elsewhere/notes.txt"
