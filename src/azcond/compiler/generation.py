"""The text of the generated function.

Kleene truth becomes two-valued code: NOT is pushed to the leaves, where every leaf has a *holds*
and a *fails* form, and both are false when the leaf is unknown. What is left are AND and OR of
leaf forms, so the function answers "met" exactly. Leaf forms are in `azcond.compiler.leaves`.

CPython limits how deeply an expression may nest, so a subexpression that grows too deep is
computed by a statement of its own. That gives up nothing but some short-circuiting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from azcond._dataclasses import dataclass
from azcond.ast import (
    ActionMatches,
    And,
    Comparison,
    Exists,
    Expression,
    Not,
    Or,
    SubOperationMatches,
    fold_nodes,
    polarities,
)
from azcond.columns import ColumnKey
from azcond.compiler.constants import Constants
from azcond.compiler.leaves import LeafWriter
from azcond.compiler.reads import ColumnReads, RequestReads
from azcond.interpreter import Missing

_MAX_NESTING = 40
"""Levels of parentheses in one generated expression; CPython refuses about 200."""


@dataclass(frozen=True, slots=True)
class Generated:
    """The function's text, and the values of the names it reads."""

    source: str
    constants: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GeneratedForColumns(Generated):
    """For columns: `columns` are those that the function takes, in order."""

    columns: tuple[ColumnKey, ...]


@dataclass(frozen=True, slots=True)
class _Code:
    """An expression, and how deeply its AND and OR nest."""

    text: str
    nesting: int = 0


def generate(tree: Expression, missing: Missing) -> Generated:
    """The function of a tree: `program(q)` is whether the tree is TRUE for the request `q`."""
    constants = Constants()
    reads = RequestReads(constants)
    statements, result = _write(tree, LeafWriter(constants, missing, reads))
    body = "".join(f"    {s}\n" for s in (*reads.statements, *statements, f"return {result}"))
    return Generated(f"def program(q):\n{body}", constants.values)


def generate_for_columns(tree: Expression, missing: Missing) -> GeneratedForColumns:
    """The function of a tree over rows: `program(n, columns)` lists the outcomes of `n` rows."""
    constants, reads = Constants(), ColumnReads()
    statements, result = _write(tree, LeafWriter(constants, missing, reads))
    names = "".join(f"{name}, " for name in reads.columns.values())
    rows = f"for {names}in zip(*columns)" if names else "for _ in range(n)"
    if statements:
        inside = "".join(f"        {statement}\n" for statement in statements)
        body = f"    out = []\n    {rows}:\n{inside}        out.append({result})\n    return out\n"
    else:
        body = f"    return [{result} {rows}]\n"
    source = f"def program(n, columns):\n{body}"
    return GeneratedForColumns(source, constants.values, tuple(reads.columns))


def _write(tree: Expression, writer: LeafWriter) -> tuple[list[str], str]:
    """The statements and the expression that decide a tree."""
    positive = polarities(tree)
    statements: list[str] = []

    def combine(node: Expression, operands: Sequence[_Code]) -> _Code:
        holds = positive[id(node)]
        match node:
            case And() | Or():
                code = _join("and" if isinstance(node, And) == holds else "or", operands)
            case Not():
                return operands[0]
            case ActionMatches() | SubOperationMatches() | Exists() | Comparison():
                return _Code(writer.write(node, holds=holds))
            case _:
                assert_never(node)
        if code.nesting < _MAX_NESTING:
            return code
        name = f"t{len(statements)}"
        statements.append(f"{name} = {code.text}")
        return _Code(name)

    return statements, fold_nodes(tree, combine).text


def _join(connective: str, operands: Sequence[_Code]) -> _Code:
    """AND or OR of expressions, with the constants among them folded away."""
    neutral, absorbing = ("True", "False") if connective == "and" else ("False", "True")
    kept = [code for code in operands if code.text != neutral]
    if any(code.text == absorbing for code in kept):
        return _Code(absorbing)
    if not kept:
        return _Code(neutral)
    if len(kept) == 1:
        return kept[0]
    text = f" {connective} ".join(code.text for code in kept)
    return _Code(f"({text})", 1 + max(code.nesting for code in kept))
