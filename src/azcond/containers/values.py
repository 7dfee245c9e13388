"""The values that expressions of a file have, as far as the file tells.

A text is known piece by piece, each with its place, so that a condition can be put together from
literals, variables and functions of texts, and be shown and changed where its parts stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeAlias

from azcond.containers.assembling import Assembly
from azcond.containers.model import EmbeddedCondition, Holder, Host, Quoting
from azcond.source import Span


class Piece(NamedTuple):
    """A run of a text. It stands at `place`, character by character if it is `verbatim`.

    A piece with an `expression` is not known: it is that expression as it is written, perhaps with
    a `default`.
    """

    text: str
    place: Span
    verbatim: bool = True
    quoting: Quoting | None = None
    expression: str | None = None
    is_list: bool = False
    default: str | None = None


class Text(NamedTuple):
    """A text, perhaps with pieces that are not known."""

    pieces: tuple[Piece, ...]

    @property
    def written(self) -> str:
        """The text, with what is not known as it is written."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def known(self) -> str | None:
        """The text, if every piece of it is known."""
        return None if any(p.expression is not None for p in self.pieces) else self.written


class Items(NamedTuple):
    """A list whose members are told."""

    values: tuple[Value, ...]


class Record(NamedTuple):
    """An object whose members are told, each read when it is asked for."""

    members: Mapping[str, Callable[[], Value]]


class Unknown(NamedTuple):
    """What the file does not tell: the expression as it is written, and its place.

    `is_list` says that it is a list, which has no place in a text. `origin` is the expression that
    the names in it lead to, if they do.
    """

    expression: str
    place: Span
    is_list: bool = False
    origin: str = ""


class Null(NamedTuple):
    """The explicit absence of a value."""


Value: TypeAlias = Text | Items | Record | Unknown | Null

MOST_CHARACTERS = 1 << 20
"""Longer texts are not put together: names that double each other could make them any length."""

MOST_PIECES = 50_000


def concatenated(runs: Iterable[Iterable[Piece] | None]) -> Text | None:
    """A text of runs of pieces; nothing if one of them is none, or the text is too long."""
    found: list[Piece] = []
    length = 0
    for run in runs:
        if run is None:
            return None
        before = len(found)
        found += run
        length += sum(len(piece.text) for piece in found[before:])
        if length > MOST_CHARACTERS or len(found) > MOST_PIECES:
            return None
    return Text(tuple(found))


def decoded(
    text: str,
    span: Span,
    escape: re.Pattern[str],
    meaning: Callable[[re.Match[str]], str],
    quoting: Quoting | None,
) -> Iterator[Piece]:
    """The pieces of a literal, or of a run of one, `span` in the text of the file.

    `escape` finds what does not stand for itself, and `meaning` says what it stands for. There is
    always a piece at the end, which may be empty.
    """
    at = span.start
    for match in escape.finditer(text, *span):
        start, end = match.span()
        if start > at:
            yield Piece(text[at:start], Span(at, start), quoting=quoting)
        yield Piece(meaning(match), Span(start, end), verbatim=False, quoting=quoting)
        at = end
    yield Piece(text[at : span.end], Span(at, span.end), quoting=quoting)


def pieces_of(value: Value) -> tuple[Piece, ...] | None:
    """The pieces of a text, or of a part of one that is not known; nothing of anything else."""
    if isinstance(value, Text):
        return value.pieces
    if isinstance(value, Unknown):
        return (hole(value.expression, value),)
    return None


def hole(written: str, unknown: Unknown, default: Value | None = None) -> Piece:
    """What is not known as a piece of a text, where it is written in some way. A default that is no
    text, or has no characters, is none.
    """
    expression, place, is_list, _ = unknown
    text = (isinstance(default, Text) and default.known) or None
    return Piece(written, place, False, None, expression, is_list, text)  # noqa: FBT003  # in order


def told(text: str, place: Span) -> Text:
    """A text that follows from what is written at a place, and cannot be changed there."""
    return Text((Piece(text, place, verbatim=False),))


def joined(values: Iterable[Value], separator: Text) -> Text | None:
    """Texts with a separator between them; nothing if one is not a text."""
    between = tuple(without_quoting(separator.pieces))
    runs = (run for value in values for run in (between, pieces_of(value)))
    return concatenated(islice(runs, 1, None))


