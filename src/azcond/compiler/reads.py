"""How generated code gets at what it tests: from one request, or from a row of columns."""

from __future__ import annotations

from typing import Protocol

from azcond._dataclasses import dataclass
from azcond.columns import ColumnKey
from azcond.compiler.constants import Constants, listed
from azcond.kinds import Kind
from azcond.operators import Relation
from azcond.request import Place, Table

ACTION, SUBOPERATION = "a", "s"
"""The names of the folded action and the folded suboperation."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Texts about one value under one relation, in the order in which they may run.

    `usual` reads the value in the form it usually has already (empty: there is none), and then
    `converted` makes it comparable (empty: no need). `is_scalar` reads it and tests that it is one
    value of the right kind, whose comparable form is then `comparable`. After either, `is_list`
    tests that it is several values of the right kind, and `members` are those.
    """

    name: str
    usual: str
    converted: str
    is_scalar: str
    comparable: str
    is_list: str
    members: str


class Reads(Protocol):
    """Texts that read; whatever is asked for is there when the expression runs."""

    def action(self) -> str:
        """The folded action."""

    def suboperation(self) -> str:
        """The folded suboperation, or None."""

    def value(self, place: Place) -> str:
        """The raw value at a place, or None."""

    def absent(self, place: Place) -> str:
        """Whether nothing is at a place."""

    def bound(self, place: Place, relation: Relation) -> Bound:
        """The value at a place, for a comparison with constants."""


class RequestReads:
    """From the request `q`; the action and the suboperation are looked up once."""

    def __init__(self, constants: Constants) -> None:
        self._constants = constants
        self.statements: dict[str, None] = {}

    def action(self) -> str:
        """As `Reads`."""
        self.statements[f"{ACTION} = q.folded_action"] = None
        return ACTION

    def suboperation(self) -> str:
        """As `Reads`."""
        self.statements[f"{SUBOPERATION} = q.folded_suboperation"] = None
        return SUBOPERATION

    def value(self, place: Place) -> str:
        """As `Reads`."""
        if place.table is Table.SUBOPERATION:
            return "q.suboperation"
        key = self._constants.name(place.key)
        match place.table:
            case Table.PLAIN:
                return f"q.{place.source}.get({key})"
            case Table.SPELLED:
                return f"q.spelled({self._constants.name(place.source)}).get({key})"
            case Table.KEYS:
                return f"q.keys({self._constants.name(place.source)}, {key})"

    def absent(self, place: Place) -> str:
        """As `Reads`."""
        return f"{self.value(place)} is None"

    def bound(self, place: Place, relation: Relation) -> Bound:
        """As `Reads`."""
        first = f"(v := {self.value(place)})"
        convert = self._constants.name(relation.comparable)
        several = self._constants.name(listed(relation.comparable))
        exact = None if relation.ignore_case else _EXACT_TYPES.get(relation.kind)
        return Bound(
            name="v",
            usual=first if relation.kind in _USUAL and not relation.ignore_case else "",
            converted=f"{convert}(v)" if relation.kind is Kind.GUID else "",
            is_scalar=f"type{first} is {exact}"
            if exact
            else f"(w := {convert}{first}) is not None",
            comparable="v" if exact else "w",
            is_list=f"type(v) is tuple and (w := {several}(v)) is not None",
            members="w",
        )


_EXACT_TYPES = {Kind.STRING: "str", Kind.INTEGER: "int", Kind.BOOLEAN: "bool"}
"""Kinds whose raw values are compared as they are."""

_USUAL = (Kind.STRING, Kind.GUID)
"""Kinds of which a raw value is equal to a comparable one only if it means the same."""


class ColumnReads:
    """From the row: every place has a name of its own. `columns` lists them in order."""

    def __init__(self) -> None:
        self.columns: dict[ColumnKey, str] = {}

    def action(self) -> str:
        """As `Reads`."""
        return self.columns.setdefault("action", ACTION)

    def suboperation(self) -> str:
        """As `Reads`."""
        return self.columns.setdefault("suboperation", SUBOPERATION)

    def value(self, place: Place) -> str:
        """As `Reads`."""
        return self.columns.setdefault(place, f"c{len(self.columns)}")

    def absent(self, place: Place) -> str:
        """As `Reads`."""
        return f"{self.value(place)} is None"

    def bound(self, place: Place, relation: Relation) -> Bound:
        """As `Reads`; the column has comparable values, and tuples of them, already."""
        name = self.columns.setdefault((place, relation.comparable), f"c{len(self.columns)}")
        return Bound(
            name=name,
            usual=name,
            converted="",
            is_scalar=f"{name} is not None and type({name}) is not tuple",
            comparable=name,
            is_list=f"type({name}) is tuple",
            members=name,
        )
