"""How values become comparable, and what does not."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from azcond.kinds import (
    boolean_value,
    datetime_value,
    fold,
    folded_value,
    guid_value,
    integer_value,
    string_value,
)

GUID = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
TICKS = 10_000_000


def instant(value: object) -> object:
    """Ticks of a date-time as the oracle has them; `None` when it has none."""
    seconds = oracle.comparable(value, "DateTimeEquals")
    return seconds * TICKS if isinstance(seconds, Fraction) else None


# --- case folding --------------------------------------------------------------------------


def test_folding_lowers_every_character_on_its_own_and_keeps_the_length() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        folded = fold(character)
        assert len(folded) == 1
        lowered = character.lower()
        assert folded == (lowered if len(lowered) == 1 else character)
        assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ABC", "abc"), ("STRAßE", "straße"), ("İ", "İ"), ("ΟΔΟΣ", "οδοσ"), ("", "")],
)
def test_folding_takes_no_account_of_neighbours(text: str, expected: str) -> None:
    assert fold(text) == expected


# --- date-times ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("2026-08-01T12:00:00Z", "2026-08-01T12:00:00.0000000Z"),
        ("2026-08-01T12:00:00.5Z", "2026-08-01T12:00:00.5000000Z"),
        ("2026-08-01T12:00:00+02:00", "2026-08-01T10:00:00Z"),
        ("2026-08-01T00:30:00-13:45", "2026-08-01T14:15:00Z"),
        ("2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00Z"),
    ],
)
def test_two_spellings_of_one_instant(text: str, other: str) -> None:
    assert datetime_value(text) == datetime_value(other) is not None


def test_the_seventh_digit_is_one_tick() -> None:
    first = datetime_value("2026-08-01T12:00:00.1234567Z")
    second = datetime_value("2026-08-01T12:00:00.1234568Z")
    assert first is not None
    assert second == first + 1


@pytest.mark.parametrize(
    "value",
    [
        "",
        "noon",
        "2026-08-01",
        "2026-08-01T12:00:00",
        "2026-08-01 12:00:00Z",
        "2026-08-01t12:00:00z",
        "2026-8-1T12:00:00Z",
        "2026-08-01T12:00Z",
        "2026-08-01T12:00:00.Z",
        "2026-08-01T12:00:00,5Z",
        "2026-08-01T12:00:00.12345678Z",
        "2026-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-00-01T12:00:00Z",
        "0000-01-01T12:00:00Z",
        "2026-08-01T24:00:00Z",
        "2026-08-01T12:60:00Z",
        "2026-08-01T12:00:60Z",
        "2026-08-01T12:00:00+24:00",
        "2026-08-01T12:00:00+02:60",
        "2026-08-01T12:00:00+0200",
        "2026-08-01T12:00:00+02",
        " 2026-08-01T12:00:00Z",
        "2026-08-01T12:00:00Z\n",
        "٢٠٢٦-08-01T12:00:00Z",
        5,
        None,
        True,
        datetime(2026, 8, 1, 12),  # noqa: DTZ001  # the point: no time zone
    ],
)
def test_what_is_no_date_time(value: Any) -> None:
    assert datetime_value(value) is None


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.integers(0, 9_999_999),
    st.integers(1, 7),
    st.sampled_from(["Z", "+00:00", "-00:00", "+05:30", "-23:59", "+14:00"]),
)
def test_written_date_times(when: datetime, ticks: int, digits: int, zone: str) -> None:
    fraction = f"{ticks:07}"[:digits]
    text = f"{when.replace(tzinfo=None).isoformat(timespec='seconds')}.{fraction}{zone}"
    assert datetime_value(text) == instant(text) is not None


@given(
    st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)),  # noqa: DTZ001  # zones come next
    st.integers(-1439, 1439),
)
def test_date_time_objects(when: datetime, minutes: int) -> None:
    aware = when.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert datetime_value(aware) == instant(aware) == datetime_value(aware.astimezone(UTC))


@given(st.text("0123456789-:T.Z+ ", max_size=32))
def test_near_date_times(text: str) -> None:
    assert datetime_value(text) == instant(text)


# --- GUIDs and the rest --------------------------------------------------------------------


@pytest.mark.parametrize("value", [GUID, GUID.upper(), GUID.replace("-", ""), UUID(GUID)])
def test_spellings_of_one_guid(value: object) -> None:
    assert guid_value(value) == GUID


@pytest.mark.parametrize(
    "value",
    [
        "Reader",
        "",
        GUID[:-1],
        GUID + "0",
        "{" + GUID + "}",
        GUID.replace("-", "", 1),
        GUID.replace("a", "g"),
        "-".join(GUID.replace("-", "")[i : i + 8] for i in range(0, 32, 8)) + "-",
        "acdd72a73385-48ef-bd42-f606fba81ae7-",
        " " + GUID[:-1],
        "\u0661" * 32,
        int("1" * 32),
        None,
        True,
    ],
)
def test_what_is_no_guid(value: object) -> None:
    assert guid_value(value) is None


@pytest.mark.parametrize(
    ("convert", "taken"),
    [
        (string_value, {"a": "a", "": ""}),
        (folded_value, {"A": "a", "ß": "ß"}),
        (integer_value, {5: 5, -1: -1, 10**40: 10**40}),
        (boolean_value, {True: True, False: False}),
    ],
)
def test_nothing_is_coerced(convert: Any, taken: dict[object, object]) -> None:
    for value, expected in taken.items():
        assert convert(value) == expected
        assert type(convert(value)) is type(expected)
    kind = type(next(iter(taken)))
    others = ["5", "true", 1, 0, True, 0.5, 1.0, None, UUID(GUID), datetime.now(UTC), b"a", ("a",)]
    for value in others:
        if type(value) is not kind:
            assert convert(value) is None, value
