"""`python -m benchmarks [--rounds N] [--json FILE]`: measure everything and print a table."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.measurements import all_groups
from benchmarks.report import document, table


def main() -> None:
    """Measure, print the table, and write the raw figures where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--rounds", type=int, default=60, metavar="N", help="turns of each peer; the best counts"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the raw figures there")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    groups = all_groups(options.rounds)
    print(table(groups))
    if options.json:
        options.json.write_text(json.dumps(document(groups), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
