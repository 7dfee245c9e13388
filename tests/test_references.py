"""Attribute ids divide into type, key and suffix; damaged suffixes are found."""

from __future__ import annotations

import pytest

from azcond.references import (
    KEY_CASE_SENSITIVE,
    KEYS,
    Reference,
    find_residue,
    split_reference,
)


@pytest.mark.parametrize(
    ("attribute_id", "expected"),
    [
        ("UtcNow", ("utcnow", None, False, False)),
        ("A/b:Name", ("a/b", "Name", False, False)),
        ("A/b:one:two", ("a/b", "one:two", False, False)),
        ("A/b:Cost Centre", ("a/b", "Cost Centre", False, False)),
        ("A/b:Key<$key_case_sensitive$>", ("a/b", "Key", True, False)),
        ("A/b:Key<$KEY_Case_Sensitive$>", ("a/b", "Key", True, False)),
        ("A/b:<$key_case_sensitive$>", ("a/b", "", True, False)),
        ("A/b<$key_case_sensitive$>", ("a/b<$key_case_sensitive$>", None, False, False)),
        ("A/b&$keys$&", ("a/b", None, False, True)),
        ("A/b&$Keys$&", ("a/b", None, False, True)),
        ("A/b:key&$keys$&", ("a/b", "key&$keys$&", False, False)),
        ("A/b:", ("a/b", "", False, False)),
        ("", ("", None, False, False)),
    ],
)
def test_ids_divide_at_the_first_colon(
    attribute_id: str, expected: tuple[str, str | None, bool, bool]
) -> None:
    assert split_reference(attribute_id) == Reference(*expected)


@pytest.mark.parametrize(
    "end",
    [
        "<$>",
        "<>",
        "<`$key_case_sensitive`$>",
        "<\\$key_case_sensitive\\$>",
        "<$key_case_sensitive>",
        "<key_case_sensitive$>",
        "<key_case_sensitive>",
        "<$$key_case_sensitive$$>",
        "<$Key_Case_Sensitve$>",
        "$key_case_sensitive$",
        "<$key_case_sensitive",
    ],
)
def test_damaged_suffixes_are_found(end: str) -> None:
    residue = find_residue(f"A/b:Key{end}")
    assert residue is not None
    assert f"A/b:Key{end}"[slice(*residue.span)] == end
    assert residue.intended == KEY_CASE_SENSITIVE


@pytest.mark.parametrize("end", ["&$&", "&&", "&keys&", "&$keys&", "&`$keys`$&", "&\\$Keys\\$&"])
def test_damaged_lists_of_keys_are_found(end: str) -> None:
    residue = find_residue(f"A/b{end}")
    assert residue is not None
    assert f"A/b{end}"[slice(*residue.span)] == end
    assert residue.intended == KEYS


@pytest.mark.parametrize(
    "attribute_id",
    [
        "",
        "A/b:Key",
        "A/b:Key<$key_case_sensitive$>",
        "A/b:Key<$KEY_CASE_SENSITIVE$>",
        "A/b:key_case_sensitive",
        "A/b:a<b",
        "A/b&$keys$&",
        "A/b&$KEYS$&",
        "A/b:R&D",
        "A/b",
        "&",
    ],
)
def test_whole_ids_are_not_damaged(attribute_id: str) -> None:
    assert find_residue(attribute_id) is None


@pytest.mark.parametrize(
    ("end", "mended"),
    [
        (":Key<`$key_case_sensitive`$>", ":Key<$key_case_sensitive$>"),
        (":Key<\\$Key_Case_Sensitive\\$>", ":Key<$Key_Case_Sensitive$>"),
        (":Key<$key_case_sensitive\\$>", ":Key<$key_case_sensitive$>"),
        ("&`$keys`$&", "&$keys$&"),
        (":Key<`$key_case_sensitve`$>", None),
        (":Key<`$>", None),
        (":Key<``$key_case_sensitive$>", None),
        ("&\\$&", None),
    ],
)
def test_escapes_are_told_from_other_damage(end: str, mended: str | None) -> None:
    residue = find_residue(f"A/b{end}")
    assert residue is not None
    text = f"A/b{end}"
    for start, stop in reversed(residue.escapes):
        text = text[:start] + text[stop:]
    assert text == (f"A/b{end}" if mended is None else f"A/b{mended}")


def test_long_ids_take_no_time() -> None:
    for filler in ("$", "<", "`", "&", "<$"):
        assert find_residue("A/b:" + filler * 200_000) is None
        assert find_residue("A/b" + filler * 200_000) is None or filler == "&"
