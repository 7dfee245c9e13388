"""A process of its own for one engine: its answers are verified, then its decisions timed.

`python -m benchmarks.peers.worker ENGINE SCENARIO` writes a line of JSON with why the engine cannot
be compared, an empty one when it can; then, for every line it reads, the seconds of a decision in
each column. The engines so take turns, and one that ends its process ends no other.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

from benchmarks.peers.engine import CannotExpressError, Engine
from benchmarks.peers.engines import ENGINES
from benchmarks.peers.scenarios import SCENARIOS
from benchmarks.scenarios import Case, Plain, Scenario, expected
from benchmarks.timing import Peer, turns

_RUN_SECONDS = 1e-3
_MOST_REPEATS = 250
_BATCH = 400


def serve(engine: Engine, scenario: Scenario) -> None:
    """Answer on what was the standard output, which libraries may write to."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def answer(given: object) -> None:
        print(json.dumps(given), file=answers, flush=True)

    failure = verify(engine, scenario)
    if failure:
        answer(failure)
        return
    peers = _peers(engine, scenario)
    gc.collect()
    gc.disable()
    take_turns = turns(peers)
    answer("")
    for _ in sys.stdin:
        answer(dict(zip((peer.name for peer in peers), take_turns(), strict=True)))


def verify(engine: Engine, scenario: Scenario) -> str:
    """Why the engine cannot be compared in the scenario; nothing when it answers all rightly."""
    failure = engine.failure()
    if failure or not engine.decides:
        return failure
    try:
        return next((wrong for case in scenario.cases if (wrong := _wrong(engine, case))), "")
    except CannotExpressError as reason:
        return f"cannot express it: {reason}"
    except Exception as error:  # noqa: BLE001  # whatever a foreign library raises
        return f"fails: {type(error).__name__}: {' '.join(str(error).split())[:80]}"


def _wrong(engine: Engine, case: Case) -> str:
    decider = engine.prepare(case)
    requests = (*case.requests, *case.more)
    owned = [decider.own(request) for request in requests]
    answers = [
        [bool(decider.ready(one)) for one in owned],
        [bool(decider.plain(request)) for request in requests],
        *([list(map(bool, decider.batch(requests)()))] if decider.batch else ()),
    ]
    right = [expected(case, request) for request in requests]
    if len(set(right)) == 1:
        raise AssertionError("a comparison of decisions that all come out the same")
    return "" if all(given == right for given in answers) else "answers wrongly"


def _peers(engine: Engine, scenario: Scenario) -> list[Peer]:
    """The columns: from the engine's own form, from the plain request, and in a batch."""
    deciders = [(engine.prepare(case), case.requests) for case in scenario.cases]
    ready = [
        (decider.ready, decider.own(request)) for decider, given in deciders for request in given
    ]
    plain = [(decider.plain, request) for decider, given in deciders for request in given]
    peers = [Peer("ready", *_in_turn(ready)), Peer("plain", *_in_turn(plain))]
    batches = [
        (decider.batch(_filled(given)), len(_filled(given)))
        for decider, given in deciders
        if decider.batch
    ]
    return [*peers, Peer("batch", *_in_batches(batches))] if batches else peers


def _in_turn(pairs: list[tuple[Any, Any]]) -> tuple[Callable[[], object], int]:
    """A run over the requests, in which little but the decisions takes time."""
    start = perf_counter()
    for decide, request in pairs:
        decide(request)
    once = perf_counter() - start
    turns = pairs * max(1, min(_MOST_REPEATS, int(_RUN_SECONDS / once)))
    if len({id(decide) for decide, _ in pairs}) > 1:

        def run_all() -> None:
            for decide, request in turns:
                decide(request)

        return run_all, len(turns)
    decide, requests = pairs[0][0], [request for _, request in turns]

    def run() -> None:
        for request in requests:
            decide(request)

    return run, len(turns)


def _filled(requests: tuple[Plain, ...]) -> tuple[Plain, ...]:
    return requests * max(1, _BATCH // len(requests))


def _in_batches(
    batches: Sequence[tuple[Callable[[], object], int]],
) -> tuple[Callable[[], object], int]:
    def run() -> None:
        for decide_all, _ in batches:
            decide_all()

    return run, sum(count for _, count in batches)


def main() -> None:
    """Serve the engine and the scenario that are named."""
    name, title = sys.argv[1:]
    engine = next(engine for engine in ENGINES if engine.name == name)
    warnings.simplefilter("ignore")  # what old libraries say of themselves
    serve(engine, SCENARIOS[title]())


if __name__ == "__main__":
    main()
