"""Reading and writing the files that hold conditions."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress

from azcond.errors import AzcondError
from azcond.source import Source

STDIN = "-"


class InputError(AzcondError):
    """An input that cannot be used: its name, perhaps line and column, and why."""

    def __init__(
        self, name: str, message: str, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(name, message, line, column)
        self.name = name
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = "" if self.line is None else f"{self.line}:{self.column}:"
        return f"{shown_name(self.name)}:{place} {self.message}"

    @classmethod
    def at(cls, name: str, file: Source, offset: int, message: str) -> InputError:
        """The error at an offset of a text that was read."""
        return cls(name, message, *file.line_column(offset))


def shown_name(name: str) -> str:
    """How a file is called in messages: relative to the working directory when it is inside."""
    if name == STDIN:
        return "<stdin>"
    if os.path.isabs(name):
        here = os.path.join(os.getcwd(), "")
        return name.removeprefix(here) or name
    return name.removeprefix(os.path.join(os.curdir, "")) or name


MOST_BYTES = 64 << 20
"""How large a file may be in which conditions are looked for."""


def read_text(name: str, most: int = -1) -> str:
    """The text of a file (`-` is standard input): UTF-8, with or without a byte order mark.

    Line breaks stay as they are; `most` is how many bytes it may have, any number unless given.
    Raises `InputError`.
    """
    wanted = most if most < 0 else most + 1
    try:
        if name == STDIN:
            data = sys.stdin.buffer.read(wanted)
        else:
            with open(name, "rb") as file:
                if 0 <= most < os.fstat(file.fileno()).st_size:
                    raise _too_large(name, most)
                data = file.read(wanted)
    except (OSError, ValueError, AttributeError) as error:  # also a closed or missing stdin
        raise InputError(name, reason_of(error)) from None
    if 0 <= most < len(data):
        raise _too_large(name, most)
    data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(name, data, error) from None
    if (binary := text.find("\0")) >= 0:
        raise InputError.at(name, Source(text), binary, "not text: it holds a NUL character")
    return text


def _too_large(name: str, most: int) -> InputError:
    return InputError(name, f"too large: files of up to {most >> 20} MiB are read")


def reason_of(error: Exception) -> str:
    """What messages say about an error of the system."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[:1].lower() + error.strerror[1:]
    return "cannot be read" if isinstance(error, AttributeError) else str(error)


def _not_utf8(name: str, data: bytes, error: UnicodeDecodeError) -> InputError:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return InputError(name, "not UTF-8 but UTF-16: save the file as UTF-8")
    before = data[: error.start].decode("utf-8")
    message = f"not UTF-8: byte 0x{data[error.start]:02x}"
    return InputError.at(name, Source(before), len(before), message)


def write_text(name: str, text: str) -> None:
    """Write a file as a whole, in UTF-8: at every moment it has its old or its new content.

    The file's mode is kept, and its byte order mark if it has one, and a link to it stays a link.
    Raises `InputError`.
    """
    target = os.path.realpath(name)
    draft = f"{target}.{os.getpid()}.tmp"
    try:
        exists = os.path.exists(target)
        if exists and not os.access(target, os.W_OK):
            raise PermissionError(0, "permission denied")
        mark = BOM_UTF8 if exists and _has_mark(target) else b""
        with open(draft, "xb") as file:
            file.write(mark + text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        if exists:
            os.chmod(draft, os.stat(target).st_mode)
        os.replace(draft, target)
    except OSError as error:
        raise InputError(name, f"cannot be written: {reason_of(error)}") from None
    finally:
        with suppress(FileNotFoundError):
            os.unlink(draft)


def _has_mark(name: str) -> bool:
    with open(name, "rb") as file:
        return file.read(len(BOM_UTF8)) == BOM_UTF8


def _is_below(folder: str, path: str) -> bool:
    """Whether a path leads to a file below a folder, and no link out of that."""
    target = os.path.realpath(os.path.join(folder, path))
    around = os.path.join(os.path.realpath(folder), "")
    return "/" in path and target.startswith(around) and os.path.isfile(target)


class Siblings:
    """Gives the files beside a file. The texts of the last folder are kept: its next file asks for
    almost the same ones.
    """

    def __init__(self) -> None:
        self._folder = ""
        self._texts: dict[str, str] = {}

    def beside(self, name: str, suffix: str) -> dict[str, str]:
        """By name, the texts of the other files in a file's folder whose names end in a suffix; a
        suffix with slashes is the path of the one file below the folder that is meant.

        What cannot be read is left out; whoever asks for it by name is told.
        """
        folder = os.path.dirname(name) or os.curdir
        if name == STDIN or not os.path.isdir(folder):
            return {}
        if folder != self._folder:
            self._folder, self._texts = folder, {}
        found = {}
        entries = [suffix] if _is_below(folder, suffix) else sorted(os.listdir(folder))
        for entry in entries:
            if entry.endswith(suffix) and entry != os.path.basename(name):
                if entry not in self._texts:
                    with suppress(InputError):
                        self._texts[entry] = read_text(os.path.join(folder, entry), MOST_BYTES)
                found.update({entry: self._texts[entry]} if entry in self._texts else {})
        return found
