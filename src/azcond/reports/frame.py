"""The code frame: the line of the file, cut to the width there is, with carets under the place."""

from __future__ import annotations

from azcond.reports.finding import Finding
from azcond.reports.style import Style, visible, width_of
from azcond.source import Span

_CUT = "…"
_LEAD = 24
"""How many characters are kept before the place when a line is cut."""


def code_frame(finding: Finding, style: Style) -> list[str]:
    """The line before, when it belongs to the condition too, then the line, then the carets."""
    file, span = finding.file, finding.span
    number, _ = file.line_column(span.start)
    line = file.line_span(number)
    gutter = len(str(number))
    room = style.width - gutter - 3
    window = _window(file.text, line, span.start, room)
    rows = [("", "")]
    begins = number if finding.condition is None else file.line_column(finding.condition.start)[0]
    if window.start == line.start and number > begins:
        before = file.line_span(number - 1)
        rows.append((str(number - 1), _cut(file.text, before, _window(file.text, before, 0, room))))
    rows.append((str(number), _cut(file.text, line, window)))
    indent = (window.start > line.start) + _width(file.text, window.start, span.start)
    carets = max(1, _width(file.text, span.start, min(span.end, window.end)))
    rows.append(("", " " * indent + style.severity(finding.diagnostic.severity, "^" * carets)))
    return [
        style.faint(f"{label:>{gutter}} |") + (f" {text}" if text else "") for label, text in rows
    ]


def _window(text: str, line: Span, place: int, room: int) -> Span:
    """The part of a line to show: all of it if it fits, otherwise the surroundings of a place.

    Looks only at what it returns, so that many findings in one long line stay cheap.
    """
    if line.end - line.start <= room and _width(text, *line) <= room:
        return line
    size = room - 2 * len(_CUT)
    start = max(line.start, min(place - _LEAD, line.end - size))
    end = min(line.end, start + size)
    while _width(text, start, end) > size and _width(text, start, place) > _LEAD:
        start += 1
    while _width(text, start, end) > size and end > place + 1:
        end -= 1
    return Span(start, end)


def _cut(text: str, line: Span, window: Span) -> str:
    before = _CUT if window.start > line.start else ""
    after = _CUT if window.end < line.end else ""
    return before + visible(text[window.start : window.end]).rstrip() + after


def _width(text: str, start: int, end: int) -> int:
    return width_of(visible(text[start:end]))
