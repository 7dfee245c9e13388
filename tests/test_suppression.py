"""Comments that silence findings, and what is said of those that silence nothing."""

from __future__ import annotations

import re
from functools import partial

import pytest

from azcond import Diagnostic, Severity, Span
from azcond.containers import Comment, Host, find_in
from azcond.containers.rewriting import apply_edits
from azcond.linter.file_fixing import fix_file
from azcond.linter.files import FileLinter
from azcond.linter.selection import Selection
from azcond.linter.settings import DEFAULTS
from azcond.linter.suppression import Suppressions, is_on
from azcond.source import Source

BLOCK = Span(100, 140)
COMMENTS = re.compile(r"#(.*)")


def suppressions(text: str, covers: Span | None = None) -> Suppressions:
    """Comments after `#`; each covers its line up to it unless told otherwise."""
    found = []
    for match in COMMENTS.finditer(text):
        line = Span(text.rfind("\n", 0, match.start()) + 1, match.end())
        found.append(Comment(match[1].strip(), Span(*match.span()), covers or line))
    return Suppressions(found, Source(text))


def messages(found: list[Diagnostic]) -> list[str]:
    return [one.message for one in found]


def test_a_comment_hides_its_codes_where_it_covers() -> None:
    made = suppressions("# azcond: ignore[SEC301, ACT209] agreed with the team\n", BLOCK)
    assert made.hides(Span(100, 500), "SEC301")
    assert made.hides(Span(139, 140), "ACT209")
    assert not made.hides(Span(140, 141), "SEC301")
    assert not made.hides(Span(99, 120), "SEC301")
    assert not made.hides(Span(100, 101), "SEC302")
    assert made.count == 2
    assert made.findings(Selection()) == []


def test_a_comment_about_the_file_covers_all_of_it() -> None:
    text = "condition\n# azcond: ignore-file[SEC301]\nmore"
    made = suppressions(text)
    assert made.hides(Span(0, 4), "SEC301")
    assert made.hides(Span(len(text) - 1, len(text)), "SEC301")


def test_two_comments_may_hide_the_same_finding() -> None:
    made = suppressions("# azcond: ignore[SEC301]\n# azcond: ignore[SEC301]\n", BLOCK)
    assert made.hides(Span(100, 101), "SEC301")
    assert made.count == 1
    assert made.findings(Selection()) == []


@pytest.mark.parametrize(
    "comment",
    [
        "azcond: ignore",
        "azcond: ignore[]",
        "azcond: ignore[ , ]",
        "azcond: ignore SEC301",
        "azcond:ignored[SEC301]",
        "azcond: ignores [SEC301]",
        "azcond: ignore-line[SEC301]",
        "azcond: IGNORE[SEC301]",
        "AZCOND: ignore[SEC301]",
        "azcond: noqa[SEC301]",
        "azcond: disable=SEC301",
        "azcond: skip[SEC301]",
        "azcond: ignore[SEC301",
        "azcond ignore[SEC301]",
        "azcond : ignore[SEC301]",
        "azcond: ignroe[SEC301]",
        "azcond: ingore SEC301",
        "azcond-ignore SEC301",
        "azcond igonre[SEC301]",
        "Azcond Ignored SEC301 agreed",
        "azcond ignroe",
    ],
)
def test_what_is_misspelt_hides_nothing_and_is_reported(comment: str) -> None:
    text = f"key = 1 # {comment}\n"
    made = suppressions(text, BLOCK)
    assert not made.hides(Span(100, 101), "SEC301")
    (found,) = made.findings(Selection())
    assert found.code == "IAC707"
    assert found.fix is None
    assert found.span.start == text.lower().index("az")
    assert "silences nothing" in found.message


@pytest.mark.parametrize(
    "comment",
    [
        "checked with azcond: see the wiki",
        "azcond finds this fine",
        "azcond checks this file",
        "azcond ignores what is generated",
        "the pipeline makes azcond ignore [this]",
        "azcond inspects it: SEC301",
    ],
)
def test_other_comments_are_left_alone(comment: str) -> None:
    assert suppressions(f"# {comment}\n").findings(Selection()) == []


@pytest.mark.parametrize("code", ["SEC", "SEC999", "sec301", "always-true-deny-list", "ALL"])
def test_what_is_no_code_hides_nothing_and_is_reported(code: str) -> None:
    text = f"# azcond: ignore[SEC301, {code}]\n"
    made = suppressions(text, BLOCK)
    assert made.hides(Span(100, 101), "SEC301")
    assert not made.hides(Span(100, 101), "SEC302")
    (found,) = made.findings(Selection())
    assert text[found.span.start : found.span.end] == code
    assert found.message == f"`{code}` is not the code of a rule, so it silences nothing"


