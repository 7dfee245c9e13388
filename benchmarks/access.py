"""Access decisions: what a model costs to build, to hold and to ask, by the size of the tenant."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

import azcond
from azcond.access import AccessModel, AccessQuery, Permission, RoleAssignment, RoleDefinition
from azcond.access.filters import Filters
from azcond.access.holding import HeldRole, Intake
from azcond.access.index import Index
from azcond.access.roles import Roles
from benchmarks.report import Group, Row
from benchmarks.scanning import scan
from benchmarks.tenants import SMALLEST, Tenant, condition_text, role_definitions, tenant
from benchmarks.timing import Peer, best_times

SIZES = (SMALLEST, 10_000, 100_000, 1_000_000)
GROWTH_TARGET = 1.5
BYTES_LIMIT = 300
TEN_TARGET = 15.0
_BUILDS = 3
_TURNS = 500
_SCANNED = 10_000
"""Up to this many assignments a scan over all of them is measured beside the index."""


def access(rounds: int, most: int) -> Iterator[Group]:
    """Every group about access, for tenants of at most so many assignments."""
    yield _ten_assignments(rounds)
    tenants = {size: tenant(size) for size in SIZES if size <= most}
    yield _building(tenants)
    yield _holding(tenants)
    models = {
        size: AccessModel(role_definitions(), one.assignments) for size, one in tenants.items()
    }
    common = {size: one.common for size, one in tenants.items()}
    yield _deciding("one decision", models, common, rounds)
    own = {size: one.own for size, one in tenants.items()}
    group = _deciding("one decision, questions all over", models, own, rounds)
    yield replace(group, rows=tuple([replace(row, target=None) for row in group.rows]))
    for size, one in tenants.items():
        if size <= _SCANNED:
            yield _scanning(models[size], one, rounds)


def _indexing(assignments: Sequence[RoleAssignment]) -> Callable[[], Index[HeldRole]]:
    """What takes assignments in, the roles being ready."""
    filters = Filters()
    intake = Intake(Roles(role_definitions(), filters), filters)
    return lambda: Index(intake.hold(assignments))


def _building(tenants: dict[int, Tenant]) -> Group:
    """Build time for each assignment, without the collector, as everywhere here."""
    best = dict.fromkeys(tenants, float("inf"))
    for _ in range(_BUILDS):
        for size, one in tenants.items():
            for _ in range(max(1, 10_000 // size)):
                best[size] = min(best[size], _seconds(_indexing(one.assignments)) / size)
    return _growth("build, for each assignment", best)


def _seconds(build: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        start = perf_counter()
        build()
        return perf_counter() - start
    finally:
        gc.enable()


def _holding(tenants: dict[int, Tenant]) -> Group:
    """Bytes that the index takes for each assignment, the caller's own data aside."""
    rows = []
    for size, one in tenants.items():
        build = _indexing(one.assignments)
        tracemalloc.start()
        index = build()
        gc.collect()
        taken = tracemalloc.get_traced_memory()[0] / size
        tracemalloc.stop()
        del index
        rows.append(Row(f"{size:,} assignments", taken, limit=BYTES_LIMIT, unit="B"))
    return Group("memory, for each assignment", "nothing", tuple(rows))


def _deciding(
    title: str,
    models: dict[int, AccessModel],
    queries: dict[int, tuple[AccessQuery, ...]],
    rounds: int,
) -> Group:
    """One decision, by the size of the tenant."""
    peers = [Peer(f"{size:,}", *_asking(model, queries[size])) for size, model in models.items()]
    times = dict(zip(models, best_times(peers, rounds), strict=True))
    return _growth(title, times)


def _growth(title: str, times: dict[int, float]) -> Group:
    """Ratios to the smallest tenant."""
    floor = next(iter(times.values()))
    rows = [
        Row(f"{title}, {size:,} assignments", seconds, seconds / floor, GROWTH_TARGET)
        for size, seconds in times.items()
    ]
    return Group(title, rows[0].name, tuple(rows))


