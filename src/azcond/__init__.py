"""Parse, check, evaluate, explain, lint and format the conditions of Azure role assignments.

Names are loaded on first use, so that `import azcond` stays near the cost of a bare interpreter.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # `typing` has it too, at half the cost of a bare interpreter
if TYPE_CHECKING:
    from azcond.ast import Condition as Condition
    from azcond.checker import check as check
    from azcond.compiler import Program as Program
    from azcond.compiler import compile as compile
    from azcond.diagnostics import Diagnostic as Diagnostic
    from azcond.diagnostics import Severity as Severity
    from azcond.errors import AzcondError as AzcondError
    from azcond.errors import CatalogueError as CatalogueError
    from azcond.errors import ConditionSyntaxError as ConditionSyntaxError
    from azcond.errors import RequestError as RequestError
    from azcond.explanation import Explanation as Explanation
    from azcond.explanation import explain as explain
    from azcond.formatter import format as format
    from azcond.formatter import minify as minify
    from azcond.interpreter import evaluate as evaluate
    from azcond.linter import lint as lint
    from azcond.parser import parse as parse
    from azcond.request import Request as Request
    from azcond.source import Span as Span
    from azcond.truth import Truth as Truth

__version__ = "0.1.0"

_HOMES = {
    "AzcondError": "errors",
    "CatalogueError": "errors",
    "Condition": "ast",
    "ConditionSyntaxError": "errors",
    "Diagnostic": "diagnostics",
    "Explanation": "explanation",
    "Program": "compiler",
    "Request": "request",
    "RequestError": "errors",
    "Severity": "diagnostics",
    "Span": "source",
    "Truth": "truth",
    "check": "checker",
    "compile": "compiler",
    "evaluate": "interpreter",
    "explain": "explanation",
    "format": "formatter",
    "lint": "linter",
    "minify": "formatter",
    "parse": "parser",
}

__all__ = [*sorted(_HOMES), "__version__"]  # noqa: PLE0604  # the names are the keys above


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
