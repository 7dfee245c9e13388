"""What the suite asks of an engine, and how a library is got hold of that may be absent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from benchmarks.scenarios import Case, Plain


class CannotExpressError(Exception):
    """An engine has no way to say what a condition says; the text tells what."""


@dataclass(frozen=True, slots=True)
class Decider:
    """A prepared condition. `ready` takes what `own` made of a plain request; truth means met.

    `batch` prepares many plain requests and gives a function that decides them all.
    """

    ready: Callable[[Any], object]
    own: Callable[[Plain], Any]
    plain: Callable[[Plain], object]
    batch: Callable[[Sequence[Plain]], Callable[[], Sequence[Any]]] | None = None


@dataclass(frozen=True, slots=True)
class Engine:
    """A peer: how it prepares a condition, and what it must do again in every call."""

    name: str
    redone: str
    prepare: Callable[[Case], Decider]
    library: str = ""
    distribution: str = ""
    imports: str = ""
    is_floor: bool = False
    decides: bool = True
    is_native: bool = False
    """Whether importing it is little more than loading one native module."""

    @property
    def import_statement(self) -> str:
        """What a program that uses the engine writes at its top."""
        return self.imports or (f"import {self.library}" if self.library else "")

    @property
    def version(self) -> str:
        """The version of what is installed."""
        if self.library == "azcond":
            return str(library("azcond").__version__)
        try:
            return version(self.distribution) if self.distribution else ""
        except PackageNotFoundError:
            return "?"

    def failure(self) -> str:
        """Why the library cannot be used here; nothing when it can."""
        try:
            if self.library:
                import_module(self.library)
        except ModuleNotFoundError as error:
            return f"not installed ({error.name})"
        except Exception as error:  # noqa: BLE001  # whatever a foreign module raises on import
            return f"does not import: {type(error).__name__}: {error}"
        return ""


def library(name: str) -> Any:
    """A module that may be absent, untyped: type checking needs none of the peers."""
    return import_module(name)
