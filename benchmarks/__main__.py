"""`python -m benchmarks`: measure what azcond costs, and with `--peers` what could be used instead.

Figures measured in one run can be compared with each other; those of two runs are by `--compare`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.access import SIZES
from benchmarks.growth import curves
from benchmarks.measurements import all_groups
from benchmarks.peers.run import chosen, compare_all
from benchmarks.presentation import Run, compared, write_report
from benchmarks.repositories import FEWEST_FILES, MOST_FILES

MIN_ASSIGNMENTS = SIZES[0]
_ROUNDS_FOR_CURVES = 6


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the figures, and write them where asked."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.rounds < 1 or options.assignments < MIN_ASSIGNMENTS:
        parser.error(f"--rounds is at least 1, --assignments at least {MIN_ASSIGNMENTS}")
    if options.files < FEWEST_FILES:
        parser.error(f"--files is at least {FEWEST_FILES}")
    old = json.loads(options.compare.read_text(encoding="utf-8")) if options.compare else None
    if old is not None and "figures" not in old:
        parser.error(f"{options.compare} is not what --json writes")
    run = _measure(options)
    print(run.text())
    if options.json:
        figures = json.dumps(run.document(), indent=2) + "\n"
        options.json.write_text(figures, encoding="utf-8")
    if options.report:
        print(write_report(run, options.report))
    if old is not None:
        print(compared(old, run.document()))


def _measure(options: argparse.Namespace) -> Run:
    """What azcond costs; or with `--peers` the comparison; with `--report` also the curves."""
    rounds: int = options.rounds
    few = max(1, rounds // _ROUNDS_FOR_CURVES)
    lines = tuple(curves(few, options.growth_to)) if options.report else ()
    if options.peers is None:
        return Run(all_groups(rounds, options.assignments, options.files), curves=lines)
    tables, aims = compare_all(chosen(options.peers), rounds)
    return Run(tables=tables, aims=aims, curves=lines)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--rounds", type=int, default=60, metavar="N", help="turns of each peer; the best counts"
    )
    parser.add_argument(
        "--peers",
        nargs="*",
        metavar="NAME",
        help="compare with other libraries, or with those whose names hold these words",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the raw figures there")
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FOLDER",
        help="measure also how costs grow; write raw figures, a table and charts there",
    )
    parser.add_argument(
        "--compare", type=Path, metavar="FILE", help="print ratios to the figures of a former run"
    )
    parser.add_argument(
        "--assignments",
        type=int,
        default=1_000_000,
        metavar="N",
        help="the largest tenant to measure access with",
    )
    parser.add_argument(
        "--files",
        type=int,
        default=MOST_FILES,
        metavar="N",
        help="how many files the largest repository has that is linted",
    )
    parser.add_argument(
        "--growth-to",
        type=int,
        default=100_000,
        metavar="N",
        help="the largest size in the charts of growth",
    )
    return parser


if __name__ == "__main__":
    main()
