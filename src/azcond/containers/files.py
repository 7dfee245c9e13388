"""Reading and writing files, and finding those of a folder that may hold conditions."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
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
    return name


def read_text(name: str) -> str:
    """The text of a file (`-` is standard input): UTF-8, with or without a byte order mark.

    Line breaks stay as they are. Raises `InputError`.
    """
    try:
        if name == STDIN:
            data = sys.stdin.buffer.read()
        else:
            with open(name, "rb") as file:
                data = file.read()
    except (OSError, ValueError, AttributeError) as error:  # also a closed or missing stdin
        raise InputError(name, _reason(error)) from None
    data = data.removeprefix(BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(name, data, error) from None


def _reason(error: Exception) -> str:
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

    The file's mode is kept, and a link to it stays a link. Raises `InputError`.
    """
    target = os.path.realpath(name)
    draft = f"{target}.{os.getpid()}.tmp"
    try:
        exists = os.path.exists(target)
        if exists and not os.access(target, os.W_OK):
            raise PermissionError(0, "permission denied")
        with open(draft, "xb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        if exists:
            os.chmod(draft, os.stat(target).st_mode)
        os.replace(draft, target)
    except OSError as error:
        raise InputError(name, f"cannot be written: {_reason(error)}") from None
    finally:
        with suppress(FileNotFoundError):
            os.unlink(draft)


def find_files(names: Iterable[str], suffixes: tuple[str, ...]) -> Iterator[str | InputError]:
    """The files to read, each once: those named, and in folders those with one of the suffixes.

    Folders are walked in a stable order, without hidden ones. A folder that cannot be listed is
    given as an `InputError` in its place.
    """
    seen: set[str] = set()
    for name in names:
        found = _walk(name, suffixes) if name != STDIN and os.path.isdir(name) else (name,)
        for file in found:
            if isinstance(file, InputError):
                yield file
            elif (key := os.path.normpath(file)) not in seen:
                seen.add(key)
                yield file


def _walk(top: str, suffixes: tuple[str, ...]) -> Iterator[str | InputError]:
    failures: list[OSError] = []
    for folder, folders, files in os.walk(top, onerror=failures.append):
        yield from _unlisted(failures)
        folders[:] = sorted(inner for inner in folders if not inner.startswith("."))
        for file in sorted(files):
            if file.lower().endswith(suffixes):
                path = os.path.join(folder, file)
                yield InputError(path, "not a file") if _is_special(path) else path
    yield from _unlisted(failures)


def _unlisted(failures: list[OSError]) -> Iterator[InputError]:
    while failures:
        failure = failures.pop(0)
        yield InputError(str(failure.filename), _reason(failure))


def _is_special(path: str) -> bool:
    """A pipe, socket or device; a link that leads nowhere is not, and fails to be read."""
    return os.path.exists(path) and not os.path.isfile(path)
