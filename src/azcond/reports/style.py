"""Plain text made fit for a terminal: nothing invisible, colour where wanted, known widths."""

from __future__ import annotations

import os
from typing import TextIO
from unicodedata import combining, east_asian_width

from azcond._dataclasses import dataclass
from azcond.diagnostics import Severity

_TAB = 4
_DEFAULT_WIDTH = 100
_MIN_WIDTH = 40

_COLOURS = {
    Severity.ERROR: "1;31",
    Severity.SECURITY: "1;35",
    Severity.WARNING: "1;33",
    Severity.INFO: "1;36",
}
_STRONG, _FAINT = "1", "2"
_FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")


@dataclass(frozen=True, slots=True)
class Style:
    """Whether to colour, and how wide a line may be."""

    colour: bool = False
    width: int = _DEFAULT_WIDTH

    def severity(self, severity: Severity, text: str) -> str:
        """Text in the colour of a severity."""
        return self._paint(_COLOURS[severity], text)

    def strong(self, text: str) -> str:
        """Text that stands out."""
        return self._paint(_STRONG, text)

    def faint(self, text: str) -> str:
        """Text that stands back."""
        return self._paint(_FAINT, text)

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def style_of(stream: TextIO) -> Style:
    """The style for a stream: colour on a terminal whose TERM is not `dumb`.

    FORCE_COLOR or CLICOLOR_FORCE, unless 0, ask for colour anywhere; NO_COLOR forbids it.
    """
    return Style(_is_coloured(stream), max(_columns(stream), _MIN_WIDTH))


def _is_coloured(stream: TextIO) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in {"", "0"} for name in _FORCING):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _columns(stream: TextIO) -> int:
    """The width of the terminal; `COLUMNS` comes first, as everywhere."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal():
        return int(given)
    try:
        return os.get_terminal_size(stream.fileno()).columns or _DEFAULT_WIDTH
    except (OSError, ValueError):
        return _DEFAULT_WIDTH


def visible(text: str) -> str:
    """The text on one line, with every character that prints as nothing, or steers a terminal,
    written as its code point (`<U+00A0>`).
    """
    if text.isprintable():
        return text
    return "".join([_visible_character(character) for character in text])


def _visible_character(character: str) -> str:
    if character.isprintable():
        return character
    if character == "\t":
        return " " * _TAB
    if character == "\n":
        return "\\n"
    return f"<U+{ord(character):04X}>"


def width_of(text: str) -> int:
    """How many columns visible text takes."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
