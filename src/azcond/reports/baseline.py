"""The findings that a project knows of and does not want to hear of again, in a file.

    {
      "version": 1,
      "findings": [
        {
          "path": "infra/main.tf",
          "code": "SEC301",
          "fingerprint": "0f9a…",
          "about": "assignment deployer",
          "message": "this deny-list denies nothing: …",
          "count": 1
        }
      ]
    }

Paths are relative to the folder of the file. A finding is known by path, code and fingerprint, so
that it stays known when lines move, and as often as `count` says; `about` and `message` are for
people. A finding for which a condition cannot be read is never known: nobody knows what it hides.
The order is that of paths, codes and fingerprints, so that a change is a small diff.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from azcond._dataclasses import dataclass, field
from azcond.containers.files import InputError, read_text
from azcond.jsontext import JsonTextError, Path, json_name, locate, read_json
from azcond.reports.finding import Finding
from azcond.reports.fingerprint import fingerprint
from azcond.reports.paths import plain_path
from azcond.source import Source

_VERSION = 1

_Key = tuple[str, str, str]
"""Path, code and fingerprint."""


class Known(NamedTuple):
    """One finding that is known; `about` and `message` are for people. The order is that of the
    file.
    """

    path: str
    code: str
    fingerprint: str
    about: str
    message: str


@dataclass(slots=True)
class Baseline:
    """Known findings, and how many of each have not been met yet.

    `folder` is that of the file.
    """

    folder: str
    _left: Counter[_Key] = field(default_factory=Counter)
    _known: dict[_Key, Known] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """Make a finding known, unless it blocks."""
        if not finding.blocks:
            diagnostic, holder = finding.diagnostic, finding.holder
            about = " ".join(holder) if holder else ""
            self._keep(Known(*self._key(finding), about, diagnostic.message), 1)

    def _keep(self, known: Known, count: int) -> None:
        key = known[:3]
        self._known.setdefault(key, known)
        self._left[key] += count

    def take(self, finding: Finding) -> bool:
        """Whether a finding is known; each one that is known is met once."""
        key = self._key(finding)
        if not self._left[key] or finding.blocks:
            return False
        self._left[key] -= 1
        return True

    def _key(self, finding: Finding) -> _Key:
        path = plain_path(os.path.relpath(finding.path, self.folder or os.curdir))
        return path, finding.diagnostic.code, fingerprint(finding)

    def unmet(self, paths: Iterable[str], unread: Iterable[str]) -> list[Known]:
        """What is known and was not met, in files that are gone or that a run over some paths has
        read; those of `unread` it has not.
        """
        asked = {os.path.abspath(path) for path in paths}
        missed = {os.path.abspath(path) for path in unread}
        return [
            self._known[key]
            for key, count in sorted(self._left.items())
            if count and self._is_settled(key[0], asked, missed)
        ]

    def _is_settled(self, path: str, asked: set[str], missed: set[str]) -> bool:
        place = os.path.abspath(os.path.join(self.folder, path))
        if not os.path.exists(place):
            return True
        return missed.isdisjoint(_upwards(place)) and not asked.isdisjoint(_upwards(place))

    def text(self) -> str:
        """The file."""
        entries = [
            {**self._known[key]._asdict(), "count": count}
            for key, count in sorted(self._left.items())
        ]
        return json.dumps({"version": _VERSION, "findings": entries}, indent=2) + "\n"


def _upwards(path: str) -> Iterator[str]:
    """A path and every folder above it."""
    above = ""
    while path != above:
        yield path
        path, above = os.path.dirname(path), path


def read_baseline(name: str) -> Baseline:
    """The baseline of a file. Raises `InputError` for one that cannot be read as a whole."""
    text = read_text(name)
    baseline = Baseline(os.path.dirname(name))
    try:
        for known, count in _read_entries(read_json(text)):
            baseline._keep(known, count)  # noqa: SLF001  # the one other way to make one
    except JsonTextError as error:
        raise InputError.at(name, Source(text), error.offset, error.message) from None
    except _ShapeError as error:
        offset = locate(text, error.path)
        raise InputError.at(name, Source(text), offset, error.message) from None
    return baseline


class _ShapeError(Exception):
    """What is wrong with a baseline, and where."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


def _read_entries(document: Any) -> Iterator[tuple[Known, int]]:
    members = _members(document, {"version": int, "findings": list}, ())
    if members["version"] != _VERSION:
        given = members["version"]
        raise _ShapeError(f"expected version {_VERSION} of a baseline, got {given}", ("version",))
    seen = set()
    for index, entry in enumerate(members["findings"]):
        path: Path = ("findings", index)
        given = _members(entry, _MEMBERS, path)
        count = given.pop("count")
        known = Known(**given)
        if count < 1:
            raise _ShapeError(f"`count` must be 1 or more, got {count}", (*path, "count"))
        if known[:3] in seen:
            raise _ShapeError("this finding is listed before: one entry has the `count`", path)
        seen.add(known[:3])
        yield known, count


_MEMBERS: Mapping[str, type] = {**dict.fromkeys(Known._fields, str), "count": int}
_EXPECTED = {str: "a string", int: "a whole number", list: "a list"}


def _members(value: Any, expected: Mapping[str, type], path: Path) -> dict[str, Any]:
    """The members of an object, which are those expected and no others."""
    if not isinstance(value, dict):
        raise _ShapeError(f"expected an object, got {json_name(value)}", path)
    for name in value:
        if name not in expected:
            known = ", ".join(f"`{one}`" for one in expected)
            raise _ShapeError(f"no member `{name}`: expected {known}", (*path, name))
    for name, kind in expected.items():
        if name not in value:
            raise _ShapeError(f"`{name}` is missing: expected {_EXPECTED[kind]}", path)
        if type(value[name]) is not kind:
            message = f"`{name}` must be {_EXPECTED[kind]}, got {json_name(value[name])}"
            raise _ShapeError(message, (*path, name))
    return dict(value)
