"""Conditions, scopes and principals as people call them: short, and with the names of roles."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from azcond.access import SetAside
from azcond.access.models import RoleAssignment
from azcond.access.scopes import ROOT, fold_scope
from azcond.ast import (
    And,
    Comparison,
    Expression,
    Not,
    Operand,
    Or,
    SetLiteral,
    fold_nodes,
    leaves,
    operand_attributes,
)
from azcond.explanation.values import Names, member_text, operand_text
from azcond.explanation.wording import leaf_text
from azcond.reports.style import Style, visible

_HERE = "here"
_LEAST_WIDTH = 40


def condition_text(tree: Expression) -> str:
    """An expression on one line: attributes shortened, GUIDs of roles by the name of the role."""
    names = Names([one for leaf in leaves(tree) for one in operand_attributes(leaf)])

    def combine(node: Expression, operands: Sequence[str]) -> str:
        match node:
            case And() | Or():
                word = " AND " if isinstance(node, And) else " OR "
                text = word.join(operands)
                return text if node is tree else f"({text})"
            case Not():
                return f"NOT {operands[0]}"
            case Comparison():
                left = _operand(node.left, node.right, names)
                right = _operand(node.right, node.left, names)
                return f"{left} {node.operator.name} {right}"
            case _:
                return leaf_text(node, names)

    return visible(fold_nodes(tree, combine))


def _operand(operand: Operand, other: Operand, names: Names) -> str:
    if isinstance(operand, SetLiteral):
        return f"{{{', '.join([member_text(item) for item in operand.items])}}}"
    return operand_text(operand, other, names)


def scope_text(scope: str, asked: str) -> str:
    """A scope as seen from the one that was asked about, at or below it."""
    folded = fold_scope(scope)
    if folded == fold_scope(asked):
        return _HERE
    if folded == ROOT:
        return "root"
    segments = scope.strip("/").split("/")
    match [segment.lower() for segment in segments]:
        case ["subscriptions", _]:
            return "subscription"
        case ["subscriptions", _, "resourcegroups", _]:
            return f"resource group {visible(segments[-1])}"
        case ["providers", "microsoft.management", "managementgroups", _]:
            return f"management group {visible(segments[-1])}"
        case [*_, _, _] if len(segments) > 2:  # noqa: PLR2004  # a type and a name
            return visible("/".join(segments[-2:]))
        case _:
            return visible(scope)


def principal_text(assignment: RoleAssignment) -> str:
    """Who holds an assignment: the name or else the id, and of which type it is."""
    name = visible(assignment.principal_name or assignment.principal_id)
    return f"{name} ({visible(assignment.principal_type)})" if assignment.principal_type else name


def set_aside_text(one: SetAside, asked: str) -> str:
    """An assignment that is not counted, and why."""
    where = scope_text(one.assignment.scope, asked)
    who = principal_text(one.assignment)
    return f"not counted: {visible(one.role.name)}, {where}, of {who}: {visible(one.reason)}"


def wrapped(text: str, style: Style, indent: int) -> list[str]:
    """A text over as many lines as it takes, all but the first further in."""
    return wrap(
        text,
        max(style.width, indent + _LEAST_WIDTH),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 3),
        break_long_words=False,
        break_on_hyphens=False,
    )
