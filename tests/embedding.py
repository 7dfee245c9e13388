"""Writing a text into a literal of a file, character by character, and what must hold of reading it
there: every kind of literal is a function from a text to `Written`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import NamedTuple

from azcond.containers import Contents, find_conditions
from azcond.containers.rewriting import rewrite
from azcond.source import Source, Span
from spelling import spell
from strategies import random_tree

MARK = "§"
"""Where a file that is a template takes a literal."""


def found_in(text: str, name: str, beside: Mapping[str, str] | None = None) -> Contents:
    """What a file holds, beside other files with their texts."""
    others = beside or {}
    return find_conditions(
        text, name, lambda suffix: {n: t for n, t in others.items() if n.endswith(suffix)}
    )


def span_of(part: str, text: str) -> Span:
    """Where the first such part of a text stands."""
    start = text.index(part)
    return Span(start, start + len(part))


def assert_stands_at(text: str, name: str, part: str, place: tuple[int, int]) -> str:
    """A part of the one condition stands at that line and column; gives how it is written there."""
    (condition,) = found_in(text, name).conditions
    start, end = condition.span_in_file(span_of(part, condition.text))
    assert Source(text).line_column(start) == place
    return text[start:end]


class Written(NamedTuple):
    """A literal, and where in it each character of the text stands."""

    literal: str
    places: list[Span]


Literal = Callable[[str, Random], Written]

_ODD = (
    "'",
    '"',
    "\\",
    "\\'",
    "\n",
    "\t",
    "$",
    "%",
    "${",
    "%{",
    "{",
    "}",
    "é",
    "🔑",
    "\u2028",
    "''",
)


def random_text(rng: Random) -> str:
    """A condition with and without characters that files have to escape."""
    text = spell(random_tree(rng), rng)
    for _ in range(rng.randrange(6)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(_ODD) + text[at:]
    return text


def spelled(
    text: str,
    rng: Random,
    escapes: Mapping[str, Sequence[str]],
    opening: str,
    closing: str,
) -> Written:
    """A text between quotes, in which each character is spelled in one of the ways that there are.

    What a character is before another one, as in `${`, has ways of its own.
    """
    literal, places = opening, []
    for index, character in enumerate(text):
        ways = escapes.get(text[index : index + 2]) or escapes.get(character) or (character,)
        written = rng.choice(ways)
        places.append(Span(len(literal), len(literal) + len(written)))
        literal += written
    return Written(literal + closing, places)


def assert_is_found(template: str, name: str, text: str, written: Written) -> None:
    """The text is read back from the file with the literal, and each character where it stands."""
    shift = template.index(MARK)
    file = template.replace(MARK, written.literal)
    contents = find_conditions(file, name)
    assert contents.unread == ()
    (condition,) = contents.conditions
    assert (condition.text, condition.holes) == (text, ())
    for index, (start, end) in enumerate(written.places):
        assert condition.span_in_file(Span(index, index + 1)) == (start + shift, end + shift)


def assert_can_be_changed(template: str, name: str, written: Written, wanted: str) -> None:
    """Another text can stand in the literal, and nothing else in the file changes by a byte.

    It has the line breaks of the file.
    """
    before, after = template.split(MARK)
    file = before + written.literal + after

    def read(changed: str) -> Contents:
        return find_conditions(changed, name)

    changed, which = rewrite(file, {0: wanted}, read)
    assert which == {0}
    assert changed.startswith(before)
    assert changed.endswith(after)
    (condition,) = read(changed).conditions
    assert condition.text.replace("\r\n", "\n") == wanted.replace("\r\n", "\n")
