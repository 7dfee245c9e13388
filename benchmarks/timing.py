"""Timing that a noisy machine cannot spoil: peers take turns in many rounds, and the best counts.

A machine may run at two speeds and change between them. Every peer of a group is measured in each
round, one right after the other, so all of them meet the fast phases.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from time import perf_counter

BATCH_SECONDS = 0.004


@dataclass(frozen=True, slots=True)
class Peer:
    """Something to measure; one run of `work` does what is counted `calls` times."""

    name: str
    work: Callable[[], object]
    calls: int = 1


def best_times(peers: Sequence[Peer], rounds: int) -> list[float]:
    """The best seconds of one call of each peer, over rounds in which they take turns."""
    with _without_collector():
        counts = [_runs_in_a_batch(peer) for peer in peers]
        best = [float("inf")] * len(peers)
        for _ in range(rounds):
            for index, (peer, count) in enumerate(zip(peers, counts, strict=True)):
                best[index] = min(best[index], _seconds(peer, count) / (count * peer.calls))
    return best


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
