"""Text that is written inside another text of a file: an expression in a JSON string, a document
in a fence, a script in a value.

What is found in the inner text has places there. The outer text is known as `EmbeddedCondition`
knows one, by its parts in the file, and that moves every place and every edit on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from azcond._dataclasses import replace
from azcond.containers.model import (
    Comment,
    Contents,
    EmbeddedCondition,
    Fact,
    Holder,
    Hole,
    Part,
    Quoting,
    Unread,
)
from azcond.diagnostics import Edit
from azcond.source import Span


class Nesting:
    """Moves what stands in an outer text to the file that holds it.

    What is no code but shows some, as documentation does, makes no assignment.
    """

    def __init__(self, outer: EmbeddedCondition, *, is_code: bool = True) -> None:
        self._outer = outer
        self._is_code = is_code
        self._holders: dict[int, tuple[Holder, Holder]] = {}
        self._quotings: dict[tuple[int, int], tuple[Quoting, Quoting, Quoting]] = {}

    def contents(self, inner: Contents) -> Contents:
        """What an inner text holds, as the contents of the file."""
        place = self._outer.span_in_file
        return Contents(
            tuple(map(self._condition, inner.conditions)),
            tuple(
                Unread(one.message, self._outer.offset_in_file(one.offset)) for one in inner.unread
            ),
            inner.roles,
            tuple(map(self._holder, inner.assignments)),
            tuple(Comment(one.text, place(one.span), place(one.covers)) for one in inner.comments),
        )

    def parts(self, inner: Iterable[Part]) -> Iterator[Part]:
        """Parts of a text with places in the outer text, as parts with places in the file."""
        for part in inner:
            if part.verbatim and part.start < part.end:
                yield from self._cut(part)
                continue
            touched = next(self._outer_parts(part.place), None)
            quoting = self._quoting(part.quoting, touched)
            place = self._outer.span_in_file(part.place)
            yield Part(part.start, part.end, place, verbatim=False, quoting=quoting)

    def _cut(self, part: Part) -> Iterator[Part]:
        """A part, piece by piece as the parts of the outer text cut it."""
        for outer in self._outer_parts(part.place):
            start = max(outer.start, part.place.start)
            end = min(outer.end, part.place.end)
            if start < end:
                shift = part.start - part.place.start
                place = self._outer.span_in_file(Span(start, end))
                quoting = self._quoting(part.quoting, outer)
                yield Part(start + shift, end + shift, place, outer.verbatim, quoting)

    def _outer_parts(self, span: Span) -> Iterator[Part]:
        return self._outer.parts_of(span)

    def _quoting(self, inner: Quoting | None, outer: Part | None) -> Quoting | None:
        if inner is None or outer is None or outer.quoting is None:
            return None
        key = (id(inner), id(outer.quoting))
        if key not in self._quotings:
            has_lines = inner.has_lines and outer.quoting.has_lines
            encode = partial(_encode_twice, inner, outer.quoting)
            # The two are kept, so that no other gets the identity of one of them.
            self._quotings[key] = (Quoting(encode, has_lines), inner, outer.quoting)
        return self._quotings[key][0]

    def _condition(self, inner: EmbeddedCondition) -> EmbeddedCondition:
        return replace(
            inner,
            holder=None if inner.holder is None else self._holder(inner.holder),
            find_parts=lambda: tuple(self.parts(inner.parts)),
            holes=(*inner.holes, *self._holes(inner)) if self._outer.holes else inner.holes,
        )

    def _holes(self, inner: EmbeddedCondition) -> Iterator[Hole]:
        """The holes of the outer text that an inner one has in it."""
        for hole in self._outer.holes:
            for part in inner.parts:
                start = max(part.place.start, hole.span.start) - part.place.start + part.start
                end = min(part.place.end, hole.span.end) - part.place.start + part.start
                if part.verbatim and start < end:
                    yield hole._replace(span=Span(start, end))

    def _holder(self, inner: Holder) -> Holder:
        """The same for the same, as conditions and assignments share their holders."""
        if id(inner) not in self._holders:
            place, setting = partial(self._place, inner), partial(self._setting, inner)
            is_declared = inner.is_declared and self._is_code
            moved = replace(inner, is_declared=is_declared, place=place, setting=setting)
            self._holders[id(inner)] = (moved, inner)
        return self._holders[id(inner)][0]

    def _place(self, inner: Holder, fact: Fact | None) -> Span | None:
        span = inner.place(fact)
        return None if span is None else self._outer.span_in_file(span)

    def _setting(self, inner: Holder, fact: Fact, text: str) -> Edit | None:
        edit = inner.setting(fact, text)
        moved = () if edit is None else self._outer.edits_in_file((edit,))
        return moved[0] if moved else None


def _encode_twice(inner: Quoting, outer: Quoting, text: str) -> str | None:
    once = inner.encode(text)
    return None if once is None else outer.encode(once)
