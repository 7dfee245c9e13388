"""A condition's tree to text: the canonical layout, the one-line form, and single expressions.

The canonical layout is the shape that the Azure portal writes: each clause in a parenthesis block,
connectives on their own lines, guards as `!(ActionMatches{'…'})`. The one-line form writes `NOT`
and never `!`, which an interactive shell takes for history inside double quotes. Both are
functions of the tree alone, and both are parsed again before anyone sees them. Documentation:
conditions-format.
"""

from __future__ import annotations

from typing import assert_never

from azcond.ast import (
    ActionMatches,
    And,
    Attribute,
    Comparison,
    Exists,
    Expression,
    Leaf,
    Literal,
    Not,
    Operand,
    Or,
    SetLiteral,
    SubOperationMatches,
)
from azcond.errors import FormatError
from azcond.kinds import Kind
from azcond.parser import parse

LINE_WIDTH = 100
"""Where a set of several values is wrapped over lines."""

MAX_INDENT = 40
"""Deeper nesting is not indented further, so that the output stays linear in the input."""

_Chunks = list[str | list[str]]
"""Text in pieces; a list holds the items of one pair of braces, where the text may wrap."""


def format(text: str) -> str:  # noqa: A001  # the public name is azcond.format
    """The canonical multi-line layout of a condition, without a line break at the end.

    Words get their canonical case; GUIDs are lower case with dashes and no quotes; sets wrap at
    `LINE_WIDTH`. What stands inside strings and brackets is not touched. Raises
    `ConditionSyntaxError` for a text that is not a condition.
    """
    tree = parse(text).ast
    return _verified(lay_out_tree(tree), tree)


def minify(text: str) -> str:
    """The condition on one line (but for line breaks inside its strings), for shells.

    It has the fewest parentheses that keep the tree and leave no AND beside an OR. Raises
    `ConditionSyntaxError` for a text that is not a condition.
    """
    tree = parse(text).ast
    return _verified(format_expression(tree), tree)


def _verified(text: str, tree: Expression) -> str:
    if parse(text).ast != tree:
        raise FormatError("the formatted text does not mean the same; please report this condition")
    return text


def format_expression(node: Expression | Operand) -> str:
    """The canonical one-line text of an expression, a leaf or an operand."""
    pieces: list[str] = []
    pending: list[Expression | Operand | str] = [node]
    while pending:
        item = pending.pop()
        match item:
            case str():
                pieces.append(item)
            case Not():
                pieces.append("NOT ")
                pending.append(item.operand)
            case And() | Or():
                if item is not node:
                    pieces.append("(")
                    pending.append(")")
                for operand in reversed(item.operands[1:]):
                    pending += (operand, f" {_word(item)} ")
                pending.append(item.operands[0])
            case Attribute() | Literal() | SetLiteral():
                pieces.append(_one_line(_operand_chunks(item)))
            case _:
                pieces.append(_one_line(_leaf_chunks(item)))
    return "".join(pieces)


def _word(node: And | Or) -> str:
    return "AND" if isinstance(node, And) else "OR"


def _leaf_chunks(leaf: Leaf) -> _Chunks:
    match leaf:
        case ActionMatches() | SubOperationMatches():
            return [type(leaf).__name__, [_literal(pattern) for pattern in leaf.patterns]]
        case Exists():
            return ["Exists ", *_operand_chunks(leaf.attribute)]
        case Comparison():
            operator = f" {leaf.operator.name} "
            return [*_operand_chunks(leaf.left), operator, *_operand_chunks(leaf.right)]
        case _:
            assert_never(leaf)


def _operand_chunks(operand: Operand) -> _Chunks:
    match operand:
        case Attribute():
            return [f"@{operand.source}[{operand.id}]"]
        case Literal():
            return [_literal(operand)]
        case SetLiteral():
            return [[_literal(item) for item in operand.items]]
        case _:
            assert_never(operand)


def _literal(literal: Literal) -> str:
    match literal.kind:
        case Kind.STRING | Kind.DATETIME:
            text = str(literal.value).replace("'", "\\'")
            return f"'{text}'"
        case Kind.BOOLEAN:
            return "true" if literal.value else "false"
        case Kind.INTEGER | Kind.GUID:
            return str(literal.value)
        case _:
            assert_never(literal.kind)


