"""What `azcond lint` and `azcond fmt` take standard input for."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from azcond.cli import run
from azcond.containers import SUFFIXES, Host, find_in
from azcond.containers.foreign import foreign_host
from conftest import FIXTURES

Capture = pytest.CaptureFixture[str]

FOREIGN = {
    Host.TERRAFORM: 'variable "x" {}\n\nresource "azurerm_role_assignment" "a" {\n}\n',
    Host.BICEP: "// roles\nparam principalId string\n",
    Host.SHELL: "#!/usr/bin/env bash\nx=\"(!(ActionMatches{'a/b'}))\"\n",
    Host.POWERSHELL: "$condition = @'\n(!(ActionMatches{'a/b'}))\n'@\naz role assignment create",
    Host.MARKDOWN: "# Roles\n\n```\n!(ActionMatches{'a/b'})\n```\n",
    Host.YAML: "apiVersion: v1\nrun: |\n  az role assignment create\n",
}

TERRAFORM = """\
resource "azurerm_role_assignment" "reader" {
  condition_version = "2.0"
  condition = "(@Environment[isPrivateLink] BoolEquals 'true')"
}
"""


def give(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize("command", ["lint", "fmt"])
def test_a_text_in_another_language_is_one_error(
    command: str, host: Host, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    give(monkeypatch, FOREIGN[host])
    assert run([command, "-"]) == 2
    shown = capsys.readouterr()
    name = f"main{SUFFIXES[host][0]}"
    error = f"azcond: <stdin>: this looks like {host}: say so with `--stdin-filename {name}`\n"
    assert shown.err == error
    assert "error[" not in shown.out


@pytest.mark.parametrize("host", list(FOREIGN))
def test_files_of_other_languages_are_told_from_conditions(host: Host) -> None:
    folder = FIXTURES / "containers"
    files = [one for one in folder.rglob("*") if one.name.endswith(SUFFIXES[host])]
    texts = [one.read_text("utf-8") for one in files]
    assert {foreign_host(text) for text in texts} >= {host}
    assert {foreign_host(text) for text in texts} <= {host, None}


def test_conditions_are_not_taken_for_another_language() -> None:
    for file in (FIXTURES / "conditions").iterdir():
        assert foreign_host(file.read_text("utf-8")) is None
    for text in ('condition = "(@Resource[a:b] StringEquals 1)"', "", "kinds: x", "a param b"):
        assert foreign_host(text) is None


def test_a_name_tells_the_language_the_configuration_and_the_place(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra/azcond.toml").write_text('ignore = ["SEC", "COR"]', encoding="utf-8")
    give(monkeypatch, TERRAFORM)
    arguments = ["--stdin-filename", "infra/main.tf", "--output-format", "json", "-"]
    assert run(["lint", *arguments]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {(one["path"], one["line"], one["code"]) for one in findings} == {
        ("infra/main.tf", 3, "TYP107")
    }
    give(monkeypatch, TERRAFORM)
    assert run(["lint", "--stdin-filename", "infra/main.tf", "--fix", "--diff", "-"]) == 1
    assert "+++ infra/main.tf\n" in capsys.readouterr().out
    assert not (tmp_path / "infra/main.tf").exists()


def test_formatting_writes_to_standard_output_whatever_the_name(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    give(monkeypatch, TERRAFORM)
    assert run(["fmt", "--stdin-filename", "main.tf", "-"]) == 0
    new = capsys.readouterr().out
    assert new != TERRAFORM
    assert find_in(Host.TERRAFORM, new).conditions[0].text.startswith("@Environment")
    assert not (tmp_path / "main.tf").exists()


@pytest.mark.parametrize("arguments", [["a.cond"], ["--stdin-filename", "-", "-"]])
def test_a_name_that_cannot_be_meant_is_refused(arguments: list[str], capsys: Capture) -> None:
    assert run(["lint", "--stdin-filename", "main.tf", *arguments]) == 2
    assert "--stdin-filename: expected " in capsys.readouterr().err
