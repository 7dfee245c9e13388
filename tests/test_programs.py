"""A program decides the same before and after it is generated, and keeps nothing of requests."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from random import Random
from uuid import UUID
from weakref import WeakSet

import pytest
from hypothesis import given
from hypothesis import strategies as st

import azcond
from azcond import compiler
from azcond.interpreter import Missing
from conftest import FIXTURES
from spelling import spell
from strategies import random_request, random_tree

WRITE = "Microsoft.Authorization/roleAssignments/write"
ROLE = "Microsoft.Authorization/roleAssignments:RoleDefinitionId"
CONDITION = azcond.parse(
    (FIXTURES / "conditions" / "key-vault-data-access-administrator.cond").read_text("utf-8")
)
ALLOWED, OTHER = (
    azcond.Request(WRITE, request={ROLE: guid})
    for guid in ("4633458b-17de-408a-b874-0445c86b69e6", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635")
)


@pytest.fixture
def interpreted(monkeypatch: pytest.MonkeyPatch) -> list[azcond.Request]:
    """The requests that a program interprets, with as many first calls as users have."""
    seen: list[azcond.Request] = []

    def evaluate(
        condition: azcond.Condition, request: azcond.Request, missing: Missing
    ) -> azcond.Truth:
        seen.append(request)
        return azcond.evaluate(condition, request, missing)

    monkeypatch.setattr(compiler, "evaluate", evaluate)
    monkeypatch.setattr(compiler, "FIRST_CALLS", 4)
    return seen


def test_the_first_decisions_are_interpreted(interpreted: list[azcond.Request]) -> None:
    program = azcond.compile(CONDITION)
    function = program.func
    requests = list(islice(cycle((ALLOWED, OTHER)), 12))
    assert [program(request) for request in requests] == [True, False] * 6
    assert interpreted == requests[:4]
    assert program.func is function
    assert function.__code__.co_names == compile(program.source, "", "exec").co_consts[0].co_names


def test_all_decisions_of_a_prepared_program_are_generated(
    interpreted: list[azcond.Request],
) -> None:
    program = azcond.compile(CONDITION).prepare()
    assert (program(ALLOWED), program(OTHER)) == (True, False)
    assert program.prepare() is program
    assert program(ALLOWED)
    assert interpreted == []


def test_a_stream_goes_on_while_the_program_is_generated(
    interpreted: list[azcond.Request],
) -> None:
    answers = azcond.compile(CONDITION).map(cycle((ALLOWED, OTHER)))
    assert list(islice(answers, 9)) == [True, False, True, False, True, False, True, False, True]
    assert len(interpreted) == 4


@given(st.integers(0, 10**9), st.integers(0, 6), st.sampled_from(["unknown", "false"]))
def test_no_number_of_first_calls_changes_a_decision(
    seed: int, first_calls: int, missing: Missing
) -> None:
    rng = Random(seed)
    condition = azcond.parse(spell(random_tree(rng), rng))
    requests = [azcond.Request(**random_request(rng)) for _ in range(6)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiler, "FIRST_CALLS", first_calls)
        decided = list(azcond.compile(condition, missing).map(requests))
    met = azcond.Truth.TRUE
    assert decided == [azcond.evaluate(condition, one, missing) is met for one in requests]


@pytest.mark.usefixtures("interpreted")
def test_threads_may_share_a_program_from_its_first_call_on() -> None:
    requests = list(islice(cycle((ALLOWED, OTHER)), 40))
    for _ in range(20):
        program = azcond.compile(CONDITION)
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(program, requests)) == [True, False] * 20


class Watched(azcond.Request):
    """A request of which it can be told whether it is still there."""

    __slots__ = ("__weakref__",)


def test_a_stream_holds_one_request_at_a_time() -> None:
    alive: WeakSet[Watched] = WeakSet()
    most = made = 0

    def requests() -> Iterator[Watched]:
        nonlocal made, most
        while True:
            made += 1
            request = Watched(WRITE, request={ROLE: str(UUID(int=made))})
            alive.add(request)
            most = max(most, len(alive))
            yield request
            del request

    answers = azcond.compile(CONDITION).map(requests())
    for taken in range(1, 1000):
        next(answers)
        assert made == taken
    assert most <= 2


def _requests(count: int) -> Iterator[azcond.Request]:
    """Few roles, because what is known of a GUID is remembered, up to a bound; much else."""
    for number in range(count):
        role = str(UUID(int=number % 100))
        yield azcond.Request(WRITE, request={ROLE: role, "x:y": [str(number), "z"]})


def _peak(program: azcond.Program, count: int) -> int:
    """The most bytes that deciding so many requests holds at one time."""
    tracemalloc.start()
    try:
        assert not any(program.map(_requests(count)))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_stream_takes_no_more_memory_the_longer_it_is() -> None:
    program = azcond.compile(CONDITION)
    _peak(program, 1000)  # generates the function and fills what is remembered
    short = _peak(program, 1000)
    assert short < 20_000
    assert _peak(program, 20_000) < short + 2000
