"""The comparison with other libraries runs without them. Nothing here is about speed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import azcond
from conftest import FIXTURES

SCENARIOS = ["the Key Vault condition", "a storage condition", "50 conditions of mixed shape"]
OWN = {"a call that does nothing", "a function written by hand", "azcond"}
NO_PEER = ("--peers", "a library of this name", "--rounds", "1")


def run(*arguments: str) -> str:
    """What the benchmarks print; they must end well."""
    package = Path(azcond.__file__).parent.parent
    completed = subprocess.run(  # noqa: S603  # this interpreter
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=FIXTURES.parent,
        env={**os.environ, "PYTHONPATH": str(package), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert completed.returncode == 0, completed.stderr
    return completed.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report about azcond and the floors alone."""
    made = tmp_path_factory.mktemp("benchmarks") / "report"
    run(*NO_PEER, "--growth-to", "4", "--report", str(made))
    return made


def test_azcond_and_the_floors_decide_alike_in_every_scenario(folder: Path) -> None:
    document = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert [table["title"] for table in document["peers"]] == SCENARIOS
    for table in document["peers"]:
        rows = {row["name"]: row for row in table["rows"]}
        assert set(rows) == OWN
        for row in rows.values():
            by_hand = row["name"] == "a function written by hand" and table["title"] == SCENARIOS[2]
            assert row["failure"] == ("cannot express it: nobody writes 50 functions" * by_hand)
            if not by_hand:
                assert 0 < row["ready"]["best"] <= row["ready"]["median"]
                assert row["plain"]["best"] > 0
        assert rows["azcond"]["first_use"] > 0
        assert rows["azcond"]["imported"] > 0


def test_aims_that_need_a_peer_are_not_claimed_without_one(folder: Path) -> None:
    document = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert [(aim["text"], aim["bound"], aim["unit"]) for aim in document["aims"]] == [
        ("time per decision, to a function written by hand", 1.5, "x"),
        ("first use", 1, "ms"),
    ]


def test_growth_is_measured_at_two_sizes_at_least(folder: Path) -> None:
    document = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    sizes = {
        curves["size"]: [size for size, _ in line["points"]]
        for curves in document["curves"]
        for line in curves["lines"]
    }
    assert sizes == {
        "clauses": [1, 4],
        "values": [1, 8],
        "levels": [1, 4],
        "conditions": [5, 20],
        "assignments": [100, 1000],
    }
    assert all(
        isinstance(slope, float)
        for curves in document["curves"]
        for slope in curves["slopes"].values()
    )


def test_the_table_has_every_engine(folder: Path) -> None:
    table = (folder / "table.md").read_text(encoding="utf-8")
    for name in OWN:
        assert table.count(f"| {name} |") == len(SCENARIOS)


def test_a_run_is_compared_with_a_former_one(folder: Path, tmp_path: Path) -> None:
    figures = folder / "figures.json"
    again = tmp_path / "again.json"
    printed = run(*NO_PEER, "--json", str(again), "--compare", str(figures))
    old = json.loads(figures.read_text(encoding="utf-8"))["figures"]
    new = json.loads(again.read_text(encoding="utf-8"))["figures"]
    assert set(new) < set(old)  # the former run has measured growth too
    name = "the Key Vault condition: azcond, per decision"
    assert f"{new[name] / old[name]:8.2f} x  {name}" in printed
