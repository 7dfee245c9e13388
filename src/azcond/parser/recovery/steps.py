"""The grammar's table, stepped through token by token, and what it is waiting for.

What may follow comes from the table itself, so that no rule of the grammar stands here again.
Nothing is built meanwhile.
"""

from __future__ import annotations

from enum import IntEnum, auto
from functools import cache

from azcond.parser.tables import tables


class Place(IntEnum):
    """What is waited for; integers, because they are quick to look up."""

    EXPRESSION = auto()
    """an operand, a test, `NOT` or an opening parenthesis"""
    OPERATOR = auto()
    """the operator after a left operand"""
    VALUE = auto()
    """the right operand"""
    BRACES = auto()
    """the opening brace after `ActionMatches` or `SubOperationMatches`"""
    PRESENCE = auto()
    """the attribute after `Exists`"""
    ITEM = auto()
    """a value inside braces"""
    LIST = auto()
    """a comma or the closing brace after a value inside braces"""
    CLOSING = auto()
    """the closing parenthesis of `Exists (`"""
    DONE = auto()
    """a connective, a closing parenthesis or the end after an expression"""


_COMPLETION = {
    Place.EXPRESSION: ("EXISTS", "ATTRIBUTE"),
    Place.OPERATOR: ("WORD", "STRING"),
    Place.VALUE: ("STRING",),
    Place.BRACES: ("LBRACE", "STRING", "RBRACE"),
    Place.PRESENCE: ("ATTRIBUTE",),
    Place.ITEM: ("STRING",),
    Place.LIST: ("RBRACE",),
    Place.CLOSING: ("RPAR",),
}
"""What leads from a place towards the end of the expression."""

_OPERANDS = frozenset({"STRING", "ATTRIBUTE"})
"""The terminals that literals and attributes are fed as."""

_AFTER_OPERAND = {
    Place.EXPRESSION: Place.OPERATOR,
    Place.VALUE: Place.DONE,
    Place.ITEM: Place.LIST,
}


class Steps:
    """One run over the table."""

    def __init__(self) -> None:
        self._rows = tables().rows
        self._places = _places()
        self._states = [0]
        self._after_operand = Place.DONE
        self._before_brace = Place.EXPRESSION

    @property
    def started(self) -> bool:
        """Whether anything was fed."""
        return len(self._states) > 1

    @property
    def place(self) -> Place:
        """What the table waits for at this point."""
        return self._places[self._states[-1]] or self._after_operand

    @property
    def expected(self) -> list[str]:
        """The terminals that may come next, as far as the table shows."""
        return sorted(name for name in self._rows[self._states[-1]] if not name.islower())

    def accepts(self, kind: str) -> bool:
        """Whether a terminal may come next, as far as the table shows."""
        return kind in self._rows[self._states[-1]]

    def feed(self, *kinds: str) -> None:
        """Advance over terminals that the place allows."""
        for kind in kinds:
            before = self.place
            fed = self.try_feed(kind)
            assert fed, (kind, before)
            if kind in _OPERANDS:
                self._after_operand = _AFTER_OPERAND.get(before, Place.DONE)
            elif kind == "LBRACE":
                self._before_brace = before
            elif kind == "RBRACE":
                self._after_operand = _AFTER_OPERAND.get(self._before_brace, Place.DONE)

    def try_feed(self, kind: str) -> bool:
        """Advance over a terminal if it may come next."""
        rows, states = self._rows, self._states
        while (step := rows[states[-1]].get(kind)) is not None:
            if isinstance(step, int):
                states.append(step)
                return True
            _, size, rule = step
            del states[-size:]
            target = rows[states[-1]][rule]
            assert isinstance(target, int), rule
            states.append(target)
        return False

    def complete(self, target: Place) -> None:
        """Feed what is missing until `LIST` or `DONE` is reached."""
        while (place := self.place) is not target:
            self.feed(*_COMPLETION[place])


@cache
def _places() -> tuple[Place | None, ...]:
    """The place of each state of the table."""
    return tuple([_place_of({name for name in row if not name.islower()}) for row in tables().rows])


_TELLING = (
    ({"NOT"}, Place.EXPRESSION),
    ({"WORD", "AND"}, None),
    ({"WORD"}, Place.OPERATOR),
    ({"LBRACE", "ATTRIBUTE"}, Place.VALUE),
    ({"LBRACE"}, Place.BRACES),
    ({"ATTRIBUTE"}, Place.PRESENCE),
    ({"STRING"}, Place.ITEM),
    ({"RBRACE"}, Place.LIST),
    ({"OR"}, Place.DONE),
    ({"RPAR"}, Place.CLOSING),
)
"""The first whose terminals may come next tells the place.

Right after an operand (`None`) the table holds what may follow on either side of an operator.
"""


def _place_of(expected: set[str]) -> Place | None:
    for telling, place in _TELLING:
        if telling <= expected:
            return place
    return Place.DONE
