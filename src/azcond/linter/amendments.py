"""Text for fixes that add to what a condition demands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, assert_never

from azcond import _dataclasses
from azcond.ast import (
    ActionMatches,
    And,
    Attribute,
    AttributeSource,
    Comparison,
    Exists,
    Expression,
    Not,
    Operand,
    Or,
    SubOperationMatches,
    fold_nodes,
)
from azcond.clauses import Clause, Target
from azcond.diagnostics import Edit, Fix
from azcond.formatter import format as lay_out
from azcond.formatter import format_expression
from azcond.linter.chains import joined
from azcond.linter.questions import attribute_key, can_ask
from azcond.source import Span

if TYPE_CHECKING:
    from azcond.linter.subject import Subject


def all_of(parts: Sequence[Expression]) -> str:
    """The text of an expression that demands all of the parts."""
    if len(parts) == 1:
        return format_expression(parts[0])
    return format_expression(And(tuple(parts), parts[0].span))


def guarded(actions: Sequence[str], expression: str, suboperation: str | None = None) -> str:
    """The text of a clause that demands an expression of some actions."""
    test = f" AND SubOperationMatches{{'{suboperation}'}}" if suboperation else ""
    guards = [f"!(ActionMatches{{'{action}'}}{test})" for action in actions]
    return f"(({' AND '.join(guards)}) OR ({expression}))"


def add_clauses(subject: Subject, title: str, clauses: Sequence[str]) -> Fix:
    """An unsafe fix that joins clauses to the condition, in the layout that the text has."""
    text = subject.text
    is_laid_out = "\n" in text.strip()
    end = len(text.rstrip())
    added = "".join(
        [f"\nAND\n{_block(clause)}" if is_laid_out else f" AND {clause}" for clause in clauses]
    )
    edits = []
    root = subject.tree
    if isinstance(root, Or) and "(" not in text[: root.span.start]:
        start = root.span.start
        edits.append(Edit(Span(start, start), "("))
        added = f"){added}"
    return Fix(title, (*edits, Edit(Span(end, end), added)), safe=False)


def _block(clause: str) -> str:
    block = lay_out(clause)
    return block if block.startswith("(") else f"({block})"


def replace(title: str, *edits: tuple[Span, str]) -> Fix:
    """An unsafe fix that replaces parts of the text."""
    return Fix(title, tuple([Edit(span, text) for span, text in edits]), safe=False)


def extend_to(
    subject: Subject, action: str, models: Iterable[tuple[str, str | None]]
) -> Fix | None:
    """A fix that demands of one more action what is demanded of another one.

    `models` are operations; the first counts whose demand the action can answer.
    """
    for model, suboperation in models:
        parts = subject.demands.of(model, suboperation).parts
        if parts and can_ask(action, parts):
            return add_clauses(
                subject, f"demand the same of `{action}`", [guarded([action], all_of(parts))]
            )
    return None


def with_source(
    parts: Iterable[Expression], keys: frozenset[str], source: AttributeSource
) -> list[Expression]:
    """The same demands, with some attributes read from another source."""

    def move(operand: Operand) -> Operand:
        if isinstance(operand, Attribute) and attribute_key(operand) in keys:
            return _dataclasses.replace(operand, source=source)
        return operand

    def combine(node: Expression, operands: Sequence[Expression]) -> Expression:
        match node:
            case And() | Or():
                return type(node)(tuple(operands), node.span)
            case Not():
                return Not(operands[0], node.span)
            case Comparison():
                return _dataclasses.replace(node, left=move(node.left), right=move(node.right))
            case Exists():
                moved = move(node.attribute)
                assert isinstance(moved, Attribute)
                return Exists(moved, node.span)
            case ActionMatches() | SubOperationMatches():
                return node
            case _:
                assert_never(node)

    return [fold_nodes(part, combine) for part in parts]


def narrow(target: Target, text: str, test: str) -> Edit | None:
    """An edit that adds a test of the suboperation to a target that has none."""
    node = target.node
    if not isinstance(node, ActionMatches):
        return None
    start, end = node.span
    is_alone = text[:start].rstrip().endswith("(") and text[end:].lstrip().startswith(")")
    written = f"{text[start:end]} AND {test}"
    return Edit(node.span, written if is_alone else f"({written})")


def target_text(target: Target) -> str:
    """The text of a target."""
    text = format_expression(ActionMatches(target.action_patterns, target.span))
    if not target.suboperation_patterns:
        return text
    names = ", ".join([format_expression(pattern) for pattern in target.suboperation_patterns])
    word = "NOT " if target.suboperation_negated else ""
    return f"{text} AND {word}SubOperationMatches{{{names}}}"


def without_targets(subject: Subject, clause: Clause, kept: Sequence[Target]) -> Fix | None:
    """A fix that leaves a guarded clause only some of its targets, or removes it if none is left.

    Nothing where that would leave no condition at all.
    """
    if kept:
        assert clause.expression is not None
        guards = " AND ".join(f"!({target_text(target)})" for target in kept)
        written = f"(({guards}) OR ({format_expression(clause.expression)}))"
        return replace("remove the guard", (clause.span, written))
    root = subject.tree
    rest = [node for node in joined(root, And) if node is not clause.node]
    if not rest or len(rest) == len(joined(root, And)):
        return None
    text = all_of(rest)
    is_laid_out = "\n" in subject.text.strip()
    return replace("remove the clause", (root.span, lay_out(text) if is_laid_out else text))
