"""`Like` patterns: what they match, and how little work that takes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from azcond.operators import has_escape, has_wildcard, like_pattern

PATTERN_LETTERS = "ab*?\\"


def words(letters: str, longest: int) -> Iterator[str]:
    for length in range(longest + 1):
        for word in product(letters, repeat=length):
            yield "".join(word)


def test_every_short_pattern_on_every_short_value() -> None:
    values = list(words("ab*\\", 3))
    for pattern in words(PATTERN_LETTERS, 4):
        matches = like_pattern(pattern).matches
        for value in values:
            assert matches(value) is oracle.like(value, pattern), (pattern, value)


@given(st.text(PATTERN_LETTERS, max_size=14), st.text("ab*?\\\n", max_size=14))
def test_longer_patterns(pattern: str, value: str) -> None:
    assert like_pattern(pattern).matches(value) is oracle.like(value, pattern)


@given(st.text(PATTERN_LETTERS, max_size=10), st.data())
def test_a_value_made_from_a_pattern_matches_it(pattern: str, data: st.DataObject) -> None:
    value, rest = "", pattern
    while rest:
        if rest[:2] in ("\\*", "\\?"):
            value, rest = value + rest[1], rest[2:]
            continue
        sizes = {"*": (0, 3), "?": (1, 1)}.get(rest[0])
        value += (
            data.draw(st.text("ab/", min_size=sizes[0], max_size=sizes[1])) if sizes else rest[0]
        )
        rest = rest[1:]
    assert like_pattern(pattern).matches(value)


@pytest.mark.parametrize(
    ("pattern", "wildcard", "escape"),
    [
        ("", False, False),
        ("plain", False, False),
        ("a*", True, False),
        ("a?", True, False),
        (r"a\*", False, True),
        (r"a\?b*", True, True),
        (r"a\b", False, False),
        (r"a\\*", False, True),
        (r"a\*?", True, True),
    ],
)
def test_wildcards_and_escapes_are_told_apart(pattern: str, wildcard: bool, escape: bool) -> None:
    assert (has_wildcard(pattern), has_escape(pattern)) == (wildcard, escape)


class CountedText(str):
    """A text that counts the characters that searches look at."""

    __slots__ = ("looked_at",)

    looked_at: int

    def find(self, part: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]  # the forms in use
        found = super().find(part, start, end)
        last = len(self) if end is None else end
        self.looked_at += (last if found < 0 else found + len(part)) - start
        return found

    def startswith(self, part: str, start: int = 0) -> bool:  # type: ignore[override]  # the forms in use
        self.looked_at += len(part)
        return super().startswith(part, start)

    def endswith(self, part: str) -> bool:  # type: ignore[override]  # the forms in use
        self.looked_at += len(part)
        return super().endswith(part)


LENGTH = 100_000


@pytest.mark.parametrize(
    "pattern",
    [
        "*a*a*a*a*a*a*b",
        "*a*a*a*a*a*a*b*",
        "a*a*a*a*a*a*a*a",
        "*?a*?a*?b*",
        "*aaaaaaa?b*",
        "*" * 50 + "b" + "*" * 50,
        "a" * 50 + "*b",
        "?" * 100 + "*b*c",
    ],
)
def test_matching_looks_at_each_character_at_most_once_per_pattern_character(pattern: str) -> None:
    value = CountedText("a" * LENGTH)
    value.looked_at = 0
    expected = "b" not in pattern
    assert like_pattern(pattern).matches(value) is expected
    assert value.looked_at <= len(pattern) * LENGTH


def test_the_count_would_see_a_backtracking_matcher() -> None:
    """A matcher that tries every place for every star looks at far more, on a far shorter value."""
    value = CountedText("a" * 40)
    value.looked_at = 0

    def backtrack(segments: list[str], at: int) -> bool:
        if not segments:
            return at == len(value)
        return any(
            value.startswith(segments[0], start) and backtrack(segments[1:], start + 1)
            for start in range(at, len(value))
        )

    assert not backtrack(list("aaaab"), 0)
    assert value.looked_at > len("*a*a*a*a*b") * len(value)