def _asking(model: AccessModel, queries: tuple[AccessQuery, ...]) -> tuple[Callable[[], None], int]:
    decide = model.decide

    def run() -> None:
        for query in queries:
            decide(query)

    return run, len(queries)


def _scanning(model: AccessModel, one: Tenant, rounds: int) -> Group:
    """The same decisions by a scan over all assignments, which has to decide alike."""
    roles = {role.id: role for role in role_definitions()}
    queries = one.common[:50]
    outcomes = set()
    for query in queries:
        allowed = model.decide(query).allowed
        if scan(roles, one.assignments, query) is not allowed:
            raise AssertionError(f"the scan decides otherwise: {query.principal_id} {query.action}")
        outcomes.add(allowed)
    if len(outcomes) == 1:
        raise AssertionError("a comparison of decisions that all come out the same")

    def scan_all() -> None:
        for query in queries:
            scan(roles, one.assignments, query)

    size = len(one.assignments)
    peers = [
        Peer(f"a scan over {size:,} assignments", scan_all, len(queries)),
        Peer(f"decide, {size:,} assignments", *_asking(model, queries)),
    ]
    times = best_times(peers, max(1, rounds // 10))
    rows = [
        Row(peer.name, seconds, seconds / times[0])
        for peer, seconds in zip(peers, times, strict=True)
    ]
    return Group("a scan beside the index", peers[0].name, tuple(rows))


_RESOURCE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v"
_SCOPES = ("/", "/subscriptions/s", "/subscriptions/s/resourceGroups/g", _RESOURCE)
_GET_SECRET = "Microsoft.KeyVault/vaults/secrets/getSecret/action"  # noqa: S105  # an action


def _ten_assignments(rounds: int) -> Group:
    """A decision among ten assignments that apply, against one compiled condition."""
    unmet = [condition_text(number) for number in range(10)]
    met = "@Resource[Microsoft.KeyVault/vaults/secrets:name] StringEquals 'other'"
    query = AccessQuery(
        "someone",
        _RESOURCE,
        data_action=_GET_SECRET,
        resource={"Microsoft.KeyVault/vaults/secrets:name": "other"},
    )
    program = azcond.compile(azcond.parse(unmet[0]))
    peers = [Peer("one compiled condition", *_many(program, query.request))]
    for name, action, conditions, expected in (
        ("none grants the action", "Contoso.Widgets/widgets/read", [None] * 10, False),
        ("none has a condition", _GET_SECRET, [None] * 10, True),
        ("the first condition is not met", _GET_SECRET, [unmet[0], *[None] * 9], True),
        ("no condition is met", _GET_SECRET, unmet, False),
        ("only the last condition is met", _GET_SECRET, [*unmet[:9], met], True),
    ):
        model = _model_of(action, conditions)
        if model.decide(query).allowed is not expected:
            raise AssertionError(f"{name}: decided otherwise")
        peers.append(Peer(f"decide, ten apply, {name}", *_many(model.decide, query)))
    times = best_times(peers, rounds)
    rows = [
        Row(peer.name, seconds, seconds / times[0], TEN_TARGET if at else None)
        for at, (peer, seconds) in enumerate(zip(peers, times, strict=True))
    ]
    return Group("a decision with ten assignments", peers[0].name, tuple(rows))


def _model_of(action: str, conditions: Sequence[str | None]) -> AccessModel:
    """Ten roles that grant one data action, each assigned to the same principal."""
    roles = [
        RoleDefinition(f"role-{at}", f"Role {at}", (Permission(data_actions=(action,)),))
        for at in range(len(conditions))
    ]
    assignments = [
        RoleAssignment("someone", role.id, _SCOPES[at % len(_SCOPES)], condition, "2.0")
        for at, (role, condition) in enumerate(zip(roles, conditions, strict=True))
    ]
    return AccessModel(roles, assignments)


def _many(decide: Callable[[Any], object], given: object) -> tuple[Callable[[], None], int]:
    def run() -> None:
        for one in turns:
            decide(one)

    turns = [given] * _TURNS
    return run, _TURNS
