"""The comparison: each engine in a process of its own, all timed in turns."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import azcond
from benchmarks.peers.engine import Engine
from benchmarks.peers.results import PeerRow, PeerTable
from benchmarks.scenarios import Scenario
from benchmarks.timing import ENVIRONMENT, summary

_CHECKOUT = Path(__file__).parent.parent.parent
_PACKAGE = Path(azcond.__file__).parent.parent
_ENVIRONMENT = {**ENVIRONMENT, "PYTHONPATH": os.pathsep.join(map(str, (_PACKAGE, _CHECKOUT)))}


def compare(
    engines: Sequence[Engine], scenario: Scenario, rounds: int, processes: int
) -> PeerTable:
    """All engines in one scenario; first use and import are the best of fresh processes."""
    workers = [_Worker(engine, scenario) for engine in engines]
    try:
        for _ in range(rounds):
            for worker in workers:
                worker.take_turn()
    finally:
        for worker in workers:
            worker.close()
    rows = tuple(worker.row() for worker in workers)
    _time_starts(engines, rows, scenario, processes)
    return PeerTable(scenario.title, rows)


class _Worker:
    """A process that decides with one engine, and what it took in each round."""

    def __init__(self, engine: Engine, scenario: Scenario) -> None:
        self.engine = engine
        self.taken: dict[str, list[float]] = {}
        self.process = subprocess.Popen(  # noqa: S603  # this interpreter
            [sys.executable, "-m", "benchmarks.peers.worker", engine.name, scenario.title],
            cwd=_CHECKOUT,
            env=_ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self.failure = ""
        self.failure = self._read() or self.failure

    def take_turn(self) -> None:
        """Measure every column once."""
        if self.failure:
            return
        print(file=self.process.stdin, flush=True)
        taken = self._read()
        for column, seconds in (taken or {}).items():
            self.taken.setdefault(column, []).append(seconds)

    def _read(self) -> Any:
        """The next answer, or nothing, with the failure noted, when the process has ended."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if line:
            return json.loads(line)
        code = self.process.wait()
        end = signal.Signals(-code).name if code < 0 else f"status {code}"
        self.failure = f"ends the process ({end})"
        return None

    def close(self) -> None:
        """End the process."""
        self.process.communicate()

    def row(self) -> PeerRow:
        """What was measured."""
        engine = self.engine
        times = {} if self.failure else {name: summary(all_) for name, all_ in self.taken.items()}
        return PeerRow(
            name=engine.name,
            version=engine.version,
            redone=engine.redone,
            is_floor=engine.is_floor,
            is_native=engine.is_native,
            failure=self.failure,
            ready=times.get("ready"),
            plain=times.get("plain"),
            batch=times.get("batch"),
        )


def _time_starts(
    engines: Sequence[Engine], rows: Sequence[PeerRow], scenario: Scenario, processes: int
) -> None:
    """First use and import, each in fresh processes in which the engines take turns."""
    timed = [pair for pair in zip(engines, rows, strict=True) if not pair[1].failure]
    for _ in range(processes):
        for engine, row in timed:
            if engine.decides:
                command = ("-m", "benchmarks.peers.probe", engine.name, scenario.title)
                row.first_use = _least(row.first_use, _seconds(*command))
            if engine.import_statement:
                seconds = _seconds("-c", _IMPORT.format(engine.import_statement))
                row.imported = _least(row.imported, seconds)


def _least(*seconds: float | None) -> float | None:
    return min((one for one in seconds if one is not None), default=None)


_IMPORT = "import time; start = time.perf_counter(); {}; print(time.perf_counter() - start)"


def _seconds(*arguments: str) -> float | None:
    """What a fresh process prints last, if it comes to that."""
    done = subprocess.run(  # noqa: S603  # this interpreter
        [sys.executable, *arguments],
        cwd=_CHECKOUT,
        env=_ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return None if done.returncode else float(done.stdout.splitlines()[-1])
