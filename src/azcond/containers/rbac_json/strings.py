"""What the strings of a JSON document say: as they stand, or through the expressions in them.

The strings of ARM templates and of Terraform's JSON syntax (`.tf.json`) may hold expressions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from azcond.containers.model import Quoting
from azcond.containers.rbac_json.fragments import Fragment, Fragments, literal
from azcond.jsontext import Path
from azcond.source import Span

if TYPE_CHECKING:
    from azcond.containers.rbac_json.arm_expressions import Evaluator
    from azcond.containers.rbac_json.arm_functions import Data

_TEMPLATE = re.compile(r"\$\$(?=\{)|%%(?=\{)|[$%]\{")
_OPENING = re.compile(r"([$%])\{")
_INSIDE = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[{}]', re.DOTALL)
_DEPLOYMENTS = "microsoft.resources/deployments"


class Strings:
    """Reads the strings of one document."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._is_terraform = isinstance(root, dict) and isinstance(
            root.get("resource", root.get("module")), dict | list
        )
        self._evaluators: dict[Path, Evaluator] = {}

    def read(self, text: str, path: Path) -> Fragments:
        """What the string at a path says."""
        if self._is_terraform:
            return _read_template(text, path)
        if not text.startswith("["):
            return literal(text, path)
        scope = _scope(self._root, path)
        if scope not in self._evaluators:
            from azcond.containers.rbac_json.arm_expressions import (  # noqa: PLC0415  # of templates
                Evaluator,
            )

            variables = _variables(_value(self._root, scope), scope)
            self._evaluators[scope] = Evaluator(variables.get)
        return self._evaluators[scope].string(text, path)

    def is_written_out(self, text: str) -> bool:
        """Whether a string has no expression in it."""
        if self._is_terraform:
            return _TEMPLATE.search(text) is None
        if text[:1] != "[":
            return True
        from azcond.containers.rbac_json.arm_expressions import (  # noqa: PLC0415  # of templates
            is_expression,
        )

        return not is_expression(text)


def _value(root: Any, path: Path) -> Any:
    for part in path:
        root = root[part]
    return root


def _variables(template: Any, scope: Path) -> Mapping[str, Data]:
    from azcond.containers.rbac_json.arm_functions import Data  # noqa: PLC0415  # of templates

    given = template.get("variables") if isinstance(template, dict) else None
    return {
        name.lower(): Data(value, (*scope, "variables", name))
        for name, value in (given.items() if isinstance(given, dict) else ())
        if name.lower() != "copy"
    }


def _scope(root: Any, path: Path) -> Path:
    """The template whose variables count at a path: a nested template has its own only if its
    deployment says so (linked-templates, "Expression evaluation scope in nested templates").
    """
    found: Path = ()
    around = [root]
    for depth, part in enumerate(path, 1):
        value = around[-1][part]
        is_template = str(part).lower() == "template" or (
            isinstance(value, dict) and "deploymenttemplate" in str(value.get("$schema")).lower()
        )
        if is_template and not _is_outer(around):
            found = path[:depth]
        around.append(value)
    return found


def _is_outer(around: list[Any]) -> bool:
    """Whether a template belongs to a deployment that evaluates it in the outer scope."""
    if len(around) < 2 or not isinstance(around[-2], dict) or not isinstance(around[-1], dict):  # noqa: PLR2004  # a deployment and its properties
        return False
    options = around[-1].get("expressionEvaluationOptions")
    scope = options.get("scope") if isinstance(options, dict) else None
    is_deployment = str(around[-2].get("type")).lower() == _DEPLOYMENTS
    return is_deployment and str(scope).lower() != "inner"


def _read_template(text: str, path: Path) -> Fragments:
    """A string with `${…}` and `%{…}` (Terraform, "JSON Configuration Syntax")."""
    quoting = Quoting(lambda new: _OPENING.sub(r"\1\1{", new), has_lines=True)
    found: list[Fragment] = []
    at = 0
    while match := _TEMPLATE.search(text, at):
        found.append(Fragment(text[at : match.start()], path, Span(at, match.start())))
        if not match[0].endswith("{"):
            span = Span(*match.span())
            found.append(Fragment(match[0][1:], path, span, verbatim=False))
        else:
            span = Span(match.start(), _end_of_template(text, match.end()))
            written = text[span.start : span.end]
            found.append(Fragment(written, path, span, expression=written[2:-1].strip()))
        at = span.end
    found.append(Fragment(text[at:], path, Span(at, len(text))))
    return tuple(
        [one if one.expression is not None else one._replace(quoting=quoting) for one in found]
    )


def _end_of_template(text: str, start: int) -> int:
    depth = 1
    for match in _INSIDE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    return len(text)
