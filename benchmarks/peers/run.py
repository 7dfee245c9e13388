"""All scenarios with the engines that were asked for."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.mixed import mixed
from benchmarks.peers.cedar import CEDAR
from benchmarks.peers.comparison import compare
from benchmarks.peers.engine import Engine
from benchmarks.peers.engines import OWN, PEERS
from benchmarks.peers.floors import AZCOND, BY_HAND
from benchmarks.peers.results import Aim, PeerTable, aims
from benchmarks.scenarios import key_vault, storage

_PROCESSES_FOR_ROUNDS = 8


def chosen(names: Sequence[str]) -> tuple[Engine, ...]:
    """The peers whose names hold one of the words, or all; azcond and the floors are always in."""
    words = [name.lower() for name in names]
    peers = [one for one in PEERS if not words or any(word in one.name.lower() for word in words)]
    return (*OWN, *peers)


def compare_all(engines: Sequence[Engine], rounds: int) -> tuple[list[PeerTable], list[Aim]]:
    """A table for each scenario, with fewer rounds for the many conditions, and the aims."""
    few, processes = max(1, rounds // 4), max(1, rounds // _PROCESSES_FOR_ROUNDS)
    tables = [
        compare(engines, key_vault(), rounds, processes),
        compare(engines, storage(), rounds, processes),
        compare(engines, mixed(), few, max(1, processes // 4)),
    ]
    return tables, aims(tables[0], AZCOND.name, BY_HAND.name, CEDAR.name)