def without_quoting(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces that cannot be changed where they stand, as others stand there too."""
    return (piece._replace(quoting=None) for piece in pieces)


def relocated(value: Value, place: Span) -> Value:
    """A value from another file, as it is known at the place that uses it."""
    match value:
        case Text(pieces):
            moved = (piece._replace(place=place, verbatim=False, quoting=None) for piece in pieces)
            return Text(tuple(moved))
        case Items(values):
            return Items(tuple(relocated(one, place) for one in values))
        case Record(members):
            return Record({name: _relocated_later(get, place) for name, get in members.items()})
        case Unknown():
            return value._replace(place=place)
        case Null():
            return value


def _relocated_later(get: Callable[[], Value], place: Span) -> Callable[[], Value]:
    return lambda: relocated(get(), place)


def shared(value: Value) -> Value:
    """A value that stands in its own place and is used in others too, so is not changed there."""
    match value:
        case Text(pieces):
            return Text(tuple(without_quoting(pieces)))
        case Items(values):
            return Items(tuple(shared(one) for one in values))
        case Record(members):
            return Record({name: _shared_later(get) for name, get in members.items()})
        case Unknown() | Null():
            return value


def _shared_later(get: Callable[[], Value]) -> Callable[[], Value]:
    return lambda: shared(get())


def cut(pieces: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    """The pieces of `[start, end)` of a text; one that is not verbatim keeps its whole place."""
    at = 0
    for piece in pieces:
        first, last = max(start - at, 0), min(end - at, len(piece.text))
        if first < last:
            place = piece.place
            if piece.verbatim:
                place = Span(place.start + first, place.start + last)
            yield piece._replace(text=piece.text[first:last], place=place)
        at += len(piece.text)
        if at >= end:
            return


def replaced(text: Text, old: str, new: Sequence[Piece]) -> Text | None:
    """A text in which a part is replaced wherever that is known to stand; nothing if it is too
    long.
    """
    return concatenated(
        _replaced_in(run, old, new) if is_known and old else run
        for is_known, run in _known_runs(text.pieces)
    )


def _known_runs(pieces: Iterable[Piece]) -> Iterator[tuple[bool, list[Piece]]]:
    run: list[Piece] = []
    for piece in pieces:
        if piece.expression is None:
            run.append(piece)
            continue
        yield True, run
        yield False, [piece._replace(default=None)]
        run = []
    yield True, run


def _replaced_in(run: list[Piece], old: str, new: Sequence[Piece]) -> Iterator[Piece]:
    whole = "".join(piece.text for piece in run)
    substitute = tuple(without_quoting(new))
    at = 0
    for match in re.finditer(re.escape(old), whole):
        yield from cut(run, at, match.start())
        yield from substitute
        at = match.end()
    yield from cut(run, at, len(whole))


def trimmed(text: Text, characters: str, *, start: bool = True, end: bool = True) -> Text:
    """A text without some characters at its ends; what is not known is no such character."""
    whole = "".join(
        piece.text if piece.expression is None else "x" * len(piece.text) for piece in text.pieces
    )
    kept = whole.lstrip(characters) if start else whole
    first = len(whole) - len(kept)
    last = first + len(kept.rstrip(characters) if end else kept)
    return Text(tuple(cut(text.pieces, first, last)))


def with_case(text: Text, change: Callable[[str], str]) -> Text:
    """A text in upper or lower case, which cannot be changed where it stands."""
    return Text(tuple(_changed(piece, change(piece.text)) for piece in text.pieces))


def of_one_text(change: Callable[[Text], Value]) -> Callable[[Sequence[Value]], Value | None]:
    """A function of a language that takes one text; nothing for anything else."""

    def call(values: Sequence[Value]) -> Value | None:
        match values:
            case [Text() as text]:
                return change(text)
            case _:
                return None

    return call


def _changed(piece: Piece, text: str) -> Piece:
    if piece.expression is not None or piece.text == text:
        return piece._replace(quoting=None, default=None)
    return piece._replace(text=text, verbatim=False, quoting=None)


def condition_of(text: Text, holder: Holder | None, host: Host) -> EmbeddedCondition:
    """A text that has characters as the condition of a holder."""
    assembly = Assembly()
    for piece in text.pieces:
        if not piece.text:
            continue
        if piece.expression is not None:
            is_list, default = piece.is_list, piece.default
            assembly.add_hole(
                piece.text, piece.place, piece.expression, is_list=is_list, default=default
            )
        elif piece.verbatim:
            assembly.add(piece.text, piece.place, piece.quoting)
        else:
            assembly.add_escape(piece.text, piece.place, piece.quoting)
    return assembly.condition(holder, host)
