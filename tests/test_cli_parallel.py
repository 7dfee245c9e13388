"""Many files: several processes give what one gives, and one bad file does not stop the others."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from azcond.cli import run

GOOD = "!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})"
BAD = "@Resource[Contoso.Things/things:name] StringEqual 'x'"
FILES = 130


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number in range(FILES):
        folder = tmp_path / f"folder{number % 7}"
        folder.mkdir(exist_ok=True)
        text = BAD if number % 11 == 0 else f"{GOOD} OR @Environment[isPrivateLink] BoolEquals true"
        (folder / f"{number}.cond").write_text(text, encoding="utf-8")
    (tmp_path / "folder3" / "binary.cond").write_bytes(b"\x7fELF\x02\x01\0\0\xff")
    (tmp_path / "folder4" / "broken.json").write_text('{"condition": "', encoding="utf-8")
    (tmp_path / "folder5" / "gone.cond").symlink_to("gone.cond")
    return tmp_path


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["lint", "--output-format", "concise", *arguments])
    return status, *capsys.readouterr()


def test_several_processes_say_what_one_says(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = output(capsys, "--jobs", "1", str(here))
    status, out, err = one
    assert status == 2
    assert out.count("SYN003") == len(range(0, FILES, 11))
    assert "binary.cond:1:9: not UTF-8: byte 0xff" in err
    assert "broken.json:1:15: not JSON" in err
    assert "gone.cond: too many levels of symbolic links" in err
    assert output(capsys, "--jobs", "3", str(here)) == one
    assert output(capsys, str(here)) == one


def test_several_processes_fix_what_one_fixes(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = output(capsys, "--unsafe-fixes", "--diff", "--jobs", "2", ".")
    assert changes[1].count("+@Resource[Contoso.Things/things:name] StringEquals 'x'") == 12
    assert "fixed" in output(capsys, "--unsafe-fixes", "--jobs", "2", ".")[1]
    texts = {file.read_text(encoding="utf-8") for file in here.glob("folder*/[0-9]*.cond")}
    assert BAD not in texts
    assert BAD.replace("StringEqual", "StringEquals") in texts


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_bad_configuration_stops_the_run(
    here: Path, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    (here / "folder6" / "azcond.toml").write_text("sellect = []", encoding="utf-8")
    status, _, err = output(capsys, "--jobs", jobs, ".")
    assert status == 2
    assert "folder6/azcond.toml:1:1: unknown key `sellect`: did you mean `select`?" in err


@pytest.mark.parametrize("count", ["0", "-1", "many"])
def test_a_number_of_processes_is_at_least_one(
    capsys: pytest.CaptureFixture[str], count: str
) -> None:
    assert run(["lint", "--jobs", count, "."]) == 2
    assert "argument --jobs: expected a number from 1 on" in capsys.readouterr().err


def test_few_files_are_linted_in_this_process(here: Path) -> None:
    sys.modules.pop("azcond.cli.parallel", None)
    assert run(["lint", str(here / "folder1")]) == 1
    assert "azcond.cli.parallel" not in sys.modules


BROKEN_TERRAFORM = """\
resource "azurerm_role_assignment" "a" {
  condition = "@Resource[Contoso.Things/things:name] StringEqual 'x'"
  condition_version = "2.0"
}
resource "azurerm_role_assignment" "b" {
  condition = "@Resource[Contoso.Things/things:name] StringEquals
"""


def test_what_cannot_be_read_is_named_and_the_rest_is_linted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "truncated.json").write_text('[{"condition": "@Resource[Contoso', encoding="utf-8")
    (bad / "broken.tf").write_text(BROKEN_TERRAFORM, encoding="utf-8")
    (bad / "latin.bicep").write_bytes(b"// caf\xe9\n")
    (bad / "binary.md").write_bytes(b"# \0\1\2")
    (bad / "circle.yml").symlink_to("circle.yml")
    with (bad / "huge.tf").open("wb") as huge:
        huge.truncate(100 << 20)
    (bad / "good.cond").write_text(BAD, encoding="utf-8")
    (bad / "round").symlink_to(bad, target_is_directory=True)
    status, out, err = output(capsys, "bad", "nowhere")
    assert status == 2
    for line in (
        "bad/truncated.json:1:16: not JSON",
        "bad/broken.tf:6:",
        "bad/latin.bicep:1:7: not UTF-8: byte 0xe9",
        "bad/binary.md:1:3: not text: it holds a NUL character",
        "bad/circle.yml: too many levels of symbolic links",
        "bad/huge.tf: too large: files of up to 64 MiB are read",
        "nowhere: no such file or directory",
    ):
        assert f"azcond: {line}" in err
    assert "bad/good.cond:1:39: error[SYN003]" in out
    assert "bad/broken.tf:2:54: error[SYN003]" in out
    assert "7 inputs could not be read" in out


def test_a_folder_that_cannot_be_listed_is_named(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("folder2"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    status, out, err = output(capsys, str(here))
    assert status == 2
    assert "folder2: permission denied" in err
    assert "SYN003" in out
