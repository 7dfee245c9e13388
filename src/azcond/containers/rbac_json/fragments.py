"""Pieces of a text that is made inside of JSON: as a string says it, or as an expression in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from azcond.containers.model import EmbeddedCondition, Hole, Part, Quoting
from azcond.containers.nesting import Nesting
from azcond.jsontext import Path
from azcond.source import Span


class Fragment(NamedTuple):
    """A piece of a text, and where the string at `home`, once decoded, has it.

    As in `Part`, one that is not `verbatim` is all of what stands there, and one without `quoting`
    cannot be changed there. `expression` is given where the piece is not known: it is a hole.
    """

    text: str
    home: Path
    span: Span
    verbatim: bool = True
    quoting: Quoting | None = None
    expression: str | None = None


Fragments = tuple[Fragment, ...]

PLAIN = Quoting(str, has_lines=True)
"""How a string is written that holds its text as it is."""


def literal(text: str, home: Path) -> Fragments:
    """A string that holds its text as it is."""
    return (Fragment(text, home, Span(0, len(text)), quoting=PLAIN),)


def joined(fragments: Iterable[Fragment]) -> str:
    """The text of fragments."""
    return "".join([fragment.text for fragment in fragments])


def known_text(fragments: Sequence[Fragment]) -> str | None:
    """The text of fragments, if all of it is known."""
    return None if any(one.expression is not None for one in fragments) else joined(fragments)


def holes_of(fragments: Iterable[Fragment]) -> tuple[Hole, ...]:
    """The holes in the text of fragments."""
    holes, at = [], 0
    for fragment in fragments:
        end = at + len(fragment.text)
        if fragment.expression is not None:
            holes.append(Hole(Span(at, end), fragment.expression))
        at = end
    return tuple(holes)


def parts_of(
    fragments: Iterable[Fragment], string: Callable[[Path], EmbeddedCondition]
) -> Iterator[Part]:
    """Where the file has fragments, given its strings."""
    nestings: dict[Path, Nesting] = {}
    at = 0
    for fragment in fragments:
        end = at + len(fragment.text)
        if fragment.home not in nestings:
            nestings[fragment.home] = Nesting(string(fragment.home))
        part = Part(at, end, fragment.span, fragment.verbatim, fragment.quoting)
        yield from nestings[fragment.home].parts([part])
        at = end
