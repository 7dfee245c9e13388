"""What all tests share: the checkout's fixtures and the one updater of golden files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from azcond import compiler

# Tests hold what is generated against the interpreter, which otherwise decides first.
compiler.FIRST_CALLS = 0

# The same examples every time, few enough for a quick run, and a failing one is shown as it is;
# `--hypothesis-profile=search` looks further, elsewhere each time, and shrinks what it finds, which
# may take minutes.
settings.register_profile(
    "bounded",
    max_examples=150,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)
settings.register_profile("search", max_examples=5000, deadline=None)
settings.load_profile("bounded")

FIXTURES = Path(__file__).parent.parent / "fixtures"

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-fixtures",
        action="store_true",
        help="rewrite golden files instead of comparing; the diff is the review",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with a golden file, or write the file under `--update-fixtures`."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-fixtures"):
            path.write_text(text, encoding="utf-8", newline="")
        assert text == path.read_text(encoding="utf-8"), path

    return compare
