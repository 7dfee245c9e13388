"""What rules that decide by meaning share: what expressions are about, and proofs of fixes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from azcond._dataclasses import replace
from azcond.analysis import (
    STEPS,
    Budget,
    Range,
    UndecidedError,
    Universe,
    documented,
    keeps_decisions,
)
from azcond.ast import (
    ActionMatches,
    And,
    Attribute,
    Comparison,
    Exists,
    Expression,
    Leaf,
    Or,
    SetLiteral,
    SubOperationMatches,
    children,
    constant_values,
    leaves,
    operand_attributes,
)
from azcond.diagnostics import Edit, Fix
from azcond.errors import ConditionSyntaxError
from azcond.kinds import Comparable
from azcond.linter.subject import Subject
from azcond.operators import EQUAL, LIKE, NOT_EQUAL, NOT_LIKE, NOT_STARTS, STARTS, Relation
from azcond.parser import parse
from azcond.request import Place, place_of
from azcond.source import Span

_SHARES = 8
"""A question gets this part of the whole budget, so that a hard one does not take it all."""

ACTION = "action"
SUBOPERATION = "suboperation"

Topic = Place | str
"""What a leaf is about: an attribute, the action or the suboperation."""


def is_certain(subject: Subject, question: Callable[[Budget], bool]) -> bool:
    """Whether the answer to a question is yes; what is too much work is not certain."""
    whole = subject.budget
    granted = max(0, min(whole.left, STEPS // _SHARES))
    share = Budget(granted)
    try:
        return question(share)
    except UndecidedError:
        return False
    finally:
        whole.left -= granted - share.left


def requests_of(subject: Subject) -> Universe:
    """The documented requests, and those without what the condition asks `Exists` of.

    Whoever asks has a reason, and the documentation does not list all that may be absent.
    """
    asked = {place_of(leaf.attribute) for leaf in subject.leaves if isinstance(leaf, Exists)}
    if not asked:
        return documented

    def universe(attribute: Attribute) -> Range:
        span = documented(attribute)
        return replace(span, absent=True) if place_of(attribute) in asked else span

    return universe


def topics(expression: Expression) -> frozenset[Topic]:
    """What the leaves of an expression are about; expressions without a common one are free."""
    return frozenset([topic for leaf in leaves(expression) for topic in _topics(leaf)])


def _topics(leaf: Leaf) -> Iterable[Topic]:
    match leaf:
        case ActionMatches():
            return (ACTION,)
        case SubOperationMatches():
            return (SUBOPERATION,)
        case Exists() | Comparison():
            return [place_of(attribute) for attribute in operand_attributes(leaf)]


def asks_presence(expression: Expression) -> bool:
    """Whether `Exists` stands in an expression: people write it for what no page says."""
    return any(isinstance(leaf, Exists) for leaf in leaves(expression))


def is_well_typed(expression: Expression) -> bool:
    """Whether every comparison can have an outcome; where one cannot, checking says so."""
    return all(
        _can_have_outcome(leaf) for leaf in leaves(expression) if isinstance(leaf, Comparison)
    )


def _can_have_outcome(comparison: Comparison) -> bool:
    for operand in (comparison.left, comparison.right):
        values = constant_values(operand, comparison.operator.relation)
        if values is None:
            return False
        if comparison.operator.quantifier is None and isinstance(operand, SetLiteral):
            return len(values) == 1
    return True


def is_open(expression: Expression) -> bool:
    """Whether an expression plainly can be met and can fail, because its leaves are independent.

    That saves a search for most expressions; where it is false, either may be the case.
    """
    about = [topic for leaf in leaves(expression) for topic in _topics(leaf)]
    return len(about) == len(set(about)) and all(map(_is_contingent, leaves(expression)))


def _is_contingent(leaf: Leaf) -> bool:
    """Whether a leaf plainly holds for some requests and not for others."""
    if not isinstance(leaf, Comparison) or not isinstance(leaf.left, Attribute):
        return False
    quantifier, relation = leaf.operator.quantifier, leaf.operator.relation
    values = set(constant_values(leaf.right, relation) or ())
    if not values or not all(_divides(relation, value) for value in values):
        return False
    # values other than all of these are on one side, and each of these is on the other
    joins = None if quantifier is None else quantifier.over_right
    return len(values) == 1 or joins is (all if relation.is_negative else any)


def _divides(relation: Relation, value: Comparable) -> bool:
    """Whether a value stands out: unlike it are all that share nothing with it."""
    if relation.predicate in (EQUAL, NOT_EQUAL):
        return True
    if relation.predicate in (LIKE, NOT_LIKE):
        return bool(str(value).strip("*?\\"))
    return relation.predicate in (STARTS, NOT_STARTS) and value != ""


def narrowest(
    expression: Expression, decides: Callable[[Expression], bool], connective: type[And | Or]
) -> Expression:
    """The innermost part that alone makes an expression what `decides` says it is.

    An OR is always met when one operand is, and an AND is never met when one operand is not:
    `connective` says of which of them an operand can decide.
    """
    while isinstance(expression, connective):
        inner = next((part for part in children(expression) if decides(part)), None)
        if inner is None:
            break
        expression = inner
    return expression


def removal(subject: Subject, operand: Expression) -> Fix | None:
    """A fix that takes one operand of AND or OR away, if that provably keeps every decision."""
    edit = _removal_edit(subject, operand)
    return None if edit is None else proven_fix(subject, "remove it", edit)


def _removal_edit(subject: Subject, operand: Expression) -> Edit | None:
    parent = parent_of(subject.tree, operand)
    if not isinstance(parent, And | Or):
        return None
    text, operands = subject.text, parent.operands
    at = next(index for index, child in enumerate(operands) if child is operand)
    own = enclosing(text, operand.span)
    if at > 0:
        return Edit(Span(enclosing(text, operands[at - 1].span).end, own.end), "")
    return Edit(Span(own.start, enclosing(text, operands[1].span).start), "")


def parent_of(root: Expression, wanted: Expression) -> Expression | None:
    """What a node is an operand of; nothing for the root."""
    pending = [root]
    while pending:
        node = pending.pop()
        for child in children(node):
            if child is wanted:
                return node
            pending.append(child)
    return None


def enclosing(text: str, span: Span) -> Span:
    """The span with all parentheses that stand around it and nothing else."""
    start, end = span
    while True:
        before, after = start, end
        while before > 0 and text[before - 1].isspace():
            before -= 1
        while after < len(text) and text[after].isspace():
            after += 1
        if text[before - 1 : before] != "(" or text[after : after + 1] != ")":
            return Span(start, end)
        start, end = before - 1, after + 1


def proven_fix(subject: Subject, title: str, *edits: Edit) -> Fix | None:
    """A safe fix, if the text after it provably decides every request as the text does."""
    text = subject.text
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    try:
        subject.proof_budget.spend(len(text))  # reading it is work, too
        changed = parse(text).ast
        is_same = keeps_decisions(subject.tree, changed, subject.proof_budget)
    except (ConditionSyntaxError, UndecidedError):
        return None
    return Fix(title, edits, safe=True) if is_same else None
