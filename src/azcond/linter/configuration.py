"""What a project sets, in `azcond.toml` or under `[tool.azcond]` in `pyproject.toml`.

    profile = "delegation"            # or "storage", "strict"
    select = ["SEC", "COR401"]        # instead of everything above info
    extend-select = ["SEC305"]        # on top of it
    ignore = ["TYP101"]
    exclude = ["vendor", "**/*.gen.tf"]  # of what folders hold; relative to this file
    roles = ["roles.json"]            # role definitions of your own, beside this file
    keywords = "words"                # or "symbols": what STY502 asks for

    [severity]
    SYN010 = "error"

    [per-path-ignores]
    "legacy/**" = ["SEC"]

Everything is checked; what is wrong is said with its line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from azcond._dataclasses import dataclass, field
from azcond.access.known import KnownRoles
from azcond.access.models import RoleDefinition
from azcond.diagnostics import Severity
from azcond.errors import AccessDataError
from azcond.linter.configuration_files import (
    SHARED_FILE,
    ConfigurationError,
    parsed,
    table_in,
    text_of,
)
from azcond.linter.globs import path_matches
from azcond.linter.rules import rules_by_code
from azcond.linter.selection import Selection, SelectionError, profile_named, selector
from azcond.linter.settings import DEFAULTS, Keywords, Settings


@dataclass(frozen=True, slots=True)
class Configuration:
    """A configuration as it applies below `folder`; nothing set is the usual behaviour."""

    folder: str = ""
    selection: Selection = field(default_factory=Selection)
    settings: Settings = DEFAULTS
    path_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()

    def selection_for(self, path: str) -> Selection:
        """The selection for a file, with what is ignored there."""
        if not self.path_ignores:
            return self.selection
        relative = os.path.relpath(path, self.folder or ".")
        inside = relative.replace(os.sep, "/")
        ignored = [
            one
            for pattern, selectors in self.path_ignores
            if path_matches(pattern, inside)
            for one in selectors
        ]
        return self.selection.ignoring(ignored)


def read_configuration(path: str, shown: str | None = None) -> Configuration:
    """Read and check a configuration file; `shown` is what messages call it.

    Raises `ConfigurationError` for what is no TOML, for unknown keys, codes and profiles (with what
    was probably meant), for values of another type and for role files that cannot be read.
    """
    text = text_of(path)
    table: Mapping[str, Any] | None = parsed(shown or path, text)
    if os.path.basename(path) == SHARED_FILE:
        table = table_in(table or {})
    return _Reader(path, shown or path, text).read(table or {})


class _Reader:
    """Reads one file, and knows where in it things stand."""

    def __init__(self, path: str, shown: str, text: str) -> None:
        self._folder = os.path.dirname(os.path.abspath(path))
        self._shown = shown
        self._lines = text.splitlines()
        header = re.compile(r"\[\s*tool\s*\.\s*azcond\b")
        self._first = next((n for n, line in enumerate(self._lines) if header.match(line)), 0)
        self._readers: dict[str, Callable[[str, Any], object]] = {
            "profile": self._profile,
            "select": self._chosen,
            "extend-select": self._selectors,
            "ignore": self._selectors,
            "severity": self._severities,
            "per-path-ignores": self._path_ignores,
            "exclude": self._patterns,
            "roles": self._roles,
            "keywords": self._keywords,
        }

    def read(self, table: Mapping[str, Any]) -> Configuration:
        given: dict[str, Any] = {}
        for key, value in table.items():
            if key not in self._readers:
                self._refuse(f"unknown key `{key}`{_nearest(key, self._readers)}", key)
            given[key] = self._readers[key](key, value)
        selection = Selection(
            given.get("select"),
            given.get("extend-select", ()),
            given.get("ignore", ()),
            given.get("severity", {}),
        )
        if "profile" in given:
            selection = selection.with_profile(given["profile"])
        settings = Settings(
            KnownRoles(given["roles"]) if "roles" in given else DEFAULTS.roles,
            given.get("keywords", DEFAULTS.keywords),
        )
        ignores = given.get("per-path-ignores", ())
        exclude = given.get("exclude", ())
        return Configuration(self._folder, selection, settings, ignores, exclude)

    def _profile(self, key: str, value: Any) -> object:
        try:
            return profile_named(self._string(key, value))
        except SelectionError as error:
            self._refuse(str(error), key, value)

    def _chosen(self, key: str, value: Any) -> tuple[str, ...]:
        found = self._selectors(key, value)
        if not found:
            self._refuse("no rule is named: leave the key out for the usual ones", key, key)
        return found

    def _selectors(self, key: str, value: Any) -> tuple[str, ...]:
        found = []
        for one in self._strings(key, value):
            try:
                found.append(selector(one))
            except SelectionError as error:
                self._refuse(str(error), key, one)
        return tuple(found)

    def _severities(self, key: str, value: Any) -> dict[str, Severity]:
        found = {}
        for code, severity in self._table(key, value).items():
            if code not in rules_by_code():
                try:
                    selector(code)
                except SelectionError as error:
                    self._refuse(str(error), code)
                self._refuse(f"`{code}` is no whole code: expected one such as `SEC301`", code)
            if severity not in list(Severity):
                known = ", ".join(f'"{one}"' for one in Severity)
                self._refuse(f"`{code}` must be one of {known}", code)
            found[code] = Severity(severity)
        return found

    def _path_ignores(self, key: str, value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
        table = self._table(key, value)
        return tuple(
            [(pattern, self._selectors(pattern, given)) for pattern, given in table.items()]
        )

    def _patterns(self, key: str, value: Any) -> tuple[str, ...]:
        patterns = tuple(self._strings(key, value))
        if "" in patterns:
            self._refuse(f"`{key}` must hold patterns, and an empty one matches nothing", key)
        return patterns

    def _roles(self, key: str, value: Any) -> list[RoleDefinition]:
        from azcond.access.documents import read_roles  # noqa: PLC0415  # imports pydantic

        found: list[RoleDefinition] = []
        for name in self._strings(key, value):
            try:
                roles, problems = read_roles(os.path.join(self._folder, name))
            except AccessDataError as error:
                self._refuse(str(error), key, name)
            if problems:
                self._refuse(str(problems[0]), key, name)
            found += roles
        return found

    def _keywords(self, key: str, value: Any) -> Keywords:
        if value not in list(Keywords):
            known = " or ".join(f'"{one}"' for one in Keywords)
            self._refuse(f"`{key}` must be {known}", key)
        return Keywords(value)

    def _table(self, key: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._refuse(f"`{key}` must be a table, not {_toml_name(value)}", key)
        return value

    def _string(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            self._refuse(f"`{key}` must be a string, not {_toml_name(value)}", key)
        return value

    def _strings(self, key: str, value: Any) -> list[str]:
        if not isinstance(value, list):
            self._refuse(f"`{key}` must be a list of strings, not {_toml_name(value)}", key)
        for one in value:
            if not isinstance(one, str):
                self._refuse(f"`{key}` must hold strings, not {_toml_name(one)}", key)
        return value

    def _refuse(self, message: str, *words: str) -> NoReturn:
        """Raise the error, at the line of a key and, from there on, of a value."""
        at = self._first
        for word in words:
            spelled = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
            at = next(
                (n for n in range(at, len(self._lines)) if spelled.search(self._lines[n])), at
            )
        last = re.search(re.escape(words[-1]), self._lines[at]) if self._lines else None
        column = last.start() + 1 if last else 1
        raise ConfigurationError(self._shown, message, at + 1, column)


def _nearest(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  # slow to load, and seldom needed

    names = list(known)
    near = get_close_matches(word.lower().replace("_", "-"), names, 1, 0.6)
    if near:
        return f": did you mean `{near[0]}`?"
    return ": expected one of " + ", ".join(f"`{name}`" for name in names)


_TOML_NAMES: dict[type, str] = {
    str: "a string",
    bool: "a boolean",
    int: "an integer",
    float: "a float",
    list: "a list",
    dict: "a table",
}


def _toml_name(value: Any) -> str:
    return _TOML_NAMES.get(type(value), "a date or time")
