"""What would have to differ for a condition to be met: a smallest set of leaves to change.

The action is what was asked, so it changes only when nothing else helps, and the suboperation only
just before it. Whether a leaf can change is tried out on values made from what it compares, and
the values found must suit every other leaf that the answer relies on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from azcond._dataclasses import dataclass
from azcond.ast import And, Attribute, Expression, Leaf, Not, Or, children, operand_attributes
from azcond.explanation.trial import Given, Subject, Trial, Value, subject_of, subjects
from azcond.interpreter import Missing
from azcond.request import Request, Table, place_of
from azcond.truth import Truth, truth


@dataclass(frozen=True, slots=True)
class Change:
    """A leaf that would have to hold, or would have to fail, and does not now."""

    leaf: Leaf
    holds: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A value with which a change comes true; `None` is absent."""

    subject: Attribute | Given
    value: str | int | bool | None


@dataclass(frozen=True, slots=True)
class Remedy:
    """A smallest set of changes that makes a condition met; none when none was found.

    `examples` are values that make all changes come true together. Where none were found the
    changes may contradict each other or what holds now, and then `changes` lists everything that
    is asked of what would have to change. `has_alternatives` says that other changes would do.
    """

    changes: tuple[Change, ...]
    examples: tuple[Example, ...]
    has_alternatives: bool

    @property
    def is_possible(self) -> bool:
        """Whether the changes are known to come true together."""
        return bool(self.examples)


NOTHING = Remedy((), (), has_alternatives=False)

_Need = tuple[Expression, bool]
_Reliance = tuple[Leaf, bool]

_PRICES = {Given.SUBOPERATION: 10**8, Given.ACTION: 10**16}
_ATTRIBUTE_PRICE, _NEVER = 1, 10**24
"""Prices so far apart that no number of the one outweighs the next."""

_MAX_TRIES = 32
"""How many values are tried for one subject."""


def find_remedy(
    tree: Expression, found: Mapping[int, Truth], request: Request, missing: Missing
) -> Remedy:
    """What to change in a request for which `found`, the truths of all nodes, is not met."""
    trial = Trial(request, missing)
    prices = _Prices(tree, found, trial)
    if prices.of(tree, holds=True) >= _NEVER:
        return NOTHING
    relied, has_alternatives = _rely(tree, prices)
    changes = [needed for needed in relied if found[id(needed[0])] is not truth(needed[1])]
    values = _first_values(changes, trial)
    involved = _involved(values, relied)
    examples = _examples(values, involved, trial)
    listed = changes if examples else chain.from_iterable(involved.values())
    unique = dict.fromkeys(Change(*needed) for needed in listed)
    return Remedy(tuple(unique), examples, has_alternatives)


class _Prices:
    """What it costs that a node of a tree becomes what it has to be for the tree to hold."""

    def __init__(self, tree: Expression, found: Mapping[int, Truth], trial: Trial) -> None:
        self._found = found
        self._prices: dict[int, int] = {}
        for node, holds in reversed(self._lacking(tree)):
            match node:
                case And() | Or():
                    gather = sum if isinstance(node, And) is holds else min
                    price = gather([self.of(operand, holds=holds) for operand in node.operands])
                case Not():
                    price = self.of(node.operand, holds=not holds)
                case _:
                    price = _leaf_price(node, holds=holds, trial=trial)
            self._prices[id(node)] = price

    def of(self, node: Expression, *, holds: bool) -> int:
        """The price of one node: nothing where it is already as it has to be."""
        if self._found[id(node)] is truth(holds):
            return 0
        return self._prices.get(id(node), _NEVER)

    def _lacking(self, tree: Expression) -> list[_Need]:
        """The nodes that are not as they have to be, each before its operands."""
        lacking: list[_Need] = []
        pending: list[_Need] = [(tree, True)]
        while pending:
            node, holds = pending.pop()
            if self._found[id(node)] is not truth(holds):
                lacking.append((node, holds))
                below = holds is not isinstance(node, Not)
                pending += [(operand, below) for operand in children(node)]
        return lacking


