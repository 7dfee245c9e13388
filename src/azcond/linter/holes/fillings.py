"""What to fill the holes of a condition with: texts that differ as much as what may stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum

from azcond._dataclasses import dataclass
from azcond.kinds import guid_value
from azcond.linter.holes.places import Form, Leaf, Place, Position
from azcond.linter.holes.samples import (
    ATTRIBUTES,
    MARK,
    always,
    kind_of,
    literal,
    never,
    opaque,
    operators_between,
    parts_of_string,
    telling_literals,
    topic_of,
)
from azcond.operators import QUANTIFIERS
from azcond.source import Span


class Trial(IntEnum):
    """A way to fill a condition.

    ALIKE: holes of a kind have the same value. APART: several values, and others for each
    expression. REPEATED: what the condition says elsewhere. TELLING: what rules look for.
    """

    ALIKE = 0
    APART = 1
    REPEATED = 2
    TELLING = 3


_MOST_REPEATED = 50
"""How many literals one hole repeats."""

_INSIDE_TOKENS = frozenset({Position.TEXT, Position.KEY, Position.REFERENCE, Position.FRAGMENT})

EXPRESSIONS = frozenset({Position.CLAUSE, Position.TEST, Position.GUARD, Position.TARGET})
"""Positions of holes that stand for one operand."""


DECIDING = frozenset(
    {
        Position.HEAD,
        Position.TAIL,
        Position.OPERATOR,
        Position.QUANTIFIER,
        Position.OPERAND,
        Position.REFERENCE,
    }
)
"""Positions whose holes decide what a whole leaf is about."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in place of a span of a condition.

    One that `covers` replaces more than a hole, and so tells nothing about what was there.
    """

    span: Span
    text: str
    covers: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    """A hole to be filled, in a leaf."""

    place: Place
    leaf: Leaf
    number: int
    trial: Trial
    before: str
    after: str
    filler: Filler

    def literals(self) -> list[str]:
        """Literals for the hole, as they are written; there is at least one."""
        match self.trial:
            case Trial.ALIKE:
                return [literal(self.leaf, 0)]
            case Trial.APART:
                return [literal(self.leaf, 6 * self.number + each) for each in (1, 3, 5)]
            case Trial.REPEATED:
                return list(self.filler.said[topic_of(self.leaf)]) or [literal(self.leaf, 1)]
            case Trial.TELLING:
                return telling_literals(self.leaf, self.filler.granting)


class Filler:
    """Gives the fillings of one condition. `granting` are the roles that can grant roles."""

    def __init__(
        self, form: Form, expressions: Sequence[str], granting: Iterable[str] = ()
    ) -> None:
        self._form = form
        numbers: dict[str, int] = {}
        self._numbers = [numbers.setdefault(each, len(numbers) + 1) for each in expressions]
        self.granting = tuple(granting)
        self.said = _literals_by_topic(form.leaves)

    def concrete(self, trial: Trial) -> list[Filling]:
        """The fillings of a trial, in text order."""
        found: dict[Span, Filling] = {}
        for place in self._form.places:
            leaf = place.leaf
            if leaf is not None and place.position in DECIDING and trial >= Trial.REPEATED:
                clause = never("leaf") if trial is Trial.REPEATED else always("leaf")
                found[leaf.span] = Filling(leaf.span, clause, covers=True)
            else:
                span = self._form.holes[place.hole]
                found[span] = Filling(span, self._text(place, trial))
        return _without_inner(found)

    def abstract(self) -> list[Filling]:
        """Fillings by which every leaf that has a hole may be met or not, whatever else is."""
        found: dict[Span, Filling] = {}
        seen: dict[str, int] = {}
        for place in self._form.places:
            leaf, span = place.leaf, self._form.holes[place.hole]
            if leaf is None and place.position not in EXPRESSIONS:
                found[span] = Filling(span, self._text(place, Trial.ALIKE))
                continue
            span = span if leaf is None else leaf.span
            number = seen.setdefault(self._form.text[span.start : span.end], len(seen))
            found[span] = Filling(span, opaque(f"leaf{number}"), covers=leaf is not None)
        return _without_inner(found)

    def _text(self, place: Place, trial: Trial) -> str:
        """What a hole stands for, on as many lines as it is written on where it can be."""
        start, end = self._form.holes[place.hole]
        number, text = self._numbers[place.hole], self._form.text
        if place.leaf is None:
            filling = _between_leaves(place.position, number)[trial]
        else:
            token = place.token
            around = text[token.start : start], text[end : token.end]
            case = _Case(place, place.leaf, number, trial, *around, self)
            filling = _IN_LEAF[place.position](case)
        if place.position in _INSIDE_TOKENS:
            return filling
        return filling + "\n" * text.count("\n", start, end)


def _literals_by_topic(leaves: Iterable[Leaf]) -> Mapping[str, Sequence[str]]:
    found: dict[str, dict[str, None]] = {}
    for leaf in leaves:
        topic = found.setdefault(topic_of(leaf), {})
        if len(topic) < _MOST_REPEATED:
            topic.update(dict.fromkeys(token.text for token in leaf.literals[:_MOST_REPEATED]))
    return {topic: tuple(texts) for topic, texts in found.items()}


def _without_inner(found: Mapping[Span, Filling]) -> list[Filling]:
    """The fillings in text order, without those inside of others."""
    kept: list[Filling] = []
    for span, filling in sorted(found.items(), key=lambda item: (item[0].start, -item[0].end)):
        if not kept or span.start >= kept[-1].span.end:
            kept.append(filling)
    return kept


def _between_leaves(position: Position, number: int) -> tuple[str, str, str, str]:
    """What may stand for a hole that is no part of a leaf, by trial."""
    one, other = opaque("clause"), opaque(f"clause{number}")
    refused, met = never("clause"), always("clause")
    match position:
        case Position.CLAUSE:
            return one, other, refused, met
        case Position.TEST:
            return one, f"ActionMatches{{'{MARK}.hole/n{number}'}}", refused, met
        case Position.GUARD:
            return one, f"!(ActionMatches{{'{MARK}.hole/n{number}'}})", refused, met
        case Position.TARGET:
            return one, *_TARGETS
        case Position.PREFIX:
            return "", f"{other} AND ", "NOT ", f"{refused} AND "
        case Position.SUFFIX:
            return "", f" AND {other}", f" AND {refused}", f" OR {met}"
        case Position.CONNECTIVE:
            return " AND ", " OR ", f" AND {refused} AND ", f" OR {met} OR "
        case _:
            return "", "", "", ""


_TARGETS = (
    "SubOperationMatches{'Blob.List'}",
    "SubOperationMatches{'Blob.Write.WithTagHeaders'}",
    "NOT SubOperationMatches{'Blob.List'}",
)


def _head(case: _Case) -> str:
    values = case.leaf.literals
    is_guid = bool(values) and guid_value(values[0].text.strip("'")) is not None
    relation = "GuidEquals" if is_guid else "StringEquals"
    quantifier = "ForAnyOfAnyValues:" if case.leaf.right_is_set else ""
    return f"{_operand(case)} {quantifier}{relation} "


def _tail(case: _Case) -> str:
    operator = operators_between(kind_of(case.leaf), "", "")[0]
    return f" {operator} {case.literals()[0]}"


def _operator(case: _Case) -> str:
    fitting = operators_between(kind_of(case.leaf), case.before, case.after)
    alone = not case.before and not case.leaf.operator
    quantifier = "ForAnyOfAnyValues:" if alone and case.leaf.right_is_set else ""
    return f" {quantifier}{fitting[case.trial % len(fitting)]} " if alone else fitting[0]


def _operand(case: _Case) -> str:
    if case.trial is Trial.APART and not case.leaf.function:
        return ATTRIBUTES[kind_of(case.leaf)]
    return f"@Resource[{MARK}.hole/things:n{0 if case.trial is Trial.ALIKE else case.number}]"


def _reference(case: _Case) -> str:
    if "[" in case.before:
        return f"{MARK}{0 if case.trial is Trial.ALIKE else case.number}"
    return ("Resource", "Request", "Principal", "Environment")[case.trial]


def _key(case: _Case) -> str:
    is_alike = case.trial in {Trial.ALIKE, Trial.TELLING}
    is_whole = case.trial is Trial.TELLING and case.after == "]"
    suffix = "<$key_case_sensitive$>" if is_whole else ""
    return f"{MARK}{0 if is_alike else case.number}{suffix}"


def _value(case: _Case) -> str:
    literals = case.literals()
    return f"{{{', '.join(literals)}}}" if len(case.leaf.operator) > 1 else literals[0]


def _member(case: _Case) -> str:
    return ", ".join(case.literals())


def _more(case: _Case) -> str:
    return "" if case.trial is Trial.ALIKE else f", {_member(case)}"


def _text_of_string(case: _Case) -> str:
    before, after = case.before[1:], case.after.removesuffix("'")
    if before or after:
        parts = parts_of_string(case.leaf, case.number, before, after)
        return parts[case.trial % len(parts)]
    several = case.place.in_set and case.trial is not Trial.APART
    literals = case.literals() if several else case.literals()[:1]
    return "', '".join(text.removeprefix("'").removesuffix("'") for text in literals)


def _fragment(case: _Case) -> str:
    return str(case.trial)


def _quantifier(case: _Case) -> str:
    return QUANTIFIERS[case.trial].name


def _nothing(_: _Case) -> str:
    return ""


_IN_LEAF: Mapping[Position, Callable[[_Case], str]] = {
    Position.HEAD: _head,
    Position.TAIL: _tail,
    Position.OPERATOR: _operator,
    Position.QUANTIFIER: _quantifier,
    Position.OPERAND: _operand,
    Position.REFERENCE: _reference,
    Position.KEY: _key,
    Position.VALUE: _value,
    Position.MEMBER: _member,
    Position.MORE: _more,
    Position.TEXT: _text_of_string,
    Position.FRAGMENT: _fragment,
    Position.NOTHING: _nothing,
}
