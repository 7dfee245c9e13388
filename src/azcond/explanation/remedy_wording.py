"""The sentences that say what would have to differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from azcond.actions import is_wildcard
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
    operator_named,
)
from azcond.explanation.model import Explanation
from azcond.explanation.remedies import Change, Remedy
from azcond.explanation.trial import Given, subjects
from azcond.explanation.values import (
    MAX_LISTED,
    Names,
    and_more,
    count_text,
    literal_text,
    member_text,
    shortened,
    value_text,
)
from azcond.explanation.wording import leaf_text
from azcond.kinds import Kind
from azcond.operators import (
    AT_LEAST,
    AT_MOST,
    EQUAL,
    LESS,
    LIKE,
    MORE,
    NOT_EQUAL,
    NOT_LIKE,
    NOT_STARTS,
    QUANTIFIERS,
    STARTS,
    Predicate,
)
from azcond.references import split_reference
from azcond.request_values import Value

_Seen = Mapping[Attribute, "Value | None"]

_MAX_SUBJECTS = 8

_VERBS: dict[Predicate, str] = {
    EQUAL: "were",
    NOT_EQUAL: "differed from",
    STARTS: "started with",
    NOT_STARTS: "did not start with",
    LIKE: "matched",
    NOT_LIKE: "did not match",
    LESS: "were less than",
    AT_MOST: "were at most",
    MORE: "were greater than",
    AT_LEAST: "were at least",
}
_VERBS_OF_TIME: dict[Predicate, str] = {
    LESS: "were before",
    AT_MOST: "were not after",
    MORE: "were after",
    AT_LEAST: "were not before",
}
_OF_NONE = {NOT_EQUAL: "were none of", NOT_LIKE: "matched none of"}


def remedy_lines(explanation: Explanation, names: Names) -> list[str]:
    """What would have to differ, one line for each subject; nothing for what is met."""
    if explanation.met:
        return []
    changes = explanation.remedy.changes
    if not changes:
        return ["no change of the request was found that would meet it"]
    by_subject: dict[str, list[Change]] = {}
    for change in changes:
        by_subject.setdefault(_subject_text(change.leaf, names), []).append(change)
    seen = {r.attribute: r.value for step in explanation.leaves for r in step.readings}
    phrases = [
        f"{subject} {' and '.join(_predicates(of, names, seen))}"
        for subject, of in list(by_subject.items())[:_MAX_SUBJECTS]
    ]
    if len(by_subject) > len(phrases):
        phrases.append(f"{len(by_subject) - len(phrases):,} more tests came out differently")
    opening = _opening(explanation.remedy, explanation.suboperation)
    if len(phrases) == 1:
        return [f"{opening} {phrases[0]}"]
    return [opening, *(f"{'and ' if at else ''}{phrase}" for at, phrase in enumerate(phrases))]


def _opening(remedy: Remedy, suboperation: str | None) -> str:
    opening = "it would be met if"
    if not remedy.is_possible:
        opening = "no request was found that meets it; the nearest would need, all at once, that"
    elif remedy.has_alternatives:
        opening = "it would be met, for example, if"
    given = {subject for change in remedy.changes for subject in subjects(change.leaf)}
    if Given.ACTION in given:
        return f"nothing else would meet it for this action; {opening}"
    if Given.SUBOPERATION in given:
        asked = "for this suboperation" if suboperation else "without a suboperation"
        return f"nothing else would meet it {asked}; {opening}"
    return opening


def _subject_text(leaf: Leaf, names: Names) -> str:
    match leaf:
        case ActionMatches():
            return "the action"
        case SubOperationMatches():
            return "the suboperation"
        case Exists(attribute=attribute) | Comparison(left=Attribute() as attribute):
            return names.text(attribute)
        case Comparison():
            return leaf_text(leaf, names, gap=" ")
        case _:
            assert_never(leaf)


def _predicates(changes: Sequence[Change], names: Names, seen: _Seen) -> list[str]:
    """What has to be the case for one subject, without its name.

    Presence is said where it is asked for or needed, and no positive comparison implies it.
    """
    said: list[str] = []
    presence = False
    implied = False
    for change in changes:
        match change.leaf:
            case ActionMatches(patterns=patterns) | SubOperationMatches(patterns=patterns):
                said.append(_named(patterns, holds=change.holds))
            case Exists():
                presence |= change.holds
                said += [] if change.holds else ["were absent"]
            case Comparison(left=Attribute() as attribute) as comparison:
                operator = comparison.operator if change.holds else _denied(comparison.operator)
                said.append(_predicate(comparison, attribute, operator, names, seen))
                presence |= attribute in seen and seen[attribute] is None
                implied |= not operator.relation.is_negative
            case Comparison():
                said.append("held" if change.holds else "failed")
            case _:
                assert_never(change.leaf)
    return ["were present", *said] if presence and not implied else said


def _named(patterns: Sequence[Literal], *, holds: bool) -> str:
    named = [str(pattern.value) for pattern in patterns[:MAX_LISTED]]
    verb = ("matched", "did not match") if any(map(is_wildcard, named)) else ("were", "were not")
    shown = and_more(list(map(shortened, named)), len(patterns), "or")
    return f"{verb[0] if holds else verb[1]} {shown}"


def _predicate(
    comparison: Comparison, attribute: Attribute, operator: Operator, names: Names, seen: _Seen
) -> str:
    """The verb and its object, for the attribute on the left."""
    text = _verb_and_object(comparison, operator, names, seen)
    if operator.relation.ignore_case:
        text += " (in any case)"
    is_list = isinstance(seen.get(attribute), tuple) or split_reference(attribute.id).is_keys
    if operator.quantifier is None or not is_list:
        return text
    if operator.quantifier.over_left is all:
        return f"had only values that {text}"
    return f"had a value that {text.replace('were ', 'was ', 1)}"


def _verb_and_object(comparison: Comparison, operator: Operator, names: Names, seen: _Seen) -> str:
    relation, operand = operator.relation, comparison.right
    verb = _VERBS[relation.predicate]
    if relation.kind is Kind.DATETIME:
        verb = _VERBS_OF_TIME.get(relation.predicate, verb)
    match operand:
        case Attribute():
            return f"{verb} {names.text(operand)}{_now(operand, relation.kind, seen)}"
        case (Literal() as only) | SetLiteral(items=(only,)):
            return f"{verb} {literal_text(only)}"
        case SetLiteral():
            several = f"the {count_text(operand, comparison.left)} listed"
            if len(operand.items) <= MAX_LISTED:
                several = ", ".join(map(member_text, operand.items))
            if operator.quantifier and operator.quantifier.over_right is any:
                return f"{verb} one of {several}"
            if relation.predicate in _OF_NONE:
                return f"{_OF_NONE[relation.predicate]} {several}"
            return f"{verb} each of {several}"
        case _:
            assert_never(operand)


def _now(attribute: Attribute, kind: Kind, seen: _Seen) -> str:
    """What the attribute on the right is at present."""
    if attribute not in seen:
        return ""
    value = seen[attribute]
    return " (both present)" if value is None else f" ({value_text(value, kind)})"


def _denied(operator: Operator) -> Operator:
    """The operator that holds for present values exactly when this one does not."""
    prefix = ""
    if operator.quantifier:
        dual = next(
            quantifier
            for quantifier in QUANTIFIERS
            if quantifier.over_left is not operator.quantifier.over_left
            and quantifier.over_right is not operator.quantifier.over_right
        )
        prefix = f"{dual.name}:"
    return operator_named(prefix + operator.relation.negation, operator.span)
