"""Every example of the README prints exactly what stands there."""

from __future__ import annotations

import doctest
import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from azcond.linter.configuration import read_configuration
from azcond.linter.rules import all_rules
from azcond.reports.rules import rule_table
from conftest import Golden
from transcripts import replay

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def rewritten(language: str, rewrite: Callable[[str], str]) -> str:
    """The README with its blocks of one language rewritten."""

    def block(match: re.Match[str]) -> str:
        body = rewrite(match[2]) if match[1] == language else match[2]
        return f"```{match[1]}\n{body}```"

    return BLOCK.sub(block, README.read_text(encoding="utf-8"))


def test_console_examples(tmp_path: Path, golden: Golden) -> None:
    golden(README, rewritten("console", lambda body: replay(body, tmp_path, show_status=False)))


def test_python_examples(golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    golden(README, rewritten("python", lambda body: _session(body, names)))


def _session(body: str, names: dict[str, object]) -> str:
    """The session with what its statements print now; `names` go from one block to the next."""
    examples = doctest.DocTestParser().get_examples(body)
    assert examples, "a python block without `>>>`"
    lines = []
    for example in examples:
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(example.source, "README", "single"), names)  # noqa: S102  # our own README
        first, *more = example.source.splitlines()
        lines += [f">>> {first}", *(f"... {line}" for line in more)]
        lines += printed.getvalue().splitlines()
    return "\n".join(lines) + "\n"


def test_the_table_of_rules(golden: Golden) -> None:
    start, end = "<!-- rules -->\n", "<!-- end of rules -->\n"
    before, _, rest = README.read_text(encoding="utf-8").partition(start)
    _, _, after = rest.partition(end)
    golden(README, before + start + rule_table(all_rules()) + end + after)


def test_the_configuration_is_one(tmp_path: Path) -> None:
    """The example, but for the file of roles, which is the reader's own."""
    (block,) = [
        match[2] for match in BLOCK.finditer(README.read_text("utf-8")) if match[1] == "toml"
    ]
    (tmp_path / "azcond-roles.json").write_text("[]", encoding="utf-8")
    (tmp_path / "azcond.toml").write_text(block, encoding="utf-8")
    configuration = read_configuration(str(tmp_path / "azcond.toml"))
    assert configuration.selection.ignore == ("TYP101",)


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"])
def test_what_the_readme_points_to_exists(name: str) -> None:
    assert (ROOT / name).is_file()
