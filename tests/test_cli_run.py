"""The command line as a process: statuses, streams, and what must never be a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import azcond
from azcond.cli import COMMANDS, run
from conftest import FIXTURES

ROLE = str(FIXTURES / "roles" / "key-vault-data-access-administrator.json")
OWNER = str(FIXTURES / "requests" / "grant-owner.json")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(azcond.__file__).parents[1])}
PROGRAM = (sys.executable, "-m", "azcond")

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_has_examples(command: str, capsys: Capture) -> None:
    assert run([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"  azcond {command} " in shown
    assert "exit status: 0" in shown


def test_help_lists_every_command(capsys: Capture) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"  {command} " in shown for command in COMMANDS)


def test_version(capsys: Capture) -> None:
    assert run(["--version"]) == run(["-V"]) == 0
    assert capsys.readouterr().out == f"azcond {azcond.__version__}\n" * 2


@pytest.mark.parametrize(
    "arguments",
    [[], ["nothing"], ["--nothing"], ["lint"], ["eval"], ["eval", "x"], ["fmt", "--output"]],
)
def test_bad_usage_has_status_2(arguments: list[str], capsys: Capture) -> None:
    assert run(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_findings_go_to_one_stream_and_errors_to_the_other(tmp_path: Path, capsys: Capture) -> None:
    bad = tmp_path / "bad.cond"
    bad.write_text("@Resource[a:b] ==")
    assert run(["lint", str(bad), str(tmp_path / "none.json")]) == 2
    shown = capsys.readouterr()
    assert "error[SYN" in shown.out
    assert "none.json" not in shown.out
    assert shown.err.startswith("azcond: ")
    assert "none.json: no such file or directory" in shown.err
    assert shown.out.splitlines()[-1].endswith("; 1 input could not be read")


def test_info_alone_is_clean_and_shown_on_demand(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "like.cond"
    guard = "!(ActionMatches{'Microsoft.KeyVault/vaults/secrets/getSecret/action'})"
    file.write_text(f"{guard} OR @Resource[Microsoft.KeyVault/vaults:name] StringLike 'pay'")
    assert run(["lint", str(file)]) == 0
    assert capsys.readouterr().out.endswith(" of severity info not shown\n")
    assert run(["lint", "--show-info", str(file)]) == 0
    assert "info[TYP113]" in capsys.readouterr().out


def test_the_same_findings_in_every_format(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "roles.json"
    condition = "@Resource[Microsoft.KeyVault/vaults:name]\n StringEquals {'a', 'b'}"
    file.write_text(json.dumps([{"roleName": "R", "permissions": [{"condition": condition}]}]))
    places = []
    for output in ("full", "concise"):
        assert run(["lint", "--select", "TYP", "--output-format", output, str(file)]) == 1
        places.append(capsys.readouterr().out.partition(" ")[0])
    assert run(["lint", "--select", "TYP", "--output-format", "json", str(file)]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert places == [f"{found['path']}:{found['line']}:{found['column']}:"] * 2
    raw = file.read_text().splitlines()[found["line"] - 1]
    start, end = found["condition_span"]
    assert raw[found["column"] - 1 : found["end_column"] - 1] == condition[start:end]
    assert found["holder"] == {"kind": "role", "name": "R"}


@pytest.mark.parametrize(
    "text",
    ["\0", "\ufeff@Resource[a]", "'" * 20_000, "(" * 20_000, "{" * 20_000, "é" * 9000, "\\" * 999],
)
@pytest.mark.parametrize("command", ["lint", "fmt", "eval", "explain"])
def test_no_text_gives_a_traceback(
    command: str, text: str, tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "x.cond"
    file.write_text(text, encoding="utf-8")
    more = ["--request", OWNER] if command in {"eval", "explain"} else []
    assert run([command, str(file), *more]) in {1, 2}
    capsys.readouterr()
    assert file.read_text(encoding="utf-8") == text


def test_a_lone_surrogate_from_json_is_shown_and_survived(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text('{"condition": "@Resource[a:b] \\ud800 Stri"}')
    for output in ("full", "concise", "json"):
        done = subprocess.run(  # noqa: S603  # our own program
            [*PROGRAM, "lint", "--output-format", output, str(file)],
            env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii"},
            capture_output=True,
            timeout=300,
            check=False,
        )
        assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("role", ["\udcff", "é", "\x1b[2J"])
def test_odd_arguments_are_shown_and_survived(role: str, capsys: Capture) -> None:
    assert run(["eval", ROLE, "--role", role, "--request", OWNER]) == 2
    assert run(["lint", role]) == 2
    assert run([role]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.cond").write_text("@Resource[a:b] ==" * 20)
    with subprocess.Popen(  # noqa: S603  # our own program
        [*PROGRAM, "lint", str(folder)],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(300) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_cannot_be_written_is_an_error() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(  # noqa: S603  # our own program
            [*PROGRAM, "eval", ROLE, "--request", OWNER],
            env=ENVIRONMENT,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=300,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"azcond: the output cannot be written: No space left on device\n"


def _take_interrupts() -> None:
    """As in a foreground job: a shell makes what it starts in the background ignore them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_an_interrupt_is_quiet() -> None:
    with subprocess.Popen(  # noqa: S603  # our own program
        [*PROGRAM, "lint", "none", "-"],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_take_interrupts,  # noqa: PLW1509  # no threads here
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith(b"azcond: none: ")  # then it waits for more
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=300)
    assert (process.returncode, out, err) == (130, b"", b"")