def test_rules_that_are_off_are_not_called_unused() -> None:
    made = suppressions("# azcond: ignore[SEC301, SEC305]\n")
    assert messages(made.findings(Selection())) == ["nothing here has to be silenced for `SEC301`"]
    assert made.findings(Selection(ignore=("SEC301",))) == []
    everything = made.findings(Selection(show_info=True))
    assert messages(everything) == ["nothing here has to be silenced for `SEC301`, `SEC305`"]
    assert not is_on(Selection(show_info=True), "SEC317")
    assert is_on(Selection(extend=("SEC317",)), "SEC317")


def test_nothing_is_called_unused_beside_a_condition_that_cannot_be_read() -> None:
    made = suppressions("# azcond: ignore[SEC301, BAD]\n", BLOCK)
    assert messages(made.findings(Selection(), [(Span(120, 130), "SYN003")])) == [
        "`BAD` is not the code of a rule, so it silences nothing"
    ]
    assert len(made.findings(Selection(), [(Span(140, 150), "SYN003")])) == 2


def test_what_keeps_a_condition_from_being_read_is_not_silenced_and_says_so() -> None:
    made = suppressions("# azcond: ignore[SEC301, SYN003]\n", BLOCK)
    (found,) = made.findings(Selection(), [(Span(120, 130), "SYN003")])
    assert found.message == (
        "`SYN003` keeps the condition from being read here, so it cannot be silenced"
    )
    assert (found.code, found.span.start, found.fix) == ("IAC707", 25, None)


UNREAD = """\
resource "azurerm_role_assignment" "reader" {
  condition_version = "2.0"
  # azcond: ignore[SYN003] why not
  condition = "@Resource[Microsoft.KeyVault/vaults:name] StringEqual 'pay'"
}
"""


def linted(text: str, selection: Selection) -> list[str]:
    located = FileLinter(DEFAULTS, selection).lint(find_in(Host.TERRAFORM, text), Source(text))
    return sorted(one.diagnostic.code for one in located.located)


def test_comments_are_spoken_of_only_where_their_rule_is_on() -> None:
    assert linted(UNREAD, Selection()) == ["IAC707", "SYN003"]
    assert linted(UNREAD, Selection(select=("IAC701",))) == ["SYN003"]
    assert linted(UNREAD, Selection(ignore=("IAC707",))) == ["SYN003"]
    severities = {"IAC707": Severity.ERROR}
    found = FileLinter(DEFAULTS, Selection(severities=severities)).lint(
        find_in(Host.TERRAFORM, UNREAD), Source(UNREAD)
    )
    assert {one.diagnostic.severity for one in found.located} == {Severity.ERROR}


def test_what_cannot_be_silenced_is_fixed_all_the_same() -> None:
    read = partial(find_in, Host.TERRAFORM)
    fixed = fix_file(UNREAD, read, FileLinter(DEFAULTS), unsafe=True)
    assert "StringEquals 'pay'" in fixed.text
    assert "azcond: ignore" not in fixed.text
    kept = UNREAD.replace("StringEqual ", "StringEquals ").replace("SYN003", "SEC316, TYP107")
    kept = kept.replace("'pay'", "'pay' OR @Environment[isPrivateLink] BoolEquals 'true'")
    assert "BoolEquals 'true'" in fix_file(kept, read, FileLinter(DEFAULTS), unsafe=True).text


@pytest.mark.parametrize(
    ("text", "used", "fixed"),
    [
        ("a\n  # azcond: ignore[SEC301] old\nb\n", [], "a\nb\n"),
        ("a\r\n\t# azcond: ignore[SEC301]  \r\nb", [], "a\r\nb"),
        ("# azcond: ignore[SEC301]", [], ""),
        ("key = 1  # azcond: ignore[SEC301] old\nb", [], "key = 1\nb"),
        ("a\n# azcond: ignore[SEC301, ACT209] b\n", ["ACT209"], "a\n# azcond: ignore[ACT209] b\n"),
        ("# azcond: ignore[ SEC301 ,ACT209,SEC302]", ["SEC301"], "# azcond: ignore[ SEC301]"),
        ("# team: azcond: ignore[SEC301] old", [], "# team:  old"),
        ("# azcond: ignore[SEC301] azcond: ignore[X]", [], "#  azcond: ignore[X]"),
    ],
)
def test_the_fix_takes_out_what_is_not_needed(text: str, used: list[str], fixed: str) -> None:
    made = suppressions(text)
    line = text[: text.index("#")].rfind("\n") + 1
    for code in used:
        assert made.hides(Span(line, line + 1), code)
    found = [one for one in made.findings(Selection()) if one.fix is not None]
    (edits,) = [one.fix.edits for one in found if one.fix is not None]
    assert apply_edits(text, edits) == fixed
    assert all(one.fix.safe for one in found if one.fix is not None)


@pytest.mark.parametrize(
    "comment",
    [
        "azcond ignore[COR411]",
        "azcond : ignore[COR411]",
        "azcond: ignroe[COR411]",
        "azcond-ignore X",
    ],
)
def test_what_is_misspelt_is_found_in_files(comment: str) -> None:
    text = UNREAD.replace("azcond: ignore[SYN003] why not", comment)
    assert linted(text, Selection()) == ["IAC707", "SYN003"]
