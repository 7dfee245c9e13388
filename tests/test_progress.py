"""Progress: one line on a terminal, late, seldom, and gone at the end."""

from __future__ import annotations

import io

import pytest

from azcond.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_nothing_is_shown_within_the_first_second() -> None:
    stream, clock = Terminal(), Clock()
    progress = Progress(stream, clock)
    clock.time += 0.9
    progress.advance(1, 10)
    progress.clear()
    assert not stream.getvalue()


def test_the_line_is_written_again_and_cleared() -> None:
    stream, clock = Terminal(), Clock()
    progress = Progress(stream, clock)
    clock.time += 1.5
    progress.advance(1, 2000)
    progress.advance(2, 2000)  # too soon after the last
    clock.time += 0.5
    progress.advance(1200, 2000)
    progress.clear()
    progress.clear()
    assert stream.getvalue() == (
        "\r\x1b[Klinting: 1 of 2,000 files\r\x1b[Klinting: 1,200 of 2,000 files\r\x1b[K"
    )


def test_without_a_total_the_files_done_are_counted() -> None:
    stream, clock = Terminal(), Clock()
    progress = Progress(stream, clock)
    clock.time += 1.5
    progress.advance(1)
    assert stream.getvalue() == "\r\x1b[Klinting: 1 file"


@pytest.mark.parametrize(
    ("stream", "name", "value"),
    [
        (io.StringIO(), "TERM", "xterm"),
        (Terminal(), "TERM", "dumb"),
        (Terminal(), "NO_COLOR", "1"),
        (Terminal(), "CI", "true"),
        (None, "TERM", "xterm"),
    ],
)
def test_only_a_terminal_that_takes_control_sequences_gets_it(
    stream: io.StringIO | None, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    clock = Clock()
    progress = Progress(stream, clock)
    clock.time += 5
    progress.advance(1, 2)
    progress.clear()
    assert stream is None or not stream.getvalue()
