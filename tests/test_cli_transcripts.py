"""The command line as a whole: every transcript in fixtures/cli prints what stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import FIXTURES, Golden
from transcripts import replay

TRANSCRIPTS = sorted((FIXTURES / "cli").glob("*.console"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(path: Path, tmp_path: Path, golden: Golden) -> None:
    golden(path, replay(path.read_text(encoding="utf-8"), tmp_path))
