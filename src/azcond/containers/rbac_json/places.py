"""Where the values of a JSON document stand in its text, worked out only when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from json import dumps

from azcond.containers.model import EmbeddedCondition, Host, Part, Quoting
from azcond.diagnostics import Edit
from azcond.jsontext import Path, locate_all, read_one, string_runs
from azcond.source import Span

Trail = tuple["Trail", str | int] | None
"""A path as a chain from the inside out: making one more costs the same at any depth."""


def path_of(trail: Trail) -> Path:
    """A trail as a path."""
    parts: list[str | int] = []
    while trail is not None:
        trail, part = trail
        parts.append(part)
    return tuple(reversed(parts))


def trail_of(path: Path) -> Trail:
    """A path as a trail."""
    trail: Trail = None
    for part in path:
        trail = (trail, part)
    return trail


class Places:
    """The places of the values of one document, which begins at `start` in `text`.

    The objects that are `wanted` are found together, in one pass over the text; what is in one of
    them is then found from there. What is `is_generated` is never changed.
    """

    def __init__(self, text: str, start: int, *, is_generated: bool = False) -> None:
        self.text = text
        self._is_generated = is_generated
        self._wanted: list[Trail] = []
        self._starts: dict[Path, int] = {(): start}

    def want(self, trail: Trail) -> None:
        """Say that the place of an object may be asked for."""
        self._wanted.append(trail)

    def start(self, path: Path) -> int | None:
        """The offset at which the value of a path begins, if there is one."""
        if self._wanted:
            paths = [path_of(trail) for trail in self._wanted]
            self._wanted.clear()
            self._starts |= locate_all(self.text, paths, self._starts[()])
        if path not in self._starts:
            base = next(path[:n] for n in range(len(path), -1, -1) if path[:n] in self._starts)
            inner = path[len(base) :]
            found = locate_all(self.text, [inner], self._starts[base])
            if inner not in found:
                return None
            self._starts[path] = found[inner]
        return self._starts[path]

    def span(self, path: Path) -> Span | None:
        """Where the value of a path stands."""
        start = self.start(path)
        return None if start is None else read_one(self.text, start).span

    def string(self, path: Path, value: str) -> EmbeddedCondition:
        """A string of the document, which is known to be there, with the places of its parts."""
        return EmbeddedCondition(value, None, Host.JSON, lambda: self._parts(path))

    def _parts(self, path: Path) -> Sequence[Part]:
        quoting = None if self._is_generated else Quoting(encode, has_lines=False)
        start = self.start(path)
        assert start is not None
        return [
            Part(run.start, run.end, run.place, not run.is_escape, quoting)
            for run in string_runs(self.text, start)
        ]

    def replacing(self, path: Path, text: str) -> Edit | None:
        """The edit that puts a string in the place of a value."""
        span = None if self._is_generated else self.span(path)
        return None if span is None else Edit(span, f'"{encode(text)}"')

    def inserting(self, parent: Path, before: Iterable[str], name: str, text: str) -> Edit | None:
        """The edit that gives an object one more member, before the first of these that it has."""
        for sibling in () if self._is_generated else before:
            value = self.start((*parent, sibling))
            if value is None:
                continue
            at = _name_start(self.text, value)
            lead = _line_break_before(self.text, at) or " "
            return Edit(Span(at, at), f'"{encode(name)}": "{encode(text)}",{lead}')
        return None


def encode(text: str) -> str:
    """How a text is written inside a JSON string."""
    return dumps(text, ensure_ascii=False)[1:-1]


def _name_start(text: str, value: int) -> int:
    """Where the name of the member begins whose value is at an offset."""
    end = text.rindex('"', 0, text.rindex(":", 0, value))
    start = text.rindex('"', 0, end)
    while (start - _back(text, start, "\\")) % 2:  # an escaped quote
        start = text.rindex('"', 0, start)
    return start


def _line_break_before(text: str, offset: int) -> str:
    """The line break and the indentation just before an offset, if there are any."""
    start = _back(text, _back(text, offset, " \t"), "\r\n")
    lead = text[start:offset].lstrip(" \t")
    return lead[lead.rfind("\n") - lead.count("\r\n", 0, 2) :] if "\n" in lead else ""


def _back(text: str, offset: int, characters: str) -> int:
    """The first of the run of such characters that ends at an offset."""
    while offset and text[offset - 1] in characters:
        offset -= 1
    return offset
