"""Transcripts: what people type and what they then see, replayed in a shell.

A line `$ command` is followed by all that the command prints, and a line `# …` is a comment. A
status other than 0 stands in brackets at the end, `[exit 1]`, where the transcript shows statuses.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import azcond
from conftest import FIXTURES

_PROMPT = "$ "
_COMMENT = "# "


def replay(transcript: str, folder: Path, *, show_status: bool = True) -> str:
    """The transcript with what its commands print now; `folder` gets a copy of the fixtures."""
    shutil.copytree(FIXTURES, folder / "fixtures", dirs_exist_ok=True)
    lines = []
    for line in transcript.splitlines():
        if line.startswith(_PROMPT):
            output, status = _run(line.removeprefix(_PROMPT), folder)
            lines += [line, output.removesuffix("\n")] if output else [line]
            if status and show_status:
                lines.append(f"[exit {status}]")
            if show_status:
                lines.append("")
        elif line.startswith(_COMMENT):
            lines.append(line)
    return "\n".join(lines) + "\n"


def _run(command: str, folder: Path) -> tuple[str, int]:
    bin_folder = folder / "bin"
    bin_folder.mkdir(exist_ok=True)
    script = bin_folder / "azcond"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -W error -m azcond "$@"\n')
    script.chmod(0o755)
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    done = subprocess.run(  # noqa: S603  # the commands are those of the checkout's own files
        ["/bin/sh", "-c", command],
        cwd=folder,
        env={
            **inherited,
            "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(Path(azcond.__file__).parents[1]),
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "100",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        timeout=300,
        check=False,
    )
    return done.stdout.decode("utf-8"), done.returncode
