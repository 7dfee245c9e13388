"""The first use of an engine, in a process of its own.

`python -m benchmarks.peers.probe ENGINE SCENARIO` prints the seconds from the text of a condition
to its first decision from a plain request. The library is imported, and has been used for another
condition before.
"""

from __future__ import annotations

import sys
import warnings
from time import perf_counter

from benchmarks.peers.engine import Engine
from benchmarks.peers.engines import ENGINES
from benchmarks.peers.scenarios import SCENARIOS
from benchmarks.scenarios import Scenario, key_vault, storage


def first_use(engine: Engine, scenario: Scenario) -> float:
    """Those seconds, for the first condition of the scenario."""
    other = storage() if scenario.title == key_vault().title else key_vault()
    for request in other.cases[0].requests:
        engine.prepare(other.cases[0]).plain(request)
    case = scenario.cases[0]
    start = perf_counter()
    engine.prepare(case).plain(case.requests[0])
    return perf_counter() - start


def main() -> None:
    """Print the seconds for the engine and the scenario that are named."""
    name, title = sys.argv[1:]
    engine = next(engine for engine in ENGINES if engine.name == name)
    warnings.simplefilter("ignore")
    print(first_use(engine, SCENARIOS[title]()))


if __name__ == "__main__":
    main()
