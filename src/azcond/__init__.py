"""Parse, check, evaluate, explain, lint and format the conditions of Azure role assignments.

Names are loaded on first use, so that `import azcond` stays near the cost of a bare interpreter.
"""

from __future__ import annotations

from azcond._lazy import load_on_use

TYPE_CHECKING = False  # see `azcond._lazy`
if TYPE_CHECKING:
    from azcond.access.decision import Decision as Decision
    from azcond.access.model import AccessModel as AccessModel
    from azcond.access.models import DenyAssignment as DenyAssignment
    from azcond.access.models import Permission as Permission
    from azcond.access.models import RoleAssignment as RoleAssignment
    from azcond.access.models import RoleDefinition as RoleDefinition
    from azcond.access.query import AccessQuery as AccessQuery
    from azcond.ast import Condition as Condition
    from azcond.checker import check as check
    from azcond.columns import Columns as Columns
    from azcond.compiler import Program as Program
    from azcond.compiler import compile as compile
    from azcond.diagnostics import Diagnostic as Diagnostic
    from azcond.diagnostics import Severity as Severity
    from azcond.errors import AccessDataError as AccessDataError
    from azcond.errors import AzcondError as AzcondError
    from azcond.errors import CatalogueError as CatalogueError
    from azcond.errors import ConditionSyntaxError as ConditionSyntaxError
    from azcond.errors import RequestError as RequestError
    from azcond.explanation import Explanation as Explanation
    from azcond.explanation import explain as explain
    from azcond.formatter import format as format
    from azcond.formatter import minify as minify
    from azcond.interpreter import evaluate as evaluate
    from azcond.linter.engine import lint as lint
    from azcond.linter.fixing import fix as fix
    from azcond.parser import parse as parse
    from azcond.request import Request as Request
    from azcond.source import Span as Span
    from azcond.truth import Truth as Truth

__version__ = "0.1.0"

_HOMES = {
    "AccessDataError": "errors",
    "AccessModel": "access.model",
    "AccessQuery": "access.query",
    "AzcondError": "errors",
    "CatalogueError": "errors",
    "Columns": "columns",
    "Condition": "ast",
    "ConditionSyntaxError": "errors",
    "Decision": "access.decision",
    "DenyAssignment": "access.models",
    "Diagnostic": "diagnostics",
    "Explanation": "explanation",
    "Permission": "access.models",
    "Program": "compiler",
    "Request": "request",
    "RequestError": "errors",
    "RoleAssignment": "access.models",
    "RoleDefinition": "access.models",
    "Severity": "diagnostics",
    "Span": "source",
    "Truth": "truth",
    "check": "checker",
    "compile": "compiler",
    "evaluate": "interpreter",
    "explain": "explanation",
    "fix": "linter.fixing",
    "format": "formatter",
    "lint": "linter.engine",
    "minify": "formatter",
    "parse": "parser",
}

__all__ = [*sorted(_HOMES), "__version__"]  # noqa: PLE0604  # the names are the keys above


__getattr__ = load_on_use(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
