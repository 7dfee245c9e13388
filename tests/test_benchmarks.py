"""The benchmarks run, and their floors decide what azcond decides. Nothing here is about speed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import azcond
from conftest import FIXTURES


def test_one_round_measures_every_group(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    checkout, package = FIXTURES.parent, Path(azcond.__file__).parent.parent
    completed = subprocess.run(  # noqa: S603  # this interpreter
        [
            *(sys.executable, "-m", "benchmarks", "--rounds", "1"),
            *("--assignments", "1000", "--files", "60", "--json", str(figures)),
        ],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(package), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert completed.returncode == 0, completed.stderr
    groups = json.loads(figures.read_text(encoding="utf-8"))["groups"]
    rows = {(group["title"], row["name"]): row for group in groups for row in group["rows"]}
    assert all(row["amount"] > 0 for row in rows.values())
    assert all(name in completed.stdout for _, name in rows)
    limits = {name: row["limit"] for (_, name), row in rows.items() if row["limit"]}
    assert limits == {
        "1,000 assignments": 300,
        "lint, the Key Vault condition": 1.5e-3,
        "lint, 8 KB of clauses": 25e-3,
        "lint, 8 KB of one list": 25e-3,
    }
    aims = {name: row["target"] for (_, name), row in rows.items() if row["target"]}
    assert aims == {
        "parse": 6,
        "program(request)": 1.5,
        "parse, 64 KB": 1.5,
        "lint, 64 KB": 1.5,
        "format, 64 KB": 1.5,
        "build, for each assignment, 1,000 assignments": 1.5,
        "one decision, 1,000 assignments": 1.5,
        "decide, ten apply, none grants the action": 15,
        "decide, ten apply, none has a condition": 15,
        "decide, ten apply, the first condition is not met": 15,
        "decide, ten apply, no condition is met": 15,
        "decide, ten apply, only the last condition is met": 15,
        "60 files, one process": 1.5,
        "60 files": 1.5,
        "import azcond": 2,
        "azcond lint FILE": 8,
        "azcond lint ROLE.json": 8,
    }
