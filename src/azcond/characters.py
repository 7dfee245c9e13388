"""What characters are called that nobody can see, or that look like others."""

from __future__ import annotations


def character_name(character: str) -> str:
    """The code point and the Unicode name of a character, such as `U+00A0 NO-BREAK SPACE`."""
    import unicodedata  # noqa: PLC0415  # seldom needed, and not free to load

    point = ord(character)
    default = "lone surrogate" if 0xD800 <= point <= 0xDFFF else "unnamed character"  # noqa: PLR2004  # their range
    name = _CONTROLS.get(character) or unicodedata.name(character, default)
    return f"U+{point:04X} {name}"


def character_of(digits: str) -> str | None:
    """The character of a code point in hexadecimal digits; nothing where there is none."""
    point = int(digits, 16)
    is_one = point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF  # noqa: PLR2004  # what are characters
    return chr(point) if is_one else None


_CONTROLS = {
    "\0": "NULL",
    "\t": "TAB",
    "\n": "LINE FEED",
    "\x0b": "LINE TABULATION",
    "\x0c": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
    "\ufeff": "ZERO WIDTH NO-BREAK SPACE (byte order mark)",
}
