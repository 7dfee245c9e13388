"""What the leaves of a condition are about, and every way in which they can come out together.

A subject is the action, the suboperation, or an attribute as one kind of value. Its states are
complete, so a claim that holds in all of them holds for every request. Where two leaves are tied
together in a way that is not followed (one attribute read as two kinds, two attributes compared)
they are taken as independent: that admits outcomes which no request has, so it may hide a
"never" or an "always" but never invents one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from azcond._dataclasses import dataclass
from azcond.actions import action_segments
from azcond.analysis.budget import Budget
from azcond.analysis.elements import Test, examples, text_patterns
from azcond.analysis.texts import TextPattern, combinations
from azcond.ast import (
    ActionMatches,
    Attribute,
    Comparison,
    Exists,
    Leaf,
    SubOperationMatches,
    constant_values,
)
from azcond.catalogue import AttributeType, find_attribute
from azcond.interpreter import Missing, compare, matches_any
from azcond.kinds import Kind
from azcond.request import Table, place_of
from azcond.truth import Truth, truth

Values = tuple[Truth, ...]
"""The truth of each leaf of a subject, in order."""


@dataclass(frozen=True, slots=True)
class Range:
    """What an attribute may be beside one value of the right kind, and how its absence reads."""

    absent: bool
    listed: bool
    ill_typed: bool
    missing: Missing = "unknown"


ANYTHING = Range(absent=True, listed=True, ill_typed=True)

Universe = Callable[[Attribute], Range]


def plainly_false(_: Attribute) -> Range:
    """Any request at all, where a comparison with an absent attribute is plainly false."""
    return Range(absent=True, listed=True, ill_typed=True, missing="false")


def everything(_: Attribute) -> Range:
    """Any request at all: for proofs that two conditions decide alike."""
    return ANYTHING


def documented(attribute: Attribute) -> Range:
    """Requests as the documentation has them: what may be absent, and what is a list.

    An attribute that it does not list may be absent and may be a list.
    """
    known = find_attribute(attribute.source, attribute.id)
    if known is None:
        return Range(absent=True, listed=True, ill_typed=False)
    listed = known.may_be_empty or known.type is AttributeType.STRING_LIST
    return Range(absent=known.may_be_absent, listed=listed, ill_typed=False)


@dataclass(frozen=True, slots=True)
class State:
    """One way in which the leaves of a subject come out, and what the subject is then."""

    values: Values
    example: object


@dataclass(frozen=True, slots=True)
class Subject:
    """What some leaves are about; `about` is the attribute, or a name, or nothing known."""

    about: Attribute | str
    leaves: tuple[Leaf, ...]
    states: tuple[State, ...]


_COMPARISON = 16
"""What comparing one value costs, in steps."""

ABSENT = "absent"
ILL_TYPED = 0.5
"""An example value that no relation takes."""


def find_subjects(found: Sequence[Leaf], universe: Universe, budget: Budget) -> tuple[Subject, ...]:
    """The subjects of distinct leaves, each with all its states."""
    groups: dict[object, list[Leaf]] = {}
    for leaf in found:
        groups.setdefault(_group(leaf), []).append(leaf)
    _share_presence(groups)
    kinds = [key[0] for key in groups if isinstance(key, tuple)]
    return tuple(
        [
            _subject(key, tuple(leaves), universe, budget, mixed=_is_mixed(key, kinds))
            for key, leaves in groups.items()
        ]
    )


def _group(leaf: Leaf) -> object:
    match leaf:
        case ActionMatches():
            return "action"
        case SubOperationMatches():
            return "suboperation"
        case Exists():
            place = place_of(leaf.attribute)
            return "suboperation" if place.table is Table.SUBOPERATION else (place, None)
        case Comparison(left=Attribute() as attribute, operator=operator):
            place = place_of(attribute)
            constants = constant_values(leaf.right, operator.relation)
            if constants == ():
                return leaf
            if place.table is Table.SUBOPERATION:
                return "suboperation"
            return (place, operator.relation.kind)
        case _:
            return leaf


def _share_presence(groups: dict[object, list[Leaf]]) -> None:
    """`Exists` joins the comparisons of its attribute, where there are any."""
    for key in [key for key in groups if isinstance(key, tuple) and key[1] is None]:
        for other in groups:
            if isinstance(other, tuple) and other[0] == key[0] and other[1] is not None:
                groups[other] += groups.pop(key)
                break


def _is_mixed(key: object, places: list[object]) -> bool:
    return isinstance(key, tuple) and places.count(key[0]) > 1


def _subject(
    key: object, found: tuple[Leaf, ...], universe: Universe, budget: Budget, *, mixed: bool
) -> Subject:
    if key == "action":
        return Subject("action", found, _name_states(found, budget))
    if key == "suboperation":
        absent = State(tuple([_of_name(leaf, None) for leaf in found]), ABSENT)
        return Subject("suboperation", found, (absent, *_name_states(found, budget)))
    if not isinstance(key, tuple):
        return Subject("", found, _free_states(found[0]))
    first = found[0]
    attribute = first.attribute if isinstance(first, Exists) else first.left  # type: ignore[union-attr]
    assert isinstance(attribute, Attribute)
    span = universe(attribute)
    states = _attribute_states(found, key[1], span, budget, mixed=mixed)
    return Subject(attribute, found, tuple({state.values: state for state in states}.values()))


def _free_states(leaf: Leaf) -> tuple[State, ...]:
    """A leaf that is not followed may come out in any way, unless it reads no attribute."""
    if isinstance(leaf, Comparison) and not isinstance(leaf.left, Attribute):
        constants = constant_values(leaf.right, leaf.operator.relation)
        if constants != ():
            return (State((compare(leaf, lambda _: None),), None),)
    return tuple([State((value,), None) for value in Truth])


def _name_states(found: tuple[Leaf, ...], budget: Budget) -> tuple[State, ...]:
    """The states of the action or of a suboperation that is there."""
    patterns: dict[TextPattern, None] = {}
    for leaf in found:
        if isinstance(leaf, ActionMatches | SubOperationMatches):
            for pattern in leaf.patterns:
                segments = tuple(action_segments(str(pattern.value)))
                patterns[TextPattern(segments, ignore_case=True)] = None
        elif isinstance(leaf, Comparison) and leaf.operator.relation.kind is Kind.STRING:
            relation = leaf.operator.relation
            constants = constant_values(leaf.right, relation) or ()
            patterns |= dict.fromkeys(text_patterns(relation, constants))
    names = combinations(list(patterns), budget, empty=False).values()
    states = [
        State(tuple([_of_name(leaf, name) for leaf in found]), name) for name in names if name
    ]
    return tuple({state.values: state for state in states}.values())


def _of_name(leaf: Leaf, name: str | None) -> Truth:
    match leaf:
        case ActionMatches() | SubOperationMatches():
            return truth(name is not None and matches_any(leaf.patterns, name))
        case Exists():
            return truth(name is not None)
        case Comparison():
            return compare(leaf, lambda _: name)


def _attribute_states(
    found: tuple[Leaf, ...], kind: Kind | None, span: Range, budget: Budget, *, mixed: bool
) -> list[State]:
    states = []
    if span.absent:
        absent = tuple([_of_value(leaf, None, span.missing) for leaf in found])
        states.append(State(absent, ABSENT))
    if span.ill_typed or mixed or kind is None:
        states.append(State(tuple([_of_value(leaf, ILL_TYPED) for leaf in found]), ILL_TYPED))
    if kind is None:
        return states
    tests: list[Test] = []
    for leaf in found:
        if isinstance(leaf, Comparison):
            relation = leaf.operator.relation
            tests.append((relation, constant_values(leaf.right, relation) or ()))
    values = examples(kind, tests, budget)
    budget.spend(_COMPARISON * len(values) * len(found))
    single = [State(tuple([_of_value(leaf, value) for leaf in found]), value) for value in values]
    states += single
    if span.listed:
        states.append(State(tuple([_of_value(leaf, ()) for leaf in found]), ()))
        states += _list_states(found, single, budget)
    return states


def _of_value(leaf: Leaf, value: object, missing: Missing = "unknown") -> Truth:
    if isinstance(leaf, Comparison):
        return compare(leaf, lambda _: value, missing)
    return truth(value is not None)


def _list_states(found: tuple[Leaf, ...], single: Sequence[State], budget: Budget) -> list[State]:
    """The states of lists of two or more values, from those of their members.

    A quantified comparison of a list is the AND or the OR of those of its members; any other one
    is unknown. So joining two lists joins their values leaf by leaf.
    """
    quantifiers = [
        leaf.operator.quantifier if isinstance(leaf, Comparison) else None for leaf in found
    ]
    scalar = [
        isinstance(leaf, Comparison) and q is None
        for leaf, q in zip(found, quantifiers, strict=True)
    ]

    picks: list[Callable[[int, int], int]] = [
        min if quantifier and quantifier.over_left is all else max for quantifier in quantifiers
    ]

    def as_list(state: State) -> tuple[int, ...]:
        pairs = zip(scalar, state.values, strict=True)
        return tuple([(Truth.UNKNOWN if one else value).value for one, value in pairs])

    def join(left: tuple[int, ...], right: tuple[int, ...]) -> tuple[int, ...]:
        return tuple([pick(a, b) for pick, a, b in zip(picks, left, right, strict=True)])

    members = {as_list(state): state.example for state in single}
    lists: dict[tuple[int, ...], tuple[object, ...]] = {
        values: (example, example) for values, example in members.items()
    }
    pending = list(lists)
    for values in pending:
        budget.spend(1 + len(members) * len(found) // 4)
        for member, example in members.items():
            joined = join(values, member)
            if joined not in lists:
                lists[joined] = (*dict.fromkeys((*lists[values], example)),)
                pending.append(joined)
    truths = list(Truth)
    return [State(tuple([truths[v] for v in values]), e) for values, e in lists.items()]
