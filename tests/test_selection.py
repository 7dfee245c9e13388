"""Which findings a project sees: selectors, profiles, configuration files and the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from azcond import Severity, lint
from azcond.cli import run
from azcond.linter.configuration import Configuration, read_configuration
from azcond.linter.configuration_files import ConfigurationError, find_configuration
from azcond.linter.globs import path_matches
from azcond.linter.rules import all_rules
from azcond.linter.selection import PROFILES, Selection, SelectionError, selector, selectors
from azcond.linter.settings import Keywords

BLOB = "Microsoft.Storage/storageAccounts/blobServices/containers"
READ = f"!(ActionMatches{{'{BLOB}/blobs/read'}})"
MIXED = (
    f"{READ} OR @Environment[isPrivateLink] BoolEquals 'true' "
    f"AND @Resource[{BLOB}:name] StringLike 'logs'"
)
"""SYN010 (warning), TYP107 (error) and TYP113 (info), among others of severity info."""

CUSTOM = "5b1f6d2e-7c0a-4f38-9a47-2d9f0c1e8b63"
CUSTOM_ROLE = {
    "name": CUSTOM,
    "roleName": "Pay Delegate",
    "assignableScopes": ["/subscriptions/2a4c8f1e-5b7d-4c39-9e60-1f2a3b4c5d6e"],
    "permissions": [
        {
            "actions": ["Microsoft.Authorization/roleAssignments/*"],
            "notActions": [],
            "dataActions": [],
            "notDataActions": [],
        }
    ],
}

Codes = Callable[..., list[str]]


def shown(selection: Selection) -> set[str]:
    return {finding.code for finding in selection.apply(lint(MIXED))}


def test_by_default_everything_above_info_is_shown() -> None:
    assert shown(Selection()) == {"SYN010", "TYP107"}
    assert shown(Selection(show_info=True)) >= {"SYN010", "TYP107", "TYP113"}


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(select=("TYP",)), {"TYP107", "TYP113"}),
        (Selection(select=("TYP1",), ignore=("TYP",)), {"TYP107", "TYP113"}),
        (Selection(select=("TYP",), ignore=("TYP",)), set()),
        (Selection(select=("TYP113",), ignore=("TYP",)), {"TYP113"}),
        (Selection(extend=("TYP113",)), {"SYN010", "TYP107", "TYP113"}),
        (Selection(ignore=("SYN",)), {"TYP107"}),
        (Selection(ignore=("ALL",)), set()),
        (Selection(select=("ALL",), ignore=("LIM", "STY", "TYP")), {"SYN010"}),
        (Selection(select=()), set()),
        (Selection(severities={"TYP113": Severity.WARNING}), {"SYN010", "TYP107", "TYP113"}),
        (Selection(severities={"TYP107": Severity.INFO}), {"SYN010"}),
    ],
)
def test_selectors(selection: Selection, expected: set[str]) -> None:
    assert shown(selection) == expected


def test_severities_stand_in_for_the_usual_ones() -> None:
    strict = Selection().with_profile(PROFILES["strict"])
    found = {finding.code: finding.severity for finding in strict.apply(lint(MIXED))}
    assert found["SYN010"] is Severity.ERROR
    softer = Selection(severities={"SYN010": Severity.INFO}).with_profile(PROFILES["strict"])
    found = {finding.code: finding.severity for finding in softer.apply(lint(MIXED))}
    assert found["SYN010"] is Severity.INFO


def test_every_profile_adds_something() -> None:
    usual = {rule.code for rule in all_rules() if rule.severity is not Severity.INFO}
    for profile in PROFILES.values():
        extended = {r.code for r in all_rules() if r.code.startswith(profile.extend)}
        assert extended - usual, profile.name


@pytest.mark.parametrize("given", ["SEC301", "sec301", "SEC", "sec3", "all"])
def test_selectors_are_taken_in_any_case(given: str) -> None:
    assert selector(given) == given.upper()


def test_several_selectors_have_commas_between() -> None:
    assert selectors(["SEC, TYP101", "ALL,"]) == ("SEC", "TYP101", "ALL")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("SEX301", "no rule `SEX301`: did you mean `SEC301`?"),
        ("mixed-and-orr", "no rule `mixed-and-orr`: did you mean `SYN010`?"),
        (
            "",
            (
                "no rule ``: expected a code such as `SEC301`, the beginning of one such as "
                "`SEC`, or `ALL`"
            ),
        ),
    ],
)
def test_unknown_selectors_are_refused(given: str, message: str) -> None:
    with pytest.raises(SelectionError) as error:
        selector(given)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("a.cond", "a.cond", True),
        ("a.cond", "deep/er/a.cond", True),
        ("*.cond", "deep/a.cond", True),
        ("*.cond", "a.json", False),
        ("legacy/**", "legacy/deep/er/a.cond", True),
        ("legacy/", "legacy/a.cond", True),
        ("legacy/", "deep/legacy/a.cond", True),
        ("./legacy/*", "legacy/a.cond", True),
        ("legacy/*", "legacy/deep/a.cond", False),
        ("legacy/*", "other/legacy/a.cond", False),
        ("**/legacy/*", "other/legacy/a.cond", True),
        ("a?.cond", "ab.cond", True),
        ("a?.cond", "a/.cond", False),
        ("a[b].cond", "a[b].cond", True),
        ("a+.cond", "aa.cond", False),
    ],
)
def test_path_patterns(pattern: str, path: str, expected: bool) -> None:
    assert path_matches(pattern, path) is expected


def configured(folder: Path, text: str, name: str = "azcond.toml") -> Configuration:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_configuration(str(path))


def test_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "roles.json").write_text(json.dumps([CUSTOM_ROLE]), encoding="utf-8")
    configuration = configured(
        tmp_path,
        """
        profile = "strict"
        select = ["SEC", "TYP"]
        extend-select = ["COR401"]
        ignore = ["TYP101"]
        keywords = "symbols"
        roles = ["roles.json"]

        [severity]
        TYP113 = "warning"

        [per-path-ignores]
        "legacy/**" = ["SEC"]
        """,
    )
    selection = configuration.selection
    assert selection.select == ("SEC", "TYP")
    assert "COR401" in selection.extend
    assert selection.ignore == ("TYP101",)
    assert selection.severities["TYP113"] is Severity.WARNING
    assert selection.severities["SYN010"] is Severity.ERROR
    assert configuration.settings.keywords is Keywords.SYMBOLS
    assert CUSTOM in configuration.settings.roles.granting
    legacy = configuration.selection_for(str(tmp_path / "legacy" / "a.cond"))
    assert legacy.ignore == ("TYP101", "SEC")
    assert configuration.selection_for(str(tmp_path / "a.cond")) == selection


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\nselct = ["SEC"]', "2:1: unknown key `selct`: did you mean `select`?"),
        ('extend_select = ["SEC"]', "1:1: unknown key `extend_select`: did you mean"),
        ("zzz = 1", "1:1: unknown key `zzz`: expected one of `profile`, `select`"),
        ('ignore = [\n "SEC",\n "SEX301",\n]', "3:3: no rule `SEX301`: did you mean `SEC301`?"),
        ('profile = "stric"', "1:12: no profile `stric`: expected one of `delegation`"),
        ("select = 1", "1:1: `select` must be a list of strings, not an integer"),
        ("select = [true]", "1:1: `select` must hold strings, not a boolean"),
        ("profile = []", "1:1: `profile` must be a string, not a list"),
        ('severity = "error"', "1:1: `severity` must be a table, not a string"),
        ('[severity]\nSYN010 = "fatal"', '2:1: `SYN010` must be one of "error", "security"'),
        ('[severity]\nSYN = "error"', "2:1: `SYN` is no whole code: expected one such as"),
        ('[severity]\nSYM010 = "error"', "2:1: no rule `SYM010`: did you mean `SYN010`?"),
        ("severity = 2026-01-01", "1:1: `severity` must be a table, not a date or time"),
        ('[per-path-ignores]\n"a/*" = ["SEX"]', "2:11: no rule `SEX`"),
        ('[per-path-ignores]\n"a/*" = "SEC"', "2:2: `a/*` must be a list of strings, not a string"),
        ('exclude = "legacy"', "1:1: `exclude` must be a list of strings, not a string"),
        ('exclude = ["a", ""]', "1:1: `exclude` must hold patterns, and an empty one matches"),
        ('keywords = "emoji"', '1:1: `keywords` must be "words" or "symbols"'),
        ('roles = ["none.json"]', "none.json: cannot be read: No such file or directory"),
        ('roles = ["bad.json"]', "bad.json:1:15: "),
        ("select = [", "not TOML: "),
        ("a = 1\na = 2", "2:1: not TOML: cannot overwrite a value"),
        ("\ufffd", "1:1: not TOML: "),
    ],
)
def test_what_is_wrong_in_a_configuration(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "bad.json").write_text('[{"roleName": 5}]', encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        configured(tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path / 'azcond.toml'}:")
    assert message in str(error.value)


def test_a_shared_file_is_searched_from_its_own_table_on(tmp_path: Path) -> None:
    text = '[tool.other]\nignore = ["X"]\n\n[tool.azcond]\nignore = ["X"]\n'
    with pytest.raises(ConfigurationError) as error:
        configured(tmp_path, text, "pyproject.toml")
    assert error.value.line == 5


def test_the_nearest_configuration_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    shared = tmp_path / "pyproject.toml"
    shared.write_text('[tool.azcond]\nignore = ["SEC"]\n', encoding="utf-8")
    (tmp_path / "a" / "pyproject.toml").write_text("[project]\nname = 'azcond'\n", "utf-8")
    assert find_configuration(str(inner)) == str(shared)
    own = tmp_path / "a" / "azcond.toml"
    own.write_text("", encoding="utf-8")
    assert find_configuration(str(inner)) == str(own)
    assert read_configuration(str(shared)).selection.ignore == ("SEC",)


def test_what_was_found_above_a_folder_is_known_below_it(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    own = tmp_path / "azcond.toml"
    own.touch()
    known: dict[str, str | None] = {}
    assert find_configuration(str(inner), known) == str(own)
    assert known == {str(folder): str(own) for folder in (inner, inner.parent, tmp_path)}
    own.unlink()
    assert find_configuration(str(tmp_path / "a" / "c"), known) == str(own)


@pytest.fixture
def codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Codes:
    """The codes of the findings of `azcond lint`, run in a folder with a file `a.cond`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "azcond.toml").touch()  # nothing above this folder counts
    (tmp_path / "a.cond").write_text(MIXED, encoding="utf-8")

    def lint_here(*arguments: str, status: int = 1) -> list[str]:
        capsys.readouterr()
        assert run(["lint", "--output-format", "json", *arguments]) == status
        findings = json.loads(capsys.readouterr().out)["findings"]
        return sorted(finding["code"] for finding in findings)

    return lint_here


