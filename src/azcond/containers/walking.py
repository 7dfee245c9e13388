"""Finding the files of folders that may hold conditions, without those that git ignores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from azcond.containers.files import STDIN, InputError, reason_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_HIDDEN_BUT_READ = frozenset({".azuredevops", ".azure-pipelines", ".github", ".pipelines"})
"""Folders whose pipelines assign roles."""


LeftOut = Callable[[str], Callable[[str], bool]]
"""Says of a folder which names in it are to be left out; the names of folders end in `/`."""


def _nothing(_: str) -> Callable[[str], bool]:
    return lambda _: False


def find_files(
    names: Iterable[str],
    suffixes: tuple[str, ...],
    *,
    respect_gitignore: bool = True,
    left_out: LeftOut = _nothing,
) -> Iterator[str | InputError]:
    """The files to read, each once: those named, and in folders those with one of the suffixes.

    Folders are walked in a stable order, without hidden ones, but for those that hold pipelines,
    without links to folders, and without what git ignores unless that is not to be respected, and
    what is to be left out. A folder that is named is walked even if that holds for itself; then
    only what stands in it says what git ignores there, and nothing is left out. A folder that
    cannot be listed is given as an `InputError` in its place.
    """
    seen: set[str] = set()
    for name in names:
        is_folder = name != STDIN and os.path.isdir(name)
        ignores = _Ignores(name) if is_folder and respect_gitignore else None
        except_for = left_out if is_folder and not _is_left_out(name, left_out) else _nothing
        for file in _walk(name, suffixes, ignores, except_for) if is_folder else (name,):
            if isinstance(file, InputError):
                yield file
            elif (key := os.path.normpath(file)) not in seen:
                seen.add(key)
                yield file


def _is_left_out(top: str, left_out: LeftOut) -> bool:
    folder, name = os.path.split(os.path.abspath(top))
    return bool(name) and left_out(folder)(f"{name}/")


def _walk(
    top: str, suffixes: tuple[str, ...], ignores: _Ignores | None, left_out: LeftOut
) -> Iterator[str | InputError]:
    failures: list[OSError] = []
    for folder, folders, files in os.walk(top, onerror=failures.append):
        yield from _unlisted(failures)
        if ignores is not None and _GITIGNORE in files:
            ignores.enter(folder)
        is_left_out = left_out(folder)
        folders[:] = sorted(
            inner
            for inner in folders
            if not inner.startswith(".") or inner in _HIDDEN_BUT_READ
            if not is_left_out(f"{inner}/")
            if ignores is None or not ignores.has(os.path.join(folder, inner, ""))
        )
        for file in sorted(files):
            if file.lower().endswith(suffixes) and not is_left_out(file):
                path = os.path.join(folder, file)
                if ignores is None or not ignores.has(path):
                    yield InputError(path, "not a file") if _is_special(path) else path
    yield from _unlisted(failures)


def _unlisted(failures: list[OSError]) -> Iterator[InputError]:
    while failures:
        failure = failures.pop(0)
        yield InputError(str(failure.filename), reason_of(failure))


def _is_special(path: str) -> bool:
    """A pipe, socket or device; a link that leads nowhere is not, and fails to be read."""
    return os.path.exists(path) and not os.path.isfile(path)


_GITIGNORE = ".gitignore"


class _Rules(NamedTuple):
    """The patterns of one file, and the folder that they are relative to."""

    folder: str
    patterns: GitIgnoreSpec


class _Ignores:
    """What git ignores at and below a folder; also by what stands above it in its repository,
    unless it is ignored itself.

    As in git, of several patterns for a path the last one of the innermost file counts, and what
    is in an ignored folder cannot be had back.
    """

    def __init__(self, top: str) -> None:
        self._rules: list[_Rules] = []
        above = _folders_to_the_repository(os.path.abspath(top))
        if above:
            self._read(above[0], os.path.join(above[0], ".git", "info", "exclude"))
        for folder, inner in pairwise(above):
            self.enter(folder)
            if self.has(os.path.join(inner, "")):
                self._rules.clear()

    def enter(self, folder: str) -> None:
        """Take the patterns of a folder into account, after those of the folders around it."""
        folder = os.path.abspath(folder)
        while self._rules and not _is_in(folder, self._rules[-1].folder):
            self._rules.pop()
        self._read(folder, os.path.join(folder, _GITIGNORE))

    def has(self, path: str) -> bool:
        """Whether a file is ignored, or a folder, whose path ends in a separator."""
        if not self._rules:
            return False
        is_folder = path.endswith(os.sep)
        absolute = os.path.abspath(path)
        for rules in reversed(self._rules):
            if _is_in(absolute, rules.folder):
                inside = absolute[len(os.path.join(rules.folder, "")) :].replace(os.sep, "/")
                found = rules.patterns.check_file(f"{inside}/" if is_folder else inside).include
                if found is not None:
                    return found
        return False

    def _read(self, folder: str, path: str) -> None:
        try:
            with open(path, encoding="utf-8-sig", errors="replace") as file:
                lines = file.read().splitlines()
        except OSError:
            return
        from pathspec import GitIgnoreSpec  # noqa: PLC0415  # only where there are patterns

        usable = []
        for line in lines:
            with suppress(ValueError):  # what is no pattern ignores nothing
                GitIgnoreSpec.from_lines([line])
                usable.append(line)
        self._rules.append(_Rules(folder, GitIgnoreSpec.from_lines(usable)))


def _folders_to_the_repository(folder: str) -> list[str]:
    """The folders from the root of the repository that a folder is in down to it; else none."""
    found = [folder]
    while not os.path.exists(os.path.join(found[-1], ".git")):
        above = os.path.dirname(found[-1])
        if above == found[-1]:
            return []
        found.append(above)
    return found[::-1]


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))
