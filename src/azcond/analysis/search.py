"""Looks for a request that meets some conditions and fails others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from azcond._dataclasses import dataclass
from azcond.analysis.budget import Budget
from azcond.analysis.formula import Formula, Leaves
from azcond.analysis.subjects import State, Subject, Universe, find_subjects
from azcond.ast import Attribute, Expression
from azcond.truth import Truth

_Literal = tuple[int, Truth]
_Choice = tuple[State, dict[int, Truth]]
_Chosen = tuple[tuple[Subject, State], ...]

_LEAF = 40
"""What looking at one leaf costs before the search, in steps."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What a request that was found looks like; whatever is not named does not matter.

    Values are raw ones as a request holds them; `absent` where there is none.
    """

    action: str | None
    suboperation: str | None
    attributes: Mapping[Attribute, object]


def find_request(
    met: Sequence[Expression], failed: Sequence[Expression], universe: Universe, budget: Budget
) -> Witness | None:
    """A request that meets all of `met` and none of `failed`; `None` if there is no such request.

    Raises `UndecidedError` past the budget. Leaves that are taken as independent (see
    `azcond.analysis.subjects`) can make a witness that no request is; its absence is certain.
    """
    budget.spend()  # what is spent already is not worth setting up
    leaves = Leaves()
    wanted = [Formula(tree, leaves) for tree in met]
    unwanted = [Formula(tree, leaves) for tree in failed]
    budget.spend(_LEAF * len(leaves.all()))
    subjects = find_subjects(leaves.all(), universe, budget)
    choices = _Choices(subjects, leaves, wanted, unwanted, budget)
    size = sum(len(formula.parts) for formula in (*wanted, *unwanted))
    pending: list[tuple[dict[int, Truth], _Chosen]] = [({}, ())]
    while pending:
        known, chosen = pending.pop()
        budget.spend(size)
        following = _following(known, wanted, unwanted)
        if following is True:
            return _witness(chosen)
        if following is False:
            continue
        subject, states = choices.about(following)
        for state, values in reversed(states):
            pending.append((known | values, (*chosen, (subject, state))))
    return None


def _following(
    known: Mapping[int, Truth], wanted: Sequence[Formula], unwanted: Sequence[Formula]
) -> int | bool:
    """Whether all is as it should be or can no longer be; if neither, the leaf to look at next."""
    following: int | None = None
    for formulas, goal in ((wanted, True), (unwanted, False)):
        for formula in formulas:
            values = formula.evaluate(known)
            if values[-1] is (not goal):
                return False
            if values[-1] is None and following is None:
                following = formula.open_leaf(values)
    return True if following is None else following


class _Choices:
    """The states of each subject that are worth trying: those that no other one outdoes."""

    def __init__(
        self,
        subjects: Sequence[Subject],
        leaves: Leaves,
        wanted: Sequence[Formula],
        unwanted: Sequence[Formula],
        budget: Budget,
    ) -> None:
        self._numbers = {
            id(subject): tuple([leaves.number(leaf) for leaf in subject.leaves])
            for subject in subjects
        }
        self._subject = {n: each for each in subjects for n in self._numbers[id(each)]}
        self._wanted = {literal for formula in wanted for literal in formula.literals}
        self._unwanted = {literal for formula in unwanted for literal in formula.literals}
        self._budget = budget
        self._known: dict[int, list[_Choice]] = {}

    def about(self, leaf: int) -> tuple[Subject, list[_Choice]]:
        """The subject of a leaf, and its states with what they make of the leaves."""
        subject = self._subject[leaf]
        choices = self._known.get(id(subject))
        if choices is None:
            choices = self._known[id(subject)] = self._undominated(subject)
        return subject, choices

    def _undominated(self, subject: Subject) -> list[_Choice]:
        numbers = self._numbers[id(subject)]
        rated: list[tuple[_Choice, set[_Literal], set[_Literal]]] = []
        for state in subject.states:
            values = dict(zip(numbers, state.values, strict=True))
            helps, harms = values.items() & self._wanted, values.items() & self._unwanted
            self._budget.spend(1 + len(rated))
            if any(helps <= other and harms >= harmed for _, other, harmed in rated):
                continue
            rated = [r for r in rated if not (r[1] <= helps and r[2] >= harms)]
            rated.append(((state, values), helps, harms))
        return [choice for choice, _, _ in rated]


def _witness(chosen: _Chosen) -> Witness:
    named = {subject.about: state.example for subject, state in chosen}
    action, suboperation = named.pop("action", None), named.pop("suboperation", None)
    attributes = {about: value for about, value in named.items() if isinstance(about, Attribute)}
    return Witness(
        action if isinstance(action, str) else None,
        suboperation if isinstance(suboperation, str) else None,
        attributes,
    )