def test_options_of_the_command_line(codes: Codes) -> None:
    assert codes("a.cond") == ["SYN010", "TYP107"]
    assert codes("--select", "TYP", "a.cond") == ["TYP107", "TYP113"]
    assert codes("--select", "TYP113", "a.cond", status=0) == ["TYP113"]
    assert codes("--extend-select", "TYP", "--ignore", "SYN", "a.cond") == ["TYP107", "TYP113"]
    assert codes("--ignore", "SYN,TYP", "a.cond", status=0) == []
    assert codes("--exit-zero", "a.cond", status=0) == ["SYN010", "TYP107"]
    assert "TYP113" in codes("--profile", "storage", "a.cond")


def test_options_go_on_top_of_the_configuration(codes: Codes, tmp_path: Path) -> None:
    (tmp_path / "azcond.toml").write_text('select = ["TYP"]\nignore = ["TYP113"]\n', "utf-8")
    assert codes("a.cond") == ["TYP107"]
    assert codes("--select", "SYN", "a.cond") == ["SYN010"]
    assert codes("--extend-select", "SYN", "a.cond") == ["SYN010", "TYP107"]
    assert codes("--ignore", "TYP107", "a.cond", status=0) == []
    assert codes("--isolated", "a.cond") == ["SYN010", "TYP107"]
    (tmp_path / "other.toml").write_text('ignore = ["TYP"]\n', encoding="utf-8")
    assert codes("--config", "other.toml", "a.cond") == ["SYN010"]


