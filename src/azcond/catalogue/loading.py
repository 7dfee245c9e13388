"""Reads the data files of the catalogue and refuses what does not have the documented shape."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from azcond._resources import read_packaged
from azcond.errors import CatalogueError

if TYPE_CHECKING:
    from datetime import date


_DAY = "a day such as 2026-08-01"
_LENGTHS_IN_A_DAY = [4, 2, 2]


class Row:
    """One JSON object of a data file; every getter raises `CatalogueError` for another shape."""

    __slots__ = ("_fields", "_place")

    def __init__(self, fields: object, place: str) -> None:
        if not isinstance(fields, dict):
            raise CatalogueError(f"{place} must be an object, got {type(fields).__name__}")
        self._fields = dict(fields)
        self._place = place

    def text(self, name: str) -> str:
        """A required text that is not empty."""
        value = self._fields.pop(name, None)
        if not isinstance(value, str) or not value:
            raise self._error(name, "must be a text", value)
        return value

    def optional_text(self, name: str) -> str | None:
        """A text, or `None` when the field is not there."""
        return self.text(name) if name in self._fields else None

    def day(self, name: str) -> str:
        """A required day, written `yyyy-mm-dd`; whether the calendar has it is not looked at."""
        text = self.text(name)
        if not (text.isascii() and [len(part) for part in text.split("-")] == _LENGTHS_IN_A_DAY):
            raise self.wrong(name, _DAY)
        if not text.replace("-", "").isdecimal():
            raise self.wrong(name, _DAY)
        return text

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; none when the field is not there."""
        value = self._fields.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._error(name, "must be a list of texts", value)
        return tuple(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean, `default` when the field is not there."""
        value = self._fields.pop(name, default)
        if not isinstance(value, bool):
            raise self._error(name, "must be true or false", value)
        return value

    def text_map(self, name: str) -> dict[str, str]:
        """An object of texts; empty when the field is not there."""
        value = self._fields.pop(name, {})
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise self._error(name, "must be an object of texts", value)
        return value

    def rows(self, name: str) -> list[Row]:
        """A list of objects; none when the field is not there."""
        value = self._fields.pop(name, [])
        if not isinstance(value, list):
            raise self._error(name, "must be a list", value)
        return [Row(item, f"{self._place}.{name}[{at}]") for at, item in enumerate(value)]

    def finish(self) -> None:
        """Refuse the fields that nothing has read."""
        for name, value in self._fields.items():
            raise self._error(name, "is not a known field", value)

    def wrong(self, name: str, expected: str) -> CatalogueError:
        """The error for a field whose value is not one of those expected."""
        return CatalogueError(f"{self._place}.{name} must be {expected}")

    def _error(self, name: str, problem: str, value: object) -> CatalogueError:
        return CatalogueError(f"{self._place}.{name} {problem}, got {type(value).__name__}")


def read_table(name: str) -> Row:
    """The one object of `data/<name>.json`, also from a zipped wheel."""
    file = f"data/{name}.json"
    try:
        return Row(json.loads(read_packaged("catalogue", file)), file)
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{file} cannot be read: {error}") from error


@cache
def as_of(name: str) -> date:
    """The day whose state the data file `attributes`, `actions` or `roles` describes."""
    from datetime import date  # noqa: PLC0415  # slow to load, and seldom needed

    table = read_table(name)
    try:
        return date.fromisoformat(table.day("as_of"))
    except ValueError as error:
        raise table.wrong("as_of", _DAY) from error
