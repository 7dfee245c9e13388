"""What a container gives: conditions with their places, and the facts that stand around them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import islice, takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from azcond._dataclasses import dataclass, field
from azcond.diagnostics import Diagnostic, Edit
from azcond.source import Span

if TYPE_CHECKING:
    from azcond.access.models import RoleDefinition


class Host(StrEnum):
    """The languages that conditions are found in."""

    CONDITION = "condition"
    JSON = "JSON"
    TERRAFORM = "Terraform"
    BICEP = "Bicep"
    MARKDOWN = "Markdown"
    POWERSHELL = "PowerShell"
    SHELL = "shell"
    YAML = "YAML"


class UnreadableError(Exception):
    """A file that cannot be read at all, and why."""


class Quoting(NamedTuple):
    """How text is written inside one literal of a file.

    `encode` gives the characters for a text, and nothing where the literal cannot hold it. With
    `has_lines` a line break of the text is one of the file too. Each literal has its own `Quoting`,
    so two parts with the same one stand in the same literal.
    """

    encode: Callable[[str], str | None]
    has_lines: bool


class Part(NamedTuple):
    """A run of a condition's text, `[start, end)`, and where the file has it.

    A part that is `verbatim` stands there character by character; otherwise all of `place` stands
    for all of the run, as an escape does. Without `quoting` it cannot be changed there: it is made
    from something else, as the value of a variable is.
    """

    start: int
    end: int
    place: Span
    verbatim: bool
    quoting: Quoting | None


class Hole(NamedTuple):
    """A part of a condition that the file does not tell: where it stands in the condition's text,
    spelled as in the file, and the expression behind it (`var.role_ids`).

    `is_list` says that it is known to be a list, which a text shows with brackets and quotes, if at
    all. `default` is the text that stands there where nobody gives other values, if that is told.
    """

    span: Span
    expression: str
    is_list: bool = False
    default: str | None = None


class Fact(StrEnum):
    """What files say beside a condition."""

    ROLE = "role"
    VERSION = "condition version"
    PRINCIPAL = "principal"
    PRINCIPAL_TYPE = "principal type"
    SCOPE = "scope"
    DESCRIPTION = "description"


class Field(NamedTuple):
    """A fact: its value where the file tells it, else `None`, and the value as written there."""

    value: object
    written: str


@dataclass(frozen=True, slots=True)
class Holder:
    """What a condition belongs to.

    `kind` is `role`, `assignment` or `object` (a shape that is neither). `identifiers` are the
    names and GUIDs that a person may call it by. A role with several permission entries may have
    a condition in each: `entry` is the 1-based number of this one, out of `entries`.
    `definition` is the role itself where it can be read. `is_pim` says that Privileged Identity
    Management handles the assignment, `is_declared` that the file is code which makes it and no
    list of what there is, `is_resource` that Azure gets or gave it as it is written, and no module
    or script stands between that may add to it, and `has_condition` that something stands where its
    condition would, also what cannot be read.

    `place` gives where the file has the value of a fact, with its quotes, or, asked for nothing,
    the words by which the file introduces the holder; `setting` gives the edit of the file that
    sets a fact to a text, whether it is there or not. Both give nothing where that is not known,
    and compute nothing before they are called.
    """

    kind: str
    name: str
    identifiers: frozenset[str] = frozenset()
    entry: int = 1
    entries: int = 1
    definition: RoleDefinition | None = None
    facts: Mapping[Fact, Field] = field(default_factory=lambda: MappingProxyType({}))
    is_pim: bool = False
    is_declared: bool = False
    is_resource: bool = False
    has_condition: bool = False
    place: Callable[[Fact | None], Span | None] = lambda _: None
    setting: Callable[[Fact, str], Edit | None] = lambda _, __: None

    @property
    def title(self) -> str:
        """The name, with the permission entry where there are several."""
        if self.entries == 1:
            return self.name
        return f"{self.name}, permission entry {self.entry} of {self.entries}"

    def value(self, fact: Fact) -> object:
        """The value of a fact, `None` where it is not given or not known."""
        found = self.facts.get(fact)
        return None if found is None else found.value

    def text(self, fact: Fact) -> str:
        """The value of a fact where that is a text; otherwise it is empty."""
        value = self.value(fact)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True)
class EmbeddedCondition:
    """The text of a condition, without the escapes of its file, and its place there.

    `find_parts` gives where the file has the text, from its start to its end and without a gap;
    it is called only when a place is asked for. The text has its `holes` spelled as in the file.
    `earlier` is the text that is to be replaced by this one, where a plan of changes tells.
    """

    text: str
    holder: Holder | None
    host: Host
    find_parts: Callable[[], Sequence[Part]]
    holes: tuple[Hole, ...] = ()
    earlier: str | None = None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Where the file has the text; at least one part, which is empty for an empty text."""
        return tuple(self.find_parts())

    @cached_property
    def _starts(self) -> list[int]:
        return [part.start for part in self.parts]

    @cached_property
    def extent(self) -> Span:
        """Where the file has the whole text."""
        return self.span_in_file(Span(0, len(self.text)))

    def _parts_from(self, offset: int) -> Iterator[Part]:
        """The parts from the one with that character on; the last one for the end of the text."""
        return islice(self.parts, max(0, bisect_right(self._starts, offset) - 1), None)

    def offset_in_file(self, offset: int) -> int:
        """Where a character of the condition stands in the text of the file."""
        part = next(self._parts_from(offset))
        return _place(part, offset, at_end=offset >= part.end)

    def span_in_file(self, span: Span) -> Span:
        """Where a span of the condition stands in the text of the file.

        One that takes in text from several places is cut off where the file goes back.
        """
        start = self.offset_in_file(span.start)
        if span.start == span.end:
            return Span(start, start)
        end = reached = -1
        for part in self._parts_from(span.start):
            if part.start >= span.end:
                break
            if part.place.start >= reached:
                reached = part.place.end
                end = _place(part, min(span.end, part.end), at_end=True)
        return Span(start, end)

    def parts_of(self, span: Span) -> Iterator[Part]:
        """The parts that a span of the condition touches."""
        for part in self._parts_from(span.start):
            if part.start > span.end:
                break
            yield part

    def edits_in_file(self, edits: Iterable[Edit]) -> tuple[Edit, ...]:
        """Edits of the condition as edits of the file; none if one of them cannot be made there."""
        found = []
        for edit in edits:
            moved = self._edit_in_file(edit)
            if moved is None:
                return ()
            found.append(moved)
        return tuple(found)

    @cached_property
    def _home(self) -> Quoting | None:
        """The literal that most parts stand in, which most likely is the one of the condition."""
        counts = Counter(id(part.quoting) for part in self.parts if part.quoting is not None)
        homes = {id(part.quoting): part.quoting for part in self.parts}
        return homes[counts.most_common(1)[0][0]] if counts else None

    def _edit_in_file(self, edit: Edit) -> Edit | None:
        start, end = edit.span
        parts = list(takewhile(lambda part: part.start <= end, self._parts_from(max(0, start - 1))))
        touched = [part for part in parts if part.start < end and start < part.end]
        if not touched:
            touched = self._insertable(parts, start)
        if not touched or not _is_whole(touched[0], start) or not _is_whole(touched[-1], end):
            return None
        quoting = touched[0].quoting
        if quoting is None or any(part.quoting is not quoting for part in touched):
            return None
        replacement = quoting.encode(edit.replacement)
        if replacement is None:
            return None
        first = _place(touched[0], start, at_end=start > touched[0].start and start == end)
        last = first if start == end else _place(touched[-1], end, at_end=True)
        return Edit(Span(first, last), replacement)

    def _insertable(self, parts: Iterable[Part], offset: int) -> list[Part]:
        """The part to insert at an offset into: rather the condition's own literal than others, and
        rather the part that begins there, whose line has its indentation, than the one that ends.
        """
        able = [
            part
            for part in parts
            if part.start <= offset <= part.end and part.quoting is not None
            if part.verbatim or offset in {part.start, part.end}
        ]
        able.sort(key=lambda part: (part.quoting is not self._home, -part.start))
        return able[:1]

    def filled(self, fillings: Sequence[str]) -> EmbeddedCondition:
        """The condition with a text in place of each hole, which stands where the hole does."""
        pieces: list[str] = []
        parts: list[Part] = []
        at = length = 0
        for hole, filling in zip(self.holes, fillings, strict=True):
            pieces += (self.text[at : hole.span.start], filling)
            parts += _moved(self.parts, Span(at, hole.span.start), length)
            length += hole.span.start - at
            place = self.span_in_file(hole.span)
            parts.append(Part(length, length + len(filling), place, verbatim=False, quoting=None))
            length, at = length + len(filling), hole.span.end
        pieces.append(self.text[at:])
        parts += _moved(self.parts, Span(at, len(self.text)), length)
        return EmbeddedCondition("".join(pieces), self.holder, self.host, lambda: parts)


