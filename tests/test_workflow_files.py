"""The files by which others run azcond: pre-commit's, the action of GitHub, and the README's."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # ships no types
import pytest
from ruamel.yaml import YAML

import azcond
from azcond.cli import COMMANDS
from azcond.containers import ALL_SUFFIXES
from azcond.reports.formats import FORMATS
from conftest import FIXTURES

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```yaml\n# (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCHEMAS = {
    "action.yml": "github-actions.json",
    ".github/workflows/azcond.yml": "github-workflows.json",
    ".gitlab-ci.yml": "gitlab-ci.json",
    "azure-pipelines.yml": "azure-pipelines.json",
}
"""The published schema of each file, as the package `check-jsonschema` ships them."""


def examples() -> dict[str, str]:
    """The workflow files in the README, by the name that stands in their first line."""
    return dict(BLOCK.findall((ROOT / "README.md").read_text("utf-8")))


def parsed(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def action() -> Any:
    return parsed((ROOT / "action.yml").read_text("utf-8"))


def hooks() -> Any:
    return parsed((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


def validate(name: str, text: str) -> None:
    folder = files("check_jsonschema") / "builtin_schemas" / "vendor"
    schema = json.loads((folder / SCHEMAS[name]).read_text("utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind(schema).validate(parsed(text))


def test_the_action_follows_its_schema() -> None:
    validate("action.yml", (ROOT / "action.yml").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(set(SCHEMAS) - {"action.yml"}))
def test_workflows_in_the_readme_follow_their_schemas(name: str) -> None:
    validate(name, examples()[name])


def test_the_workflow_in_the_readme_gives_inputs_that_the_action_has() -> None:
    workflow = parsed(examples()[".github/workflows/azcond.yml"])
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    (ours,) = [step for step in steps if "/azcond@" in step.get("uses", "")]
    assert set(ours["with"]) <= set(action()["inputs"])


def test_the_hooks_are_commands_for_the_files_that_are_read() -> None:
    assert [hook["id"] for hook in hooks()] == ["azcond-lint", "azcond-fmt"]
    for hook in hooks():
        command, name = hook["entry"].split()
        assert command == "azcond"
        assert name in COMMANDS
        assert hook["files"] == rf"\.({'|'.join(suffix[1:] for suffix in ALL_SUFFIXES)})$"


def test_the_hooks_in_the_readme_exist() -> None:
    (repository,) = parsed(examples()[".pre-commit-config.yaml"])["repos"]
    known = {hook["id"] for hook in hooks()}
    assert {hook["id"] for hook in repository["hooks"]} <= known


# What the action runs


class Job:
    """A job in which the step `lint` of the action runs, as the runner would run it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(FIXTURES / "cli" / "inputs", folder / "infra")
        (step,) = [one for one in action()["runs"]["steps"] if one.get("id") == "lint"]
        assert step["shell"] == "bash"
        self._step = step

    def run(self, **inputs: str) -> tuple[str, dict[str, str]]:
        """What the step prints, and its outputs."""
        given = {name: one.get("default", "") for name, one in action()["inputs"].items()} | {
            name.replace("_", "-"): value for name, value in inputs.items()
        }
        environment = dict(os.environ) | {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: given[match[1]], value)
            for name, value in self._step["env"].items()
        }
        outputs = self.folder / "outputs"
        outputs.unlink(missing_ok=True)
        environment |= {
            "PYTHON": sys.executable,
            "PYTHONPATH": str(Path(azcond.__file__).parents[1]),
            "GITHUB_OUTPUT": str(outputs),
        }
        done = subprocess.run(  # noqa: S603  # the action's own script
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", self._step["run"]],  # noqa: S607  # as the runner does
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        lines = outputs.read_text("utf-8").splitlines()
        return done.stdout, dict(line.split("=", 1) for line in lines)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path)


def test_the_action_keeps_the_status_and_leaves_a_report(job: Job) -> None:
    printed, outputs = job.run(paths="infra/mixed.cond\ninfra/deny-owners.cond")
    assert outputs == {"sarif-file": "azcond.sarif", "status": "1"}
    report = json.loads((job.folder / "azcond.sarif").read_text("utf-8"))
    assert len(report["runs"][0]["results"]) == 4
    assert printed.splitlines()[-1].startswith("4 findings in 2 of 2 conditions")


def test_the_action_takes_options_as_a_shell_does(job: Job) -> None:
    _, outputs = job.run(
        paths="infra/mixed.cond", args="--select SEC --role 'Storage Blob Data Reader'"
    )
    assert outputs["status"] == "0"
    _, outputs = job.run(paths="infra/mixed.cond", args="--select $(touch gone);touch gone")
    assert outputs["status"] == "2"
    assert not (job.folder / "gone").exists()


def test_the_action_shows_annotations_where_it_does_not_upload(job: Job) -> None:
    printed, outputs = job.run(paths="infra/mixed.cond", upload="false")
    assert outputs["status"] == "1"
    assert "::error title=azcond (TYP107),file=infra/mixed.cond,line=5" in printed


def test_a_quote_that_is_never_closed_fails(job: Job) -> None:
    with pytest.raises(AssertionError, match="quote"):
        job.run(paths="infra/mixed.cond", args="--ignore 'SEC")


def test_a_report_of_another_run_is_not_taken_for_this_one(job: Job) -> None:
    (job.folder / "azcond.sarif").write_text("{}", encoding="utf-8")
    _, outputs = job.run(paths="infra/mixed.cond", args="--no-such-option")
    assert outputs == {"sarif-file": "", "status": "2"}


def test_a_report_of_what_was_not_read_is_kept(job: Job) -> None:
    _, outputs = job.run(paths="infra/broken.json")
    assert outputs == {"sarif-file": "azcond.sarif", "status": "2"}


def test_the_action_uploads_before_it_fails() -> None:
    *_, lint, upload, last = action()["runs"]["steps"]
    assert lint["id"] == "lint"
    assert upload["uses"].startswith("github/codeql-action/upload-sarif@")
    assert last["run"] == 'exit "$STATUS"'
    assert last["if"].startswith("always()")


def test_no_input_is_pasted_into_a_script() -> None:
    for step in action()["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_formats_in_the_readme_exist() -> None:
    named = re.findall(r"--output-format ([\w-]+)", (ROOT / "README.md").read_text("utf-8"))
    assert set(named) <= set(FORMATS)
    assert "sarif" in named
