"""What the peers decide: conditions in a form that each of them can be given in its own language.

A condition is a list of clauses, as Azure's condition editor writes them: unless the request is
for the action of the clause, one of its ways must hold. No two clauses guard the same action and
suboperation, so an engine without negation can be given one rule for each way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from typing import Any, assert_never

from benchmarks import subjects

Plain = Mapping[str, Any]
"""A request as the caller has it: `action`, perhaps `suboperation`, and maps of attributes."""


class Relation(Enum):
    """How an attribute is compared with the values."""

    AMONG = auto()
    EQUALS = auto()
    DIFFERS = auto()
    STARTS = auto()
    LIKE = auto()
    AT_LEAST = auto()


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison; `source` is `request` or `resource`. Only AMONG has several values."""

    source: str
    attribute: str
    relation: Relation
    values: tuple[Any, ...]

    @property
    def value(self) -> Any:
        """The only value."""
        (value,) = self.values
        return value


@dataclass(frozen=True, slots=True)
class Clause:
    """What must hold for an action, in one way of several; all tests of that way.

    With a suboperation the clause is for that one, or, `inverted`, for every other one.
    """

    action: str
    ways: tuple[tuple[Test, ...], ...]
    suboperation: str | None = None
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A request that is met: of the action, or of an action outside `others` where it is None."""

    action: str | None
    tests: tuple[Test, ...] = ()
    others: tuple[str, ...] = ()
    suboperation: str | None = None
    other_suboperations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A condition, as text and as clauses, with the requests that are timed and some more."""

    text: str
    clauses: tuple[Clause, ...]
    requests: tuple[Plain, ...]
    more: tuple[Plain, ...] = ()

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions that are guarded, each once."""
        return tuple(dict.fromkeys(clause.action for clause in self.clauses))


@dataclass(frozen=True, slots=True)
class Scenario:
    """Conditions that are decided in turn."""

    title: str
    cases: tuple[Case, ...]
    by_hand: bool = field(default=True)


def rules(case: Case) -> Iterator[Rule]:
    """The clauses as rules of which one must fit, for engines that only have such."""
    for clause in case.clauses:
        named = clause.suboperation
        for way in clause.ways:
            if named is None or not clause.inverted:
                yield Rule(clause.action, way, suboperation=named)
            else:
                yield Rule(clause.action, way, other_suboperations=(named,))
    for action in case.actions:
        clauses = [clause for clause in case.clauses if clause.action == action]
        if all(clause.suboperation and not clause.inverted for clause in clauses):
            named_ones = tuple(str(clause.suboperation) for clause in clauses)
            yield Rule(action, other_suboperations=named_ones)
    yield Rule(None, others=case.actions)


def expected(case: Case, request: Plain) -> bool:
    """What everybody must answer, read off the clauses."""
    return all(
        not _guards(clause, request)
        or any(all(_holds(test, request) for test in way) for way in clause.ways)
        for clause in case.clauses
    )


def _guards(clause: Clause, request: Plain) -> bool:
    if request["action"] != clause.action:
        return False
    if clause.suboperation is None:
        return True
    return (request["suboperation"] == clause.suboperation) is not clause.inverted


def _holds(test: Test, request: Plain) -> bool:
    given = request[test.source][test.attribute]
    match test.relation:
        case Relation.AMONG:
            return given in test.values
        case Relation.EQUALS:
            return bool(given == test.value)
        case Relation.DIFFERS:
            return bool(given != test.value)
        case Relation.STARTS:
            return str(given).startswith(test.value)
        case Relation.LIKE:
            return re.search(pattern(test.value), given) is not None
        case Relation.AT_LEAST:
            return bool(given >= test.value)
    assert_never(test.relation)


def pattern(like: str) -> str:
    """A pattern with `*` as a regular expression for the whole text."""
    return f"^{'.*'.join(map(re.escape, like.split('*')))}$"


_ROLE = subjects.ROLE_ATTRIBUTE
_BLOBS = subjects.BLOBS
_READ, _WRITE = f"{_BLOBS}/read", f"{_BLOBS}/write"
_CONTAINER = "Microsoft.Storage/storageAccounts/blobServices/containers:name"
_PATH, _PREFIX = f"{_BLOBS}:path", f"{_BLOBS}:prefix"
_PROJECT, _STAGE = f"{_BLOBS}/tags:Project", f"{_BLOBS}/tags:Stage"


def key_vault() -> Scenario:
    """Which roles may be granted and removed, as the documentation has it."""
    roles = subjects.KEY_VAULT_ROLES
    clauses = tuple(
        Clause(f"{subjects.ASSIGNMENTS}/{verb}", ((Test(source, _ROLE, Relation.AMONG, roles),),))
        for verb, source in (("write", "request"), ("delete", "resource"))
    )
    text, requests = subjects.key_vault_condition(), subjects.KEY_VAULT_REQUESTS
    more = subjects.KEY_VAULT_MORE_REQUESTS
    return Scenario("the Key Vault condition", (Case(text, clauses, requests, more),))


def storage() -> Scenario:
    """Reading below some paths, listing below one prefix, writing with certain tags."""
    pages = Test("resource", _PATH, Relation.LIKE, ("reports/*/public/*.csv",))
    clauses = (
        Clause(
            _READ,
            (
                (Test("resource", _CONTAINER, Relation.EQUALS, ("logs",)), pages),
                (Test("resource", _PROJECT, Relation.AMONG, ("Cascade", "Baker", "Skagit")),),
            ),
            "Blob.List",
            inverted=True,
        ),
        Clause(
            _READ,
            ((Test("request", _PREFIX, Relation.STARTS, ("reports/2026/",)),),),
            "Blob.List",
        ),
        Clause(
            _WRITE,
            (
                (
                    Test("request", _PROJECT, Relation.EQUALS, ("Cascade",)),
                    Test("request", _STAGE, Relation.AMONG, ("draft", "final")),
                    Test("resource", _CONTAINER, Relation.DIFFERS, ("archive",)),
                ),
            ),
            "Blob.Write.WithTagHeaders",
        ),
    )
    requests = (
        _blob("read", "reports/2026/public/q1.csv", "Rainier"),
        _blob("read", "reports/2026/private/q1.csv", "Rainier"),
        _blob("read", "plans/2026.txt", "Baker"),
        _listing("reports/2026/public/"),
        _listing("plans/"),
        _tagged("Cascade", "final"),
        _tagged("Cascade", "secret"),
        _blob("delete", "reports/2026/public/q1.csv", "Rainier"),
    )
    more = (
        _blob("write", "plans/2026.txt", "Rainier"),
        _tagged("Cascade", "final", container="archive"),
        _tagged("Baker", "draft"),
        _blob("read", "reports/2026/public/q1.csv", "Rainier", container="archive"),
    )
    text = condition_text(clauses)
    return Scenario("a storage condition", (Case(text, clauses, requests, more),))


def _blob(verb: str, path: str, project: str, container: str = "logs") -> Plain:
    held = {_CONTAINER: container, _PATH: path, _PROJECT: project}
    return {"action": f"{_BLOBS}/{verb}", "suboperation": None, "request": {}, "resource": held}


def _listing(prefix: str) -> Plain:
    given = {"request": {_PREFIX: prefix}, "resource": {_CONTAINER: "logs"}}
    return {"action": _READ, "suboperation": "Blob.List", **given}


def _tagged(project: str, stage: str, container: str = "logs") -> Plain:
    given = {
        "request": {_PROJECT: project, _STAGE: stage},
        "resource": {_CONTAINER: container, _PATH: "plans/2026.txt"},
    }
    return {"action": _WRITE, "suboperation": "Blob.Write.WithTagHeaders", **given}


@cache
def condition_text(clauses: tuple[Clause, ...]) -> str:
    """The clauses in the condition language."""
    return " AND ".join(map(_clause_text, clauses))


def _clause_text(clause: Clause) -> str:
    guard = f"ActionMatches{{'{clause.action}'}}"
    if clause.suboperation is not None:
        negation = "NOT " if clause.inverted else ""
        guard += f" AND {negation}SubOperationMatches{{'{clause.suboperation}'}}"
    ways = " OR ".join(f"({' AND '.join(map(_test_text, way))})" for way in clause.ways)
    return f"((!({guard})) OR ({ways}))"


_RELATIONS = {
    Relation.AMONG: "ForAnyOfAnyValues:StringEquals",
    Relation.EQUALS: "StringEquals",
    Relation.DIFFERS: "StringNotEquals",
    Relation.STARTS: "StringStartsWith",
    Relation.LIKE: "StringLike",
    Relation.AT_LEAST: "NumericGreaterThanEquals",
}


def _test_text(test: Test) -> str:
    written = [str(value) if type(value) is int else f"'{value}'" for value in test.values]
    several = test.relation is Relation.AMONG
    values = f"{{{', '.join(written)}}}" if several else written[0]
    suffix = "<$key_case_sensitive$>" if "/tags:" in test.attribute else ""
    operand = f"@{test.source.title()}[{test.attribute}{suffix}]"
    return f"{operand} {_RELATIONS[test.relation]} {values}"
