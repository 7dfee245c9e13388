"""What a leaf would give if the request had other values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from itertools import chain, product
from typing import assert_never

from azcond._dataclasses import dataclass, replace
from azcond.ast import (
    ActionMatches,
    Attribute,
    Comparison,
    Exists,
    Leaf,
    Literal,
    Operand,
    SetLiteral,
    SubOperationMatches,
    operand_attributes,
)
from azcond.explanation.candidates import candidate_values
from azcond.interpreter import Missing, matches_any, truths
from azcond.kinds import Kind, fold
from azcond.request import Place, Request, Table, lookup, place_of
from azcond.truth import Truth, truth


class Given(Enum):
    """What a request has besides its attributes."""

    ACTION = "action"
    SUBOPERATION = "suboperation"


Subject = Place | Given
"""What a leaf asks about."""

Value = str | int | bool | None
"""What a subject would be; `None` is absent."""

Values = Mapping[Subject, Value]

_OTHER = "None.OfThese"
_FEW = 4


def subject_of(attribute: Attribute) -> Subject:
    """What an attribute asks about.

    The legacy `subOperation` is the request's suboperation. An entry of a dictionary is one
    subject however its key is compared, because a request holds it once.
    """
    place = place_of(attribute)
    match place.table:
        case Table.SUBOPERATION:
            return Given.SUBOPERATION
        case Table.SPELLED:
            return replace(place, table=Table.PLAIN, key=fold(place.key))
        case _:
            return place


def subjects(leaf: Leaf) -> tuple[Subject, ...]:
    """What a leaf asks about; nothing for a comparison of literals."""
    match leaf:
        case ActionMatches():
            return (Given.ACTION,)
        case SubOperationMatches():
            return (Given.SUBOPERATION,)
        case Exists() | Comparison():
            return tuple(dict.fromkeys(map(subject_of, operand_attributes(leaf))))
        case _:
            assert_never(leaf)


@dataclass(frozen=True, slots=True)
class Trial:
    """A request in which subjects can take other values."""

    request: Request
    missing: Missing

    def suits(self, values: Values, needed: Iterable[tuple[Leaf, bool]]) -> bool:
        """Whether every leaf holds, or fails, as it is needed."""
        return all(self.evaluate(leaf, values) is truth(holds) for leaf, holds in needed)

    def evaluate(self, leaf: Leaf, values: Values) -> Truth:
        """What the leaf gives with those values; every other subject is as in the request."""
        match leaf:
            case ActionMatches():
                action = values.get(Given.ACTION, self.request.action)
                return truth(matches_any(leaf.patterns, str(action)))
            case SubOperationMatches():
                name = values.get(Given.SUBOPERATION, self.request.suboperation)
                asked = Request(self.request.action, None if name is None else str(name))
                return truths(leaf, asked)[id(leaf)]
            case Exists():
                subject = subject_of(leaf.attribute)
                if subject in values:
                    return truth(values[subject] is not None)
                return truths(leaf, self.request)[id(leaf)]
            case Comparison():
                return self._compare(leaf, values)
            case _:
                assert_never(leaf)

    def _compare(self, comparison: Comparison, values: Values) -> Truth:
        changed = [subject for subject in subjects(comparison) if subject in values]
        absent = [subject for subject in changed if values[subject] is None]
        if not absent:
            tried = _substituted(comparison, values)
            return truths(tried, self.request, self.missing)[id(tried)]
        # What is ill-typed outweighs what is absent, and shows beside any well-typed value.
        anything = next(candidate_values(comparison.operator.relation, []))
        tried = _substituted(comparison, {**values, **dict.fromkeys(absent, anything)})
        if truths(tried, self.request, "false")[id(tried)] is Truth.UNKNOWN:
            return Truth.UNKNOWN
        is_two_valued = self.missing == "false" or Given.SUBOPERATION in absent
        return Truth.FALSE if is_two_valued else Truth.UNKNOWN

    def find_values(self, leaf: Leaf, *, holds: bool) -> Values | None:
        """Values with which a leaf holds, or fails: one if that is enough, absent ones first."""
        asked = sorted(subjects(leaf), key=lambda subject: not self._is_absent(leaf, subject))
        tries = [
            [(subject, value) for value in self.candidates(leaf, subject)] for subject in asked
        ]
        singles = (((pair),) for pair in chain.from_iterable(tries))
        pairs = product(*tries) if len(tries) > 1 else ()
        for chosen in chain(singles, pairs):
            values = dict(chosen)
            if self.evaluate(leaf, values) is truth(holds):
                return values
        return None

    def candidates(self, leaf: Leaf, subject: Subject) -> Iterator[Value]:
        """Values of a subject that are worth trying for a leaf that asks about it."""
        if not isinstance(subject, Given):
            yield from self._candidates(leaf, subject)
            return
        yield from (name for name in self._candidates(leaf, subject) if name and type(name) is str)
        if subject is Given.SUBOPERATION:
            yield None

    def _candidates(self, leaf: Leaf, subject: Subject) -> Iterator[Value]:
        match leaf:
            case ActionMatches() | SubOperationMatches():
                yield from (str(p.value).replace("*", "x") for p in leaf.patterns[:_FEW])
                yield _OTHER
            case Exists():
                yield from ("x", None)
            case Comparison():
                compared = [
                    self._members(operand)
                    for operand in (leaf.left, leaf.right)
                    if not isinstance(operand, Attribute) or subject_of(operand) != subject
                ]
                relation = leaf.operator.relation
                yield from candidate_values(relation, list(chain.from_iterable(compared)))
            case _:
                assert_never(leaf)

    def _members(self, operand: Operand) -> tuple[object, ...]:
        """The values an operand has now, one by one."""
        match operand:
            case Attribute():
                value = lookup(self.request, operand)
                return value if isinstance(value, tuple) else (value,)
            case Literal():
                return (operand.value,)
            case SetLiteral():
                return tuple([item.value for item in operand.items])
            case _:
                assert_never(operand)

    def _is_absent(self, leaf: Leaf, subject: Subject) -> bool:
        return any(
            lookup(self.request, attribute) is None
            for attribute in operand_attributes(leaf)
            if subject_of(attribute) == subject
        )


def _substituted(comparison: Comparison, values: Values) -> Comparison:
    """The comparison with literals for the attributes that have a value here."""
    left, right = (_operand(o, values, comparison) for o in (comparison.left, comparison.right))
    return replace(comparison, left=left, right=right)


def _operand(operand: Operand, values: Values, comparison: Comparison) -> Operand:
    value = values.get(subject_of(operand)) if isinstance(operand, Attribute) else None
    if value is None:
        return operand
    kind = comparison.operator.relation.kind
    return Literal(Kind.STRING if kind is Kind.DATETIME else kind, value, operand.span)
