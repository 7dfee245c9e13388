"""The sentences of an explanation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from azcond._dataclasses import replace
from azcond.actions import action_matches, is_wildcard
from azcond.ast import (
    ActionMatches,
    Attribute,
    Comparison,
    Exists,
    Leaf,
    Literal,
    Operator,
    SetLiteral,
    SubOperationMatches,
    literal_value,
)
from azcond.clauses import Clause, ClauseKind, Target
from azcond.explanation.model import Explanation, LeafStep, Reading
from azcond.explanation.values import (
    MAX_LISTED,
    Names,
    and_more,
    is_shown_whole,
    members_text,
    operand_text,
    printable,
    quoted,
    shortened,
    value_text,
)
from azcond.interpreter import Missing
from azcond.kinds import Kind
from azcond.operators import EQUAL, NOT_EQUAL
from azcond.truth import Truth

TRUTH_WORDS = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: "unknown"}

LEGEND = "> marks what decided"

_TAKES = {
    Kind.STRING: "strings",
    Kind.INTEGER: "integers",
    Kind.BOOLEAN: "true or false",
    Kind.DATETIME: "date-times",
    Kind.GUID: "GUIDs",
}


def verdict_text(verdict: Truth) -> str:
    """The first word of an explanation."""
    return "NOT MET (unknown)" if verdict is Truth.UNKNOWN else TRUTH_WORDS[verdict].upper()


def request_text(action: str, suboperation: str | None) -> str:
    """What was asked."""
    return printable(action) + (f", suboperation {printable(suboperation)}" if suboperation else "")


def clause_text(clause: Clause, action: str, suboperation: str | None) -> str:
    """Whether and why a clause is for a request."""
    match clause.kind:
        case ClauseKind.UNGUARDED:
            return "applies to every action"
        case ClauseKind.OTHER:
            return "applies to every action and tests the action itself"
        case ClauseKind.GUARDED | ClauseKind.ALTERNATIVE:
            for target in clause.targets:
                if target.matches(action, suboperation):
                    return f"applies: {_match_text(target, action, suboperation)}"
            verb = "guards" if clause.kind is ClauseKind.GUARDED else "admits only"
            named = [_target_text(target) for target in clause.targets[:MAX_LISTED]]
            text = f"does not apply: it {verb} {and_more(named, len(clause.targets))}"
            if any(replace(t, suboperation_patterns=()).matches(action) for t in clause.targets):
                text += f"; the request has {_suboperation_text(suboperation)}"
            return text
        case _:
            assert_never(clause.kind)


def _suboperation_text(suboperation: str | None) -> str:
    return f"suboperation {shortened(suboperation)}" if suboperation else "no suboperation"


def _match_text(target: Target, action: str, suboperation: str | None) -> str:
    """How a target matches a request."""
    said = []
    if target.actions:
        pattern = next(p for p in target.actions if action_matches(p, action))
        verb = "matches" if is_wildcard(pattern) else "is"
        said.append(f"the action {verb} {shortened(pattern)}")
    if target.suboperations and target.suboperation_negated:
        unless = " or ".join(map(shortened, target.suboperations[:MAX_LISTED]))
        said.append(f"the suboperation is not {unless}")
    elif target.suboperations:
        said.append(f"the suboperation is {shortened(suboperation or '')}")
    return " and ".join(said)


def _target_text(target: Target) -> str:
    """What a target matches."""
    actions = [shortened(action) for action in target.actions[:MAX_LISTED]]
    text = and_more(actions, len(target.actions)) if actions else "every action"
    if not target.suboperations:
        return text
    names = [shortened(name) for name in target.suboperations[:MAX_LISTED]]
    word = "unless the suboperation is" if target.suboperation_negated else "with suboperation"
    return f"{text} {word} {and_more(names, len(target.suboperations))}"


def empty_clause_text(clause: Clause) -> str:
    """What a clause without an expression asks."""
    if clause.kind is ClauseKind.GUARDED:
        return "nothing meets this clause: it refuses the action"
    return "nothing more is asked"


def alternatives_text(first: int, last: int) -> str:
    """Before clauses of which one is enough."""
    return f"one of the clauses {first} to {last} is enough"


def leaf_text(leaf: Leaf, names: Names, gap: str = "  ") -> str:
    """A leaf on one line, with a gap around the operator; long sets are only counted."""
    match leaf:
        case ActionMatches():
            return f"ActionMatches{_patterns_text(leaf.patterns)}"
        case SubOperationMatches():
            return f"SubOperationMatches{_patterns_text(leaf.patterns)}"
        case Exists():
            return f"Exists {names.text(leaf.attribute)}"
        case Comparison():
            left = operand_text(leaf.left, leaf.right, names)
            right = operand_text(leaf.right, leaf.left, names)
            return f"{left}{gap}{leaf.operator.name}{gap}{right}"
        case _:
            assert_never(leaf)


def _patterns_text(patterns: Sequence[Literal]) -> str:
    shown = [quoted(str(pattern.value)) for pattern in patterns[:MAX_LISTED]]
    more = [f"{len(patterns) - MAX_LISTED:,} more"] if len(patterns) > MAX_LISTED else []
    return f"{{{', '.join([*shown, *more])}}}"


def uncovered_lines(explanation: Explanation) -> list[str]:
    """One line when no clause is about the action."""
    if any(clause.applies for clause in explanation.clauses):
        return []
    if explanation.met:
        return ["no clause is about this request: the condition does not restrict it"]
    return ["no clause admits this request"]


def readings_lines(explanation: Explanation) -> list[str]:
    """One line when the two readings of a missing attribute decide differently."""
    if not explanation.readings_disagree:
        return []
    other = "false" if explanation.missing == "unknown" else "unknown"
    here = "it is met" if explanation.verdict else "it is not met"
    there = "it would be met" if explanation.other_verdict else "it would not be met"
    readings = f"read as {explanation.missing}, as above, {here}; read as {other} {there}"
    return [f"what a missing attribute means matters here: {readings}"]


def value_lines(step: LeafStep, explanation: Explanation, names: Names) -> list[str]:
    """What was seen for each attribute of a leaf, and why that makes it unknown."""
    lines = []
    for reading in step.readings:
        label = "value" if len(step.readings) == 1 else names.text(reading.attribute)
        lines.append(f"{label}: {_reading_text(reading, step, explanation.missing)}")
    if isinstance(step.leaf, SubOperationMatches):
        lines.append(f"the request has {_suboperation_text(explanation.suboperation)}")
    if isinstance(step.leaf, Comparison):
        lines += _literal_lines(step)
    return lines


def _reading_text(reading: Reading, step: LeafStep, missing: Missing) -> str:
    if reading.value is None:
        return _absent_text(step, missing)
    if not isinstance(step.leaf, Comparison):
        return value_text(reading.value, None)
    text = value_text(reading.value, step.leaf.operator.relation.kind)
    problem = _problem(reading.value, step.leaf.operator)
    if problem:
        return f"{text} → unknown: {problem}"
    match _is_listed(reading, step.leaf):
        case None:
            return text
        case True:
            return f"{text}, which is listed"
        case False:
            return f"{text}, not among {_listed_text(step.leaf)}"


def _absent_text(step: LeafStep, missing: Missing) -> str:
    if step.truth is Truth.UNKNOWN:
        kept = ", and NOT leaves it so" if step.negated else ""
        refused = " (a request without it is refused)" if step.required else ""
        return f"absent → unknown{kept}{refused}"
    if isinstance(step.leaf, Comparison) and missing == "false":
        return "absent, read as false" + (", which NOT makes true" if step.negated else "")
    return "absent"


def _problem(value: object, operator: Operator) -> str | None:
    """Why the comparison of an operand's raw value, or values, is unknown."""
    relation = operator.relation
    members = value if isinstance(value, tuple) else (value,)
    if operator.quantifier is None and len(members) != 1:
        return f"{relation.name} takes one value, not {len(members):,}"
    if any(relation.comparable(member) is None for member in members):
        return f"{relation.name} takes {_TAKES[relation.kind]}"
    return None


