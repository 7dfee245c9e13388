"""The five kinds of value, and how a literal or a run-time value becomes comparable.

Comparable forms: `str` for strings and for GUIDs (lower case, dashed), `int` for integers,
`bool` for booleans, and an `int` count of 100-nanosecond ticks since 0001-01-01T00:00:00Z for
date-times, because seven fractional digits are significant (storage-auth-abac-attributes,
version ID). No kind coerces: what is not of the kind has no comparable form.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

Scalar: TypeAlias = "str | int | float | bool | datetime | UUID"
"""What a request may hold as one present value."""

Comparable = str | int | bool
"""A value in the form that relations compare."""


class Kind(StrEnum):
    """The kind of a literal, and the operand kind of a relation."""

    STRING = "string"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATETIME = "date-time"
    GUID = "guid"


def fold(text: str) -> str:
    """Lower case, character by character, never changing the length (`ß` stays, no final sigma)."""
    if text.isascii():
        return text.lower()
    return "".join([_fold_character(character) for character in text])


def _fold_character(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


_GUID_DIGITS = frozenset("0123456789abcdef")
_GUID_GROUPS = [8, 4, 4, 4, 12]
_GUID_LENGTHS = (32, 36)


def guid_value(value: object) -> str | None:
    """The lower-case dashed form of a GUID given as text (dashed or 32 digits) or `UUID`."""
    if type(value) is str:
        return _parse_guid(value) if len(value) in _GUID_LENGTHS else None
    return str(value) if is_guid_object(value) else None


def is_guid_object(value: object) -> TypeGuard[UUID]:
    """Whether a value is a `UUID`; the module that has it is slow to load, and often not needed."""
    module = sys.modules.get("uuid")
    return module is not None and isinstance(value, module.UUID)


def is_datetime_object(value: object) -> TypeGuard[datetime]:
    """Whether a value is a `datetime`, whose module is not loaded for this, either."""
    module = sys.modules.get("datetime")
    return module is not None and isinstance(value, module.datetime)


@lru_cache(maxsize=4096)
def _parse_guid(text: str) -> str | None:
    groups = text.lower().split("-")
    digits = "".join(groups)
    if len(digits) != _GUID_LENGTHS[0] or not _GUID_DIGITS.issuperset(digits):
        return None
    if len(groups) == 1:
        groups = [digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]]
    return "-".join(groups) if [len(group) for group in groups] == _GUID_GROUPS else None


_DATETIME = (
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,7}))?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)
_TICKS_PER_SECOND = 10_000_000
_FRACTION_DIGITS = 7


def datetime_value(value: object) -> int | None:
    """Ticks of `yyyy-mm-ddThh:mm:ss[.f{1,7}]Z` (or with a numeric offset), or of a `datetime`."""
    if type(value) is str:
        return _parse_datetime(value)
    if is_datetime_object(value) and value.tzinfo is not None:
        return _ticks(value)
    return None


def _ticks(value: datetime) -> int:
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415  # already loaded, see above

    offset = value.utcoffset() or timedelta()
    elapsed = value.replace(tzinfo=UTC) - datetime(1, 1, 1, tzinfo=UTC) - offset
    return elapsed // timedelta(microseconds=1) * 10


@lru_cache(maxsize=4096)
def _parse_datetime(text: str) -> int | None:
    match = re.fullmatch(_DATETIME, text)
    if match is None:
        return None
    from datetime import date, time  # noqa: PLC0415  # only where there are date-times

    year, month, day, hour, minute, second = map(int, match.group(1, 2, 3, 4, 5, 6))
    fraction, sign, offset_hours, offset_minutes = match.group(7, 8, 9, 10)
    try:
        days = date(year, month, day).toordinal() - 1
        time(hour, minute, second)
        offset = time(int(offset_hours or 0), int(offset_minutes or 0))
    except ValueError:
        return None
    seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
    offset_seconds = (offset.hour * 60 + offset.minute) * 60
    seconds += offset_seconds if sign == "-" else -offset_seconds
    return seconds * _TICKS_PER_SECOND + int((fraction or "").ljust(_FRACTION_DIGITS, "0"))


def string_value(value: object) -> str | None:
    """The text itself; only text is a string."""
    return value if type(value) is str else None


def folded_value(value: object) -> str | None:
    """The folded text, for relations that ignore case."""
    return fold(value) if type(value) is str else None


def integer_value(value: object) -> int | None:
    """The integer itself; booleans and `0.5` are not integers."""
    return value if type(value) is int else None


def boolean_value(value: object) -> bool | None:
    """The boolean itself; `"true"` and `1` are not booleans."""
    return value if type(value) is bool else None


CONVERSIONS: dict[Kind, Callable[[object], Comparable | None]] = {
    Kind.STRING: string_value,
    Kind.INTEGER: integer_value,
    Kind.BOOLEAN: boolean_value,
    Kind.DATETIME: datetime_value,
    Kind.GUID: guid_value,
}
"""How a raw value of each kind becomes comparable; `None` means it is not of the kind."""
