"""Distributions: what is in them, and that each works where nothing of the checkout is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import azcond
from conftest import FIXTURES

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).parent.parent
FOLDERS = ("src", "grammar", "tests", "fixtures", "benchmarks")
FILES = ("pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE")
CONDITION = FIXTURES / "roles" / "key-vault-data-access-administrator.json"
GRANT = FIXTURES / "requests" / "grant-secrets-user.json"


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    """What a command prints, outside of this environment; it has to succeed."""
    dropped = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    inherited = {name: value for name, value in os.environ.items() if name not in dropped}
    done = subprocess.run(  # noqa: S603  # the commands are written below
        [str(part) for part in command],
        cwd=folder,
        env={**inherited, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the checkout holds, without what was made in it."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def distributions(checkout: Path) -> dict[str, Path]:
    """A wheel and a source distribution."""
    run(sys.executable, "-m", "build", "--no-isolation", folder=checkout)
    wheel, source = sorted((checkout / "dist").iterdir(), key=lambda path: path.suffix != ".whl")
    return {"wheel": wheel, "source distribution": source}


def test_the_wheel_holds_the_package_and_its_data(distributions: dict[str, Path]) -> None:
    with zipfile.ZipFile(distributions["wheel"]) as wheel:
        names = set(wheel.namelist())
        grammar = wheel.read("azcond/grammar/condition.lark")
    assert grammar == (ROOT / "grammar" / "condition.lark").read_bytes()
    package = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    data = {
        f"azcond/{folder}/{path.name}"
        for folder, where in (("grammar", ROOT / "grammar"), ("roles", ROOT / "fixtures" / "roles"))
        for path in where.iterdir()
    }
    information = f"azcond-{azcond.__version__}.dist-info"
    assert {name for name in names if not name.startswith(information)} == package | data
    assert f"{information}/licenses/LICENSE" in names


def test_the_source_distribution_holds_what_the_tests_need(
    distributions: dict[str, Path],
) -> None:
    with tarfile.open(distributions["source distribution"]) as source:
        names = {name.partition("/")[2] for name in source.getnames()}
    for name in (
        *("grammar/condition.lark", "src/azcond/py.typed", "tests/conftest.py", "LICENSE"),
        *(path.relative_to(ROOT).as_posix() for path in (CONDITION, GRANT)),
    ):
        assert name in names


@pytest.mark.parametrize("kind", ["wheel", "source distribution"])
def test_it_works_installed(kind: str, distributions: dict[str, Path], tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "fresh", folder=tmp_path)
    programs = tmp_path / "fresh" / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "pip", "install", "--quiet", distributions[kind], folder=tmp_path)
    version = run(programs / "azcond", "--version", folder=tmp_path)
    assert version == f"azcond {azcond.__version__}\n"
    for command in ("eval", "explain"):
        shown = run(programs / "azcond", command, CONDITION, "--request", GRANT, folder=tmp_path)
        assert shown.startswith("MET   Microsoft.Authorization/roleAssignments/write\n")
    linted = run(programs / "azcond", "lint", CONDITION, folder=tmp_path)
    assert linted.startswith("no findings in 1 condition, 1 file")
    assert "SEC301" in run(programs / "azcond", "rule", "--all", folder=tmp_path)
    shown = run(programs / "azcond", "role", "show", "Reader", folder=tmp_path)
    assert shown.startswith("Reader   role acdd72a7-3385-48ef-bd42-f606fba81ae7\n")


def test_it_works_from_a_zipped_wheel(distributions: dict[str, Path], tmp_path: Path) -> None:
    for arguments, expected in (
        (["lint", CONDITION], "no findings in 1 condition, 1 file"),
        (["role", "show", "Reader"], "Reader   role acdd72a7-3385-48ef-bd42-f606fba81ae7\n"),
    ):
        shown = run(
            *(sys.executable, "-m", "azcond", *arguments),
            folder=tmp_path,
            PYTHONPATH=str(distributions["wheel"]),
        )
        assert shown.startswith(expected)


@pytest.mark.skipif(os.name == "nt", reason="the README's commands are for a POSIX shell")
def test_the_first_command_of_the_readme(checkout: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^python3 -m venv .* explain .*$", readme, re.MULTILINE)
    shown = run("/bin/sh", "-c", command, folder=checkout)
    assert "MET   Microsoft.Authorization/roleAssignments/write" in shown.splitlines()