def _one_line(chunks: _Chunks) -> str:
    texts = [chunk if isinstance(chunk, str) else f"{{{', '.join(chunk)}}}" for chunk in chunks]
    return "".join(texts)


def lay_out_tree(tree: Expression) -> str:
    """The canonical layout of a tree, not read again: for comparing a text with it.

    Works top down because the width left depends on the depth.
    """
    lines: list[str] = []
    pending: list[tuple[int, str, Expression | None]] = [(0, "", tree)]
    while pending:
        depth, text, node = pending.pop()
        if node is None:
            lines.append(_indented(depth, text))
            continue
        chunks = _target_chunks(node)
        match node:
            case _ if chunks is not None:
                lines += _wrap(depth, [text, *chunks])
            case Not(operand=Comparison() as comparison):
                lines += _wrap(depth, [f"{text}NOT (", *_leaf_chunks(comparison), ")"])
            case Not():
                pending.append((depth, f"{text}NOT ", node.operand))
            case And() | Or():
                pending += reversed(_block(depth, text, node, outermost=node is tree))
            case _:
                lines += _wrap(depth, [text, *_leaf_chunks(node)])
    return "\n".join(lines)


def _block(
    depth: int, text: str, node: And | Or, *, outermost: bool
) -> list[tuple[int, str, Expression | None]]:
    """A connective's lines to be, in parentheses unless it is the AND that joins the clauses."""
    bare = outermost and isinstance(node, And)
    inner = depth if bare else depth + 1
    is_clause = isinstance(node, Or) and any(map(_is_guard, node.operands))
    lines: list[tuple[int, str, Expression | None]] = [] if bare else [(depth, f"{text}(", None)]
    for index, operand in enumerate(node.operands):
        if index:
            lines.append((inner, _word(node), None))
        if is_clause and not isinstance(operand, And | Or):
            lines += ((inner, "(", None), (inner + 1, "", operand), (inner, ")", None))
        else:
            lines.append((inner, "", operand))
    if not bare:
        lines.append((depth, ")", None))
    return lines


def _is_guard(node: Expression) -> bool:
    """Whether an operand of OR is `!(target)` or several of these joined by AND."""
    operands = node.operands if isinstance(node, And) else (node,)
    return all(_target_chunks(operand) is not None for operand in operands)


def _target_chunks(node: Expression) -> _Chunks | None:
    """`!(ActionMatches{…})` or `!(ActionMatches{…} AND [NOT] SubOperationMatches{…})`."""
    match node:
        case Not(operand=ActionMatches() as action):
            return ["!(", *_leaf_chunks(action), ")"]
        case Not(operand=And(operands=(ActionMatches() as action, last))):
            match last:
                case SubOperationMatches():
                    return ["!(", *_leaf_chunks(action), " AND ", *_leaf_chunks(last), ")"]
                case Not(operand=SubOperationMatches() as denied):
                    return ["!(", *_leaf_chunks(action), " AND NOT ", *_leaf_chunks(denied), ")"]
    return None


def _wrap(depth: int, chunks: _Chunks) -> list[str]:
    """One line if it fits; otherwise every set of several values gets lines of its own."""
    line = _indented(depth, _one_line(chunks))
    if len(line) <= LINE_WIDTH:
        return [line]
    lines, line = [], ""
    for chunk in chunks:
        if isinstance(chunk, str):
            line += chunk
        elif len(chunk) == 1:
            line += _one_line([chunk])
        else:
            lines.append(_indented(depth, f"{line}{{"))
            lines += _fill(depth + 1, chunk)
            line = "}"
    return [*lines, _indented(depth, line)]


def _fill(depth: int, items: list[str]) -> list[str]:
    """As many items on each line as fit."""
    lines: list[list[str]] = []
    width = LINE_WIDTH
    for item in items:
        if width + len(", ,") + len(item) > LINE_WIDTH:
            lines.append([])
            width = min(depth, MAX_INDENT) - len(", ")
        lines[-1].append(item)
        width += len(", ") + len(item)
    texts = [_indented(depth, ", ".join(line)) for line in lines]
    return [*(f"{text}," for text in texts[:-1]), texts[-1]]


def _indented(depth: int, text: str) -> str:
    return " " * min(depth, MAX_INDENT) + text
