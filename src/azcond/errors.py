"""What azcond raises. Nothing else leaves the library for bad input."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azcond.diagnostics import Diagnostic


class AzcondError(Exception):
    """The base of every error that azcond raises about what it was given."""


class ConditionSyntaxError(AzcondError):
    """A text that is not a condition. `diagnostics` lists every error found, in text order."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        first = self.diagnostics[0]
        more = len(self.diagnostics) - 1
        tail = f" (and {more} more)" if more else ""
        return f"{first.line}:{first.column}: {first.code} {first.message}{tail}"


class RequestError(AzcondError):
    """A request that cannot be taken: an unsupported value, or two ids that differ only in case.

    `path` leads to the place in the request, as JSON keys and indexes; empty for the whole of it.
    """

    def __init__(self, message: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message, path)
        self.path = path

    def __str__(self) -> str:
        return str(self.args[0])


class CatalogueError(AzcondError):
    """Catalogue data that does not have the documented shape."""


class FormatError(AzcondError):
    """A fault of the formatter: its text does not parse to the same tree, so it is withheld."""


class AccessDataError(AzcondError):
    """Roles, assignments or a query that cannot be taken at all."""
