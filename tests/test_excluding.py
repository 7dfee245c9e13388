"""What `exclude` and `--exclude` leave out of folders."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from azcond.cli import run
from azcond.reports.paths import plain_path

WRONG = "(@Environment[isPrivateLink] BoolEquals 'true')"

Linted = Callable[..., list[str]]

EXCLUDED = ("legacy/b.cond", "legacy/old/c.cond", "sub/d.gen.cond", "sub/vendor/e.cond")


@pytest.fixture
def linted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Linted:
    """The files that `azcond lint` finds something in, and the number of files it counts."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.cond", "sub/f.cond", *EXCLUDED):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(WRONG, encoding="utf-8")
    text = 'exclude = ["legacy/**", "*.gen.cond", "vendor"]\n'
    (tmp_path / "azcond.toml").write_text(text, encoding="utf-8")

    def lint_here(*arguments: str) -> list[str]:
        capsys.readouterr()
        run(["lint", "--output-format", "json", *arguments])
        document = json.loads(capsys.readouterr().out)
        names = sorted({plain_path(finding["path"]) for finding in document["findings"]})
        assert document["summary"]["files"] == len(names)
        return names

    return lint_here


def test_what_is_left_out_of_folders(linted: Linted, tmp_path: Path) -> None:
    assert linted(".") == ["a.cond", "sub/f.cond"]
    assert linted("sub") == ["sub/f.cond"]
    assert linted("--isolated", ".") == sorted({"a.cond", "sub/f.cond", *EXCLUDED})
    assert linted("--exclude", "sub", "--exclude", "*.toml", ".") == ["a.cond"]
    assert linted("--isolated", "--exclude", "./legacy", "--exclude", "sub/**", ".") == ["a.cond"]
    (tmp_path / "sub" / "azcond.toml").write_text('exclude = ["f.*"]\n', encoding="utf-8")
    assert linted(".") == ["a.cond", "sub/d.gen.cond", "sub/vendor/e.cond"]


def test_what_is_named_is_read_even_if_it_is_left_out(linted: Linted) -> None:
    assert linted(*EXCLUDED) == sorted(EXCLUDED)
    assert linted("legacy") == ["legacy/b.cond", "legacy/old/c.cond"]
    assert linted("legacy/old/") == ["legacy/old/c.cond"]
    assert linted("sub/vendor") == ["sub/vendor/e.cond"]


def test_formatting_leaves_out_the_same_files(
    linted: Linted, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert linted("a.cond") == ["a.cond"]
    assert run(["fmt", "--check", "--exclude", "sub/f.cond", "."]) == 1
    assert capsys.readouterr().out.startswith("would format a.cond\n1 file would be")
    (tmp_path / "azcond.toml").write_text("exclud = []", encoding="utf-8")
    assert run(["fmt", "--check", "."]) == 2
    assert "unknown key `exclud`: did you mean `exclude`?" in capsys.readouterr().err
