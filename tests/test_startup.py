"""What each command imports: start-up matters in a hook that runs on every commit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import azcond
from conftest import FIXTURES

ROLE = FIXTURES / "roles" / "key-vault-data-access-administrator.json"
CONDITION = FIXTURES / "conditions" / "key-vault-data-access-administrator.cond"
GRANT = FIXTURES / "requests" / "grant-secrets-user.json"

SHOW = "print(*sys.modules, file=sys.stderr)"
RUN = "from azcond.cli import run; run({!r})"


def imported(statement: str) -> set[str]:
    """The modules that a fresh interpreter has imported after a statement, beyond its own."""
    return _modules(statement) - _modules("pass")


def _modules(statement: str) -> set[str]:
    program = f"import sys; sys.path.insert(0, {_SOURCE!r}); {statement}; {SHOW}"
    done = subprocess.run(  # noqa: S603  # our own statements
        [sys.executable, "-I", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return set(done.stderr.split())


_SOURCE = str(Path(azcond.__file__).parents[1])


def test_importing_the_package_imports_next_to_nothing() -> None:
    allowed = {"azcond", "__future__", "importlib", "warnings"}
    assert {name.partition(".")[0] for name in imported("import azcond")} <= allowed


def test_a_program_that_decides_imports_little_beside_the_library() -> None:
    modules = imported("from azcond import Request, compile, parse")
    assert {"azcond.compiler", "azcond.parser", "azcond.request"} <= modules
    for name in ("dataclasses", "inspect", "json", "datetime", "uuid", "copy", "pkgutil"):
        assert name not in modules
    for name in ("lark", "pydantic", "azcond.diagnostics", "azcond.linter", "azcond.catalogue"):
        assert name not in modules


def test_linting_a_text_analyses_no_classes() -> None:
    modules = imported(f"import azcond; azcond.lint({CONDITION.read_text('utf-8')!r})")
    assert "azcond.linter.rules" in modules
    assert not modules & {"dataclasses", "inspect", "copy", "datetime", "difflib", "pkgutil"}


def test_the_version_needs_no_argument_parser() -> None:
    modules = imported(RUN.format(["--version"]))
    assert {name for name in modules if name.startswith("azcond")} == {
        *("azcond", "azcond._lazy", "azcond.cli")
    }
    assert not modules & {"argparse", "re", "json", "pathlib", "dataclasses", "typing"}


@pytest.mark.parametrize("path", [CONDITION, ROLE])
def test_lint_leaves_out_what_it_does_not_use(path: Path) -> None:
    modules = imported(RUN.format(["lint", str(path)]))
    assert "azcond.checker" in modules
    assert "azcond.linter.rules" in modules
    for name in ("pydantic", "importlib.metadata", "importlib.resources", "azcond.compiler"):
        assert name not in modules
    for name in ("azcond.explanation", "azcond.access.model", "tomllib", "difflib"):
        assert name not in modules


def test_lint_of_a_condition_loads_nothing_slow_that_it_has_no_use_for() -> None:
    modules = imported(RUN.format(["lint", str(CONDITION)]))
    assert "azcond.linter.rules" in modules
    for name in ("dataclasses", "inspect", "datetime", "pkgutil", "copy", "azcond.jsontext"):
        assert name not in modules


def test_eval_does_not_compile() -> None:
    modules = imported(RUN.format(["eval", str(ROLE), "--request", str(GRANT)]))
    assert "azcond.interpreter" in modules
    assert "azcond.compiler" not in modules


def test_fmt_needs_no_request() -> None:
    modules = imported(RUN.format(["fmt", "--check", str(CONDITION)]))
    assert "azcond.formatter" in modules
    assert not modules & {"pydantic", "azcond.interpreter", "azcond.compiler", "azcond.explanation"}
