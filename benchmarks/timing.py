"""Timing that a noisy machine cannot spoil: peers take turns in many rounds, and the best counts.

A machine may run at two speeds and change between them. Every peer of a group is measured in each
round, one right after the other, so all of them meet the fast phases.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from statistics import median
from time import perf_counter

BATCH_SECONDS = 0.004

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
"""For processes whose start is measured: bytecode is kept, as it is of what is installed."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Something to measure; one run of `work` does what is counted `calls` times."""

    name: str
    work: Callable[[], object]
    calls: int = 1


@dataclass(frozen=True, slots=True)
class Times:
    """The seconds of one call: the best round, and the middle one."""

    best: float
    median: float


def best_times(peers: Sequence[Peer], rounds: int) -> list[float]:
    """The best seconds of one call of each peer, over rounds in which they take turns."""
    return [times.best for times in all_times(peers, rounds)]


def all_times(peers: Sequence[Peer], rounds: int) -> list[Times]:
    """As `best_times`, with the median beside the best."""
    with _without_collector():
        take_turns = turns(peers)
        return [
            summary(times) for times in zip(*(take_turns() for _ in range(rounds)), strict=True)
        ]


def summary(seconds: Sequence[float]) -> Times:
    """The best and the median of what the rounds took."""
    return Times(min(seconds), median(seconds))


def turns(peers: Sequence[Peer]) -> Callable[[], list[float]]:
    """A function that runs one round and gives the seconds of one call of each peer."""
    counts = [_runs_in_a_batch(peer) for peer in peers]

    def run() -> list[float]:
        return [
            _seconds(peer, count) / (count * peer.calls)
            for peer, count in zip(peers, counts, strict=True)
        ]

    return run


def _runs_in_a_batch(peer: Peer) -> int:
    peer.work()
    once = max(min(_seconds(peer, 1), _seconds(peer, 1)), 1e-9)
    return max(1, int(BATCH_SECONDS / once))


def _seconds(peer: Peer, runs: int) -> float:
    work = peer.work
    start = perf_counter()
    for _ in repeat(None, runs):
        work()
    return perf_counter() - start


@contextmanager
def _without_collector() -> Iterator[None]:
    enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