def test_each_file_has_the_configuration_above_it(codes: Codes, tmp_path: Path) -> None:
    for folder, text in (("one", 'ignore = ["SYN"]'), ("two", 'ignore = ["TYP"]')):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "azcond.toml").write_text(text, encoding="utf-8")
        (tmp_path / folder / "a.cond").write_text(MIXED, encoding="utf-8")
    assert codes("one", "two") == ["SYN010", "TYP107"]


def test_what_is_ignored_in_a_path(codes: Codes, tmp_path: Path) -> None:
    (tmp_path / "legacy").mkdir()
    (tmp_path / "legacy" / "b.cond").write_text(MIXED, encoding="utf-8")
    text = '[per-path-ignores]\n"legacy/**" = ["ALL"]\n'
    (tmp_path / "azcond.toml").write_text(text, encoding="utf-8")
    assert codes(".") == ["SYN010", "TYP107"]
    assert codes(str(tmp_path / "legacy"), status=0) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--select", "nope"],
        ["--profile", "none"],
        ["--config", "none.toml"],
        ["--role", "nobody"],
        ["--role", "a.cond"],
        ["--diff", "--output-format", "json"],
    ],
)
def test_what_cannot_be_used_ends_the_run(
    codes: Codes, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert codes("a.cond")
    assert run(["lint", *arguments, "a.cond"]) == 2
    complaint = capsys.readouterr().err
    assert complaint.startswith("azcond")
    assert complaint.count("\n") == 1


ASSIGNMENTS = "Microsoft.Authorization/roleAssignments"
WRITE = (
    f"(!(ActionMatches{{'{ASSIGNMENTS}/write'}}) OR "
    f"@Request[{ASSIGNMENTS}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {{{CUSTOM}}})"
)
DELETE = WRITE.replace("/write", "/delete").replace("@Request", "@Resource")
DELEGATION = f"{WRITE} AND {DELETE}"


def test_roles_of_ones_own_are_known(codes: Codes, tmp_path: Path) -> None:
    (tmp_path / "a.cond").write_text(DELEGATION, encoding="utf-8")
    assert codes("--select", "TYP,SEC302", "a.cond", status=0) == ["TYP111", "TYP111"]
    (tmp_path / "own.json").write_text(json.dumps(CUSTOM_ROLE), encoding="utf-8")
    assert run(["catalogue", "import", "own.json"]) == 0
    (tmp_path / "azcond.toml").write_text('roles = ["azcond-roles.json"]', encoding="utf-8")
    assert set(codes("--select", "TYP,SEC302", "a.cond")) == {"SEC302"}


def test_importing_twice_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.json").write_text(json.dumps([CUSTOM_ROLE]), encoding="utf-8")
    assert run(["catalogue", "import", "own.json"]) == 0
    first = (tmp_path / "azcond-roles.json").read_text(encoding="utf-8")
    assert run(["catalogue", "import", "own.json", "azcond-roles.json"]) == 0
    assert (tmp_path / "azcond-roles.json").read_text(encoding="utf-8") == first
    assert json.loads(first)[0]["name"] == CUSTOM
    (tmp_path / "bad.json").write_text('[{"roleName": 5}]', encoding="utf-8")
    assert run(["catalogue", "import", "bad.json"]) == 2
    assert (tmp_path / "azcond-roles.json").read_text(encoding="utf-8") == first
