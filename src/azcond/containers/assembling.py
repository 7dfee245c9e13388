"""Putting a condition's text together from what stands in a file, with the place of every part."""

from __future__ import annotations

from azcond.containers.model import EmbeddedCondition, Holder, Hole, Host, Part, Quoting
from azcond.source import Span


class Assembly:
    """A text on its way: literal runs, escapes, holes and what comes from elsewhere, in order."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._parts: list[Part] = []
        self._holes: list[Hole] = []
        self._length = 0

    def add(self, text: str, place: Span, quoting: Quoting | None) -> None:
        """A run that stands in the file character by character."""
        self._add(text, place, verbatim=True, quoting=quoting)

    def add_escape(self, text: str, place: Span, quoting: Quoting | None) -> None:
        """A run that all of `place` stands for: an escape, or a value with no place of its own,
        which stands where it is used and has no `quoting`.
        """
        self._add(text, place, verbatim=False, quoting=quoting)

    def add_hole(
        self,
        written: str,
        place: Span,
        expression: str,
        *,
        is_list: bool = False,
        default: str | None = None,
    ) -> None:
        """What the file does not tell, as it is written there."""
        span = Span(self._length, self._length + len(written))
        self._holes.append(Hole(span, expression, is_list, default))
        self._add(written, place, verbatim=len(written) == place.end - place.start, quoting=None)

    def _add(self, text: str, place: Span, *, verbatim: bool, quoting: Quoting | None) -> None:
        end = self._length + len(text)
        self._parts.append(Part(self._length, end, place, verbatim, quoting))
        self._pieces.append(text)
        self._length = end

    def condition(self, holder: Holder | None, host: Host) -> EmbeddedCondition:
        """The condition; something has to be added first, if only a run without characters."""
        parts = tuple(self._parts)
        text, holes = "".join(self._pieces), tuple(self._holes)
        return EmbeddedCondition(text, holder, host, lambda: parts, holes)