def _literal_lines(step: LeafStep) -> list[str]:
    """What a comparison lists and has not been shown, and literals that it cannot take."""
    assert isinstance(step.leaf, Comparison)
    comparison, lines = step.leaf, []
    known = [_is_listed(reading, comparison) for reading in step.readings]
    is_plain = False in known or (True in known and step.truth is Truth.TRUE)
    if _counted_set(comparison) and not is_plain:
        lines.append(f"listed: {_listed_text(comparison)}")
    kind = comparison.operator.relation.kind
    for operand in (comparison.left, comparison.right):
        if isinstance(operand, Attribute):
            continue
        items = operand.items if isinstance(operand, SetLiteral) else (operand,)
        problem = _problem(
            tuple([literal_value(item, kind) for item in items]), comparison.operator
        )
        if problem:
            lines.append(f"unknown for every request: {problem}")
    return lines


def _counted_set(comparison: Comparison) -> SetLiteral | None:
    """The set that is only counted in the line of its comparison."""
    for operand in (comparison.left, comparison.right):
        if isinstance(operand, SetLiteral) and not is_shown_whole(operand):
            return operand
    return None


def _listed_text(comparison: Comparison) -> str:
    counted = _counted_set(comparison)
    return members_text(counted.items) if counted else "the values listed"


def _is_listed(reading: Reading, comparison: Comparison) -> bool | None:
    """Whether one value is in a set that is only counted; `None` where that says nothing."""
    relation, counted = comparison.operator.relation, _counted_set(comparison)
    if counted is None or reading.value is None or isinstance(reading.value, tuple):
        return None
    if relation.predicate not in {EQUAL, NOT_EQUAL}:
        return None
    wanted = relation.comparable(reading.value)
    return any(
        relation.comparable(literal_value(item, relation.kind)) == wanted for item in counted.items
    )
