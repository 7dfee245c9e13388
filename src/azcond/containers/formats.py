"""Formats, which texts are put into: `{0}` as .NET has it, and `%s` as Go has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from azcond.containers.model import Quoting
from azcond.containers.values import Piece, Text, Value, concatenated, cut, pieces_of

ITEM = re.compile(r"\{\{|\}\}|\{(?P<index>\d{1,4})\}|[{}]")
"""A doubled brace, an item that just inserts, or a brace of anything else (.NET, "Composite
formatting"). Bicep, ARM templates and PowerShell have it.
"""

_VERB = re.compile(r"%(?:%|\[(?P<index>\d+)\])?(?P<verb>[sv])?")

_Meaning: TypeAlias = Callable[[re.Match[str]], str | int | None]
"""What stands for itself, the number of an argument, or nothing for what is not understood."""


def with_items(form: Text, arguments: Sequence[Value]) -> Text | None:
    """A text with `{0}` and the like; nothing where it is not known or asks for more than that."""

    def meaning(match: re.Match[str]) -> str | int | None:
        if match["index"] is not None:
            return int(match["index"])
        return match[0][0] if len(match[0]) > 1 else None

    return _filled(form, arguments, ITEM, meaning, "{}")


def with_verbs(form: Text, arguments: Sequence[Value]) -> Text | None:
    """A text with `%s`, `%v` and `%[1]s`; nothing where it is not known or asks for more."""
    taken = 0

    def meaning(match: re.Match[str]) -> str | int | None:
        nonlocal taken
        if match[0] == "%%":
            return "%"
        taken = int(match["index"]) if match["index"] else taken + 1
        return taken - 1 if match["verb"] is not None else None

    return _filled(form, arguments, _VERB, meaning, "%")


def doubling(quoting: Quoting, characters: str) -> Quoting:
    """How to write in a literal that is a format, in which some characters are written twice."""
    doubled = {ord(character): character * 2 for character in characters}
    return Quoting(lambda text: quoting.encode(text.translate(doubled)), quoting.has_lines)


def _filled(
    form: Text, arguments: Sequence[Value], item: re.Pattern[str], meaning: _Meaning, doubled: str
) -> Text | None:
    written = form.known
    if written is None:
        return None
    pieces = tuple(_in_format(form.pieces, doubled))

    def runs() -> Iterator[Sequence[Piece] | None]:
        at = 0
        for match in item.finditer(written):
            yield tuple(cut(pieces, at, match.start()))
            at = match.end()
            meant = meaning(match)
            if isinstance(meant, str):
                spelled = tuple(cut(pieces, match.start(), at))
                place = spelled[0].place._replace(end=spelled[-1].place.end)
                yield (spelled[0]._replace(text=meant, place=place, verbatim=False),)
            elif meant is not None and 0 <= meant < len(arguments):
                yield pieces_of(arguments[meant])
            else:
                yield None
        yield tuple(cut(pieces, at, len(written)))

    return concatenated(runs())


def _in_format(pieces: Sequence[Piece], doubled: str) -> Iterator[Piece]:
    """The pieces of a format; those of one literal still have one way to be written."""
    quotings: dict[int, Quoting] = {}
    for piece in pieces:
        own = piece.quoting
        if own is None:
            yield piece
        else:
            yield piece._replace(quoting=quotings.setdefault(id(own), doubling(own, doubled)))