def _leaf_price(leaf: Leaf, *, holds: bool, trial: Trial) -> int:
    values = trial.find_values(leaf, holds=holds)
    if values is None:
        return _NEVER
    return max(
        _PRICES[subject] if isinstance(subject, Given) else _ATTRIBUTE_PRICE for subject in values
    )


def _rely(tree: Expression, prices: _Prices) -> tuple[list[_Reliance], bool]:
    """The leaves that together make the tree hold at the least price, and how each must be.

    Also whether something else would do at some place where there is a choice.
    """
    relied: list[_Reliance] = []
    has_alternatives = False
    pending: list[_Need] = [(tree, True)]
    while pending:
        node, holds = pending.pop()
        match node:
            case And() | Or() if isinstance(node, And) is holds:
                pending += [(operand, holds) for operand in reversed(node.operands)]
            case And() | Or():
                priced = [(prices.of(operand, holds=holds), operand) for operand in node.operands]
                (least, cheapest), (second, _) = sorted(priced, key=lambda pair: pair[0])[:2]
                has_alternatives |= least > 0 and second < _next_tier(least)
                pending.append((cheapest, holds))
            case Not():
                pending.append((node.operand, not holds))
            case _:
                relied.append((node, holds))
    return relied, has_alternatives


def _next_tier(price: int) -> int:
    """The price from which on something else has to change too."""
    return min(tier for tier in (*_PRICES.values(), _NEVER) if price < tier)


def _first_values(changes: Iterable[_Reliance], trial: Trial) -> dict[Subject, Value]:
    """For every subject that has to change, a value that suits the first leaf to ask about it."""
    values: dict[Subject, Value] = {}
    for leaf, holds in changes:
        for subject, value in (trial.find_values(leaf, holds=holds) or {}).items():
            values.setdefault(subject, value)
    return values


def _involved(
    changing: Iterable[Subject], relied: Iterable[_Reliance]
) -> dict[Subject, list[_Reliance]]:
    """What is asked of every subject that has to change."""
    involved: dict[Subject, list[_Reliance]] = {subject: [] for subject in changing}
    for needed in relied:
        for subject in subjects(needed[0]):
            if subject in involved:
                involved[subject].append(needed)
    return involved


def _examples(
    values: dict[Subject, Value], involved: dict[Subject, list[_Reliance]], trial: Trial
) -> tuple[Example, ...]:
    """Values that suit all leaves together, as far as trying finds any."""
    for subject, needed in involved.items():
        for value in islice(_tries(subject, values[subject], needed, trial), _MAX_TRIES):
            values[subject] = value
            if trial.suits(values, needed):
                break
    examples = []
    for subject, needed in involved.items():
        name = _name(subject, needed)
        if name is None or not trial.suits(values, needed):
            return ()
        examples.append(Example(name, values[subject]))
    return tuple(examples)


def _tries(
    subject: Subject, first: Value, needed: list[_Reliance], trial: Trial
) -> Iterator[Value]:
    """Values worth trying for everything that is asked of one subject."""
    yield first
    by_leaf = (trial.candidates(leaf, subject) for leaf, _ in needed[:_MAX_TRIES])
    firsts = [value for tries in by_leaf for value in islice(tries, 1) if isinstance(value, str)]
    if firsts:
        yield from ("".join(firsts), "".join(reversed(firsts)))
    yield from chain.from_iterable(trial.candidates(leaf, subject) for leaf, _ in needed)


def _name(subject: Subject, needed: list[_Reliance]) -> Attribute | Given | None:
    """The subject as the leaves name it; `None` if they need a key to have two spellings."""
    if isinstance(subject, Given):
        return subject
    named = [one for leaf, _ in needed for one in operand_attributes(leaf)]
    named = [one for one in named if subject_of(one) == subject]
    places = {place_of(one): one for one in named}
    spelled = [one for place, one in places.items() if place.table is Table.SPELLED]
    if len(spelled) > 1:
        return None
    return spelled[0] if spelled else named[0]
