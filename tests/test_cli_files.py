"""Finding, reading and replacing files."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from azcond.containers.files import InputError, Siblings, read_text, shown_name, write_text
from azcond.containers.walking import find_files

SUFFIXES = (".cond", ".json")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        *("b.cond", "a.json", "A.COND", "notes.md", ".hidden.cond"),
        *("sub/c.json", "sub/deeper/d.cond", ".git/e.json", "sub/.venv/f.json"),
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    return tmp_path


def found(*names: str | Path) -> list[str]:
    return [str(name) for name in find_files(map(str, names), SUFFIXES)]


def test_a_folder_gives_its_files_in_order_without_hidden_folders(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree)
    assert found(".") == [
        *("./.hidden.cond", "./A.COND", "./a.json", "./b.cond"),
        *("./sub/c.json", "./sub/deeper/d.cond"),
    ]
    assert found("sub") == ["sub/c.json", "sub/deeper/d.cond"]


GIT = {
    ".gitignore": "*.json\n!keep.json\n/only-here/\nbuild\n\\\n",
    "sub/.gitignore": "# nothing of ours\n\n!*.json\ndeeper/*.cond\n!deeper/d.cond\n",
    ".git/info/exclude": "private.cond\n",
}


@pytest.fixture
def repository(tree: Path) -> Path:
    for name, text in GIT.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text)
    for name in (
        *("keep.json", "private.cond", "only-here/a.cond", "sub/only-here/a.cond"),
        *("build/a.cond", "sub/build/keep.json", "sub/deeper/e.cond", ".github/x.json"),
    ):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("x")
    return tree


def test_what_git_ignores_is_left_out(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    assert found(".") == [
        *("./.hidden.cond", "./A.COND", "./b.cond", "./keep.json"),
        *("./sub/c.json", "./sub/deeper/d.cond", "./sub/only-here/a.cond"),
    ]


def test_what_git_ignores_is_known_below_the_folder_that_says_so(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "sub")
    assert found(".", "../a.json") == [
        *("./c.json", "./deeper/d.cond", "./only-here/a.cond", "../a.json"),
    ]
    assert found("deeper") == ["deeper/d.cond"]


def test_an_ignored_folder_that_is_named_is_read(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    (repository / "sub/build/.gitignore").write_text("*.cond\n")
    (repository / "sub/build/inner").mkdir()
    (repository / "sub/build/inner/b.json").write_text("x")
    (repository / "sub/build/b.cond").write_text("x")
    assert found("only-here") == ["only-here/a.cond"]
    assert found("sub/build") == ["sub/build/keep.json", "sub/build/inner/b.json"]
    assert found("sub/build/inner") == ["sub/build/inner/b.json"]


def test_git_may_be_left_aside(repository: Path) -> None:
    every = find_files([str(repository)], SUFFIXES, respect_gitignore=False)
    names = [os.path.relpath(str(name), repository) for name in every]
    assert {"build/a.cond", "private.cond", "a.json", ".github/x.json"} <= set(names)
    assert not any(name.startswith(".git/") for name in names)


def test_links_to_folders_are_not_followed(tree: Path) -> None:
    (tree / "sub" / "again").symlink_to(tree, target_is_directory=True)
    (tree / "self.cond").symlink_to("self.cond")
    names = found(tree)
    assert len(names) == len(set(names)) == 7
    with pytest.raises(InputError, match="too many levels of symbolic links"):
        read_text(str(tree / "self.cond"))


def test_a_file_may_be_too_large(tree: Path) -> None:
    assert read_text(str(tree / "b.cond"), most=1) == "x"
    with pytest.raises(InputError, match="too large: files of up to 0 MiB are read"):
        read_text(str(tree / "b.cond"), most=0)


def test_what_is_named_is_taken_whatever_it_is_called_and_only_once(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree)
    assert found("notes.md", "sub/../b.cond", "b.cond", ".git/e.json", "none", "-", "-") == [
        *("notes.md", "sub/../b.cond", ".git/e.json", "none", "-"),
    ]


def test_a_folder_that_cannot_be_listed_is_given_as_an_error(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("deeper"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.chdir(tree)
    assert found("sub") == ["sub/c.json", "sub/deeper: permission denied"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_and_a_broken_link_in_a_folder_are_not_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.cond")
    (tmp_path / "link.cond").symlink_to("nowhere")
    link, pipe = find_files([str(tmp_path)], SUFFIXES)
    assert isinstance(link, str)
    with pytest.raises(InputError, match="no such file"):
        read_text(link)
    assert isinstance(pipe, InputError)


def test_text_is_read_as_it_is_but_for_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "x.cond"
    file.write_bytes(b"\xef\xbb\xbfa\r\nb\n\xc3\xa9")
    assert read_text(str(file)) == "a\r\nb\né"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"ok\n \xe9x", ":2:2: not UTF-8: byte 0xe9"),
        (b"\xef\xbb\xbfabc\xff", ":1:4: not UTF-8: byte 0xff"),
        (b"\xff\xfea\0", ": not UTF-8 but UTF-16: save the file as UTF-8"),
        (b"ab\xc3", ":1:3: not UTF-8: byte 0xc3"),
        (b"a\nb\0c", ":2:2: not text: it holds a NUL character"),
    ],
)
def test_other_encodings_are_refused_at_their_place(
    tmp_path: Path, data: bytes, message: str
) -> None:
    file = tmp_path / "x.cond"
    file.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_text(str(file))
    assert str(caught.value) == f"{file}{message}"


@pytest.mark.parametrize(
    ("name", "message"), [("none", "no such file or directory"), (".", "is a directory")]
)
def test_what_cannot_be_opened_is_named(name: str, message: str) -> None:
    with pytest.raises(InputError, match=f"{name}: {message}"):
        read_text(name)


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(InputError, match="null"):
        read_text("a\0b")


def test_standard_input_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="<stdin>: cannot be read"):
        read_text("-")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"abc")))
    assert read_text("-") == "abc"


def test_names_inside_the_working_directory_are_shown_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_name(str(tmp_path / "a" / "b.cond")) == str(Path("a", "b.cond"))
    assert shown_name("../x.cond") == "../x.cond"
    assert shown_name(str(Path("x.cond"))) == shown_name(f".{os.sep}x.cond") == "x.cond"
    assert shown_name(f".{os.sep}") == f".{os.sep}"
    assert shown_name(str(tmp_path) + "2") == str(tmp_path) + "2"


def test_replacing_a_file_keeps_its_mode_and_links(tmp_path: Path) -> None:
    file, link = tmp_path / "x.cond", tmp_path / "link.cond"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file.name)
    write_text(str(link), "né\r\n")
    assert file.read_bytes() == b"n\xc3\xa9\r\n"
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.cond", "x.cond"]


def test_replacing_a_file_keeps_its_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "x.ps1"
    file.write_bytes(b"\xef\xbb\xbf# \xc3\xa4\r\n")
    write_text(str(file), read_text(str(file)) + "new\r\n")
    assert file.read_bytes() == b"\xef\xbb\xbf# \xc3\xa4\r\nnew\r\n"


def test_a_failed_replacement_leaves_the_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.cond"
    file.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(InputError, match="cannot be written: no space left on device"):
        write_text(str(file), "new")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_a_file_that_is_read_only_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.cond"
    file.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(InputError, match="cannot be written: permission denied"):
        write_text(str(file), "new")
    assert file.read_text() == "old"


def test_files_below_are_given_by_their_path_and_none_behind_a_link(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "secret.txt").write_text("secret")
    (tree / "sub/link").symlink_to(elsewhere)
    (tree / "sub/file.txt").symlink_to(elsewhere / "secret.txt")
    os.mkfifo(tree / "sub/pipe")
    siblings = Siblings()

    def below(path: str) -> dict[str, str]:
        return siblings.beside(str(tree / "b.cond"), path)

    assert below("sub/deeper/d.cond") == {"sub/deeper/d.cond": "x"}
    assert below("c.json") == {}
    assert below("a.json") == {"a.json": "x"}
    for path in ("sub/link/secret.txt", "sub/file.txt", "sub/pipe", "sub/none", "../x/b.cond"):
        assert below(path) == {}
    assert below(f"{elsewhere}/secret.txt") == {}