def _place(part: Part, offset: int, *, at_end: bool) -> int:
    """Where an offset of a part stands; inside of what is not verbatim that is one of its ends."""
    if part.verbatim:
        return part.place.start + offset - part.start
    return part.place.end if at_end and offset > part.start else part.place.start


def _is_whole(part: Part, offset: int) -> bool:
    """Whether a part can be cut at an offset."""
    return part.verbatim or not part.start < offset < part.end


def _moved(parts: Iterable[Part], span: Span, to: int) -> list[Part]:
    """The parts of a span of the text, which is moved to an offset."""
    found = []
    for part in parts:
        start, end = max(part.start, span.start), min(part.end, span.end)
        if start < end or (span.start == span.end == part.start == part.end):
            place = part.place
            if part.verbatim:
                place = Span(place.start + start - part.start, place.start + end - part.start)
            shift = to - span.start
            found.append(part._replace(start=start + shift, end=end + shift, place=place))
    return found


class Located(NamedTuple):
    """A finding, and the condition that it is about.

    Its span, and those of its fix, are in the text of that condition; where there is none, they are
    in the text of the file, and `about` may say what it is about: kind and title of a holder. For
    one that `blocks`, the condition cannot be read: nobody knows what else there is to find.
    """

    diagnostic: Diagnostic
    condition: EmbeddedCondition | None
    blocks: bool = False
    about: tuple[str, str] | None = None

    @property
    def holder(self) -> tuple[str, str] | None:
        """Kind and title of what it is about, or its condition belongs to."""
        if self.condition is None or self.condition.holder is None:
            return self.about
        return self.condition.holder.kind, self.condition.holder.title

    @property
    def place(self) -> Span:
        """Where it stands in the file."""
        span = self.diagnostic.span
        return span if self.condition is None else self.condition.span_in_file(span)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a file: what it says, without its marks, and its place with them.

    `covers` is what it stands at: the line it ends, or the construct that follows when it stands
    on lines of its own.
    """

    text: str
    span: Span
    covers: Span


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that should hold conditions and cannot be read, and the offset where."""

    message: str
    offset: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds, in text order.

    `roles` are the role definitions that can be read and `assignments` the role assignments, those
    without a condition too. `comments` are those that speak to azcond.
    """

    conditions: tuple[EmbeddedCondition, ...] = ()
    unread: tuple[Unread, ...] = ()
    roles: tuple[RoleDefinition, ...] = ()
    assignments: tuple[Holder, ...] = ()
    comments: tuple[Comment, ...] = ()
