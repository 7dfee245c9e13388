"""What one leaf of a condition is in generated code: its *holds* form and its *fails* form.

Both forms are false when the leaf is unknown. In the text, `q` is the request, `a` its folded
action and `s` its folded suboperation; the rest are scratch names.
"""

from __future__ import annotations

from typing import assert_never

from azcond.actions import compile_action_pattern
from azcond.ast import (
    ActionMatches,
    Attribute,
    Comparison,
    Exists,
    Leaf,
    Literal,
    Operand,
    SubOperationMatches,
    constant_values,
)
from azcond.compiler.constants import Constants, listed, only_absent
from azcond.compiler.elements import ElementTest, any_pattern_test, element_test
from azcond.interpreter import Missing
from azcond.kinds import Comparable, Kind
from azcond.operators import EQUAL, Relation, like_pattern
from azcond.request import Table, place_of

_EXACT_TYPES = {Kind.STRING: "str", Kind.INTEGER: "int", Kind.BOOLEAN: "bool"}
"""Kinds whose raw values are compared as they are."""


class LeafWriter:
    """Writes the leaves of one generated function."""

    def __init__(self, constants: Constants, missing: Missing) -> None:
        self._constants = constants
        self._missing = missing
        self._used: dict[str, str] = {}

    def prologue(self) -> list[str]:
        """The statements that bind what several leaves read."""
        return [f"{name} = {value}" for name, value in self._used.items()]

    def write(self, leaf: Leaf, *, holds: bool) -> str:
        """The text of a leaf's form; its operators bind at least as tight as `or`."""
        match leaf:
            case ActionMatches():
                return self._matches(leaf.patterns, self._action(), holds=holds)
            case SubOperationMatches():
                name = self._suboperation()
                matches = self._matches(leaf.patterns, name, holds=holds)
                if holds:
                    return f"({name} is not None and {matches})"
                return f"({name} is None or {matches})"
            case Exists():
                return f"{self._read(leaf.attribute)} is {'not ' if holds else ''}None"
            case Comparison():
                return self._comparison(leaf, holds=holds)
            case _:
                assert_never(leaf)

    def _action(self) -> str:
        self._used["a"] = "q.folded_action"
        return "a"

    def _suboperation(self) -> str:
        self._used["s"] = "q.folded_suboperation"
        return "s"

    def _matches(self, patterns: tuple[Literal, ...], name: str, *, holds: bool) -> str:
        wildcards = [compile_action_pattern(str(pattern.value)) for pattern in patterns]
        test = any_pattern_test(wildcards, self._constants)(name)
        return test if holds else f"not {test}"

    def _read(self, attribute: Attribute) -> str:
        place = place_of(attribute)
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

    def _comparison(self, node: Comparison, *, holds: bool) -> str:
        relation, single = node.operator.relation, node.operator.quantifier is None
        constants = [constant_values(side, relation) for side in (node.left, node.right)]
        if None in constants or (single and any(len(c or ()) > 1 for c in constants)):
            return "False"
        _, right = constants
        if isinstance(node.left, Attribute) and right:
            return self._against_constants(node, node.left, right, holds=holds)
        return self._against_values(node, holds=holds)

    def _against_constants(
        self, node: Comparison, left: Attribute, right: tuple[Comparable, ...], *, holds: bool
    ) -> str:
        """An attribute on the left, known values on the right: the usual case."""
        operator, constants = node.operator, self._constants
        relation, quantifier = operator.relation, operator.quantifier
        over_right = quantifier.over_right if quantifier else any
        test = element_test(relation, right, over_right, constants)
        read = self._read(left)
        listed_test = ""
        if quantifier:
            members = constants.name(listed(relation.comparable))
            each = f"{quantifier.over_left.__name__}({test('e')} for e in w)"
            listed_test = (
                f" or type(v) is tuple and (w := {members}(v)) is not None"
                f" and {each if holds else f'not {each}'}"
            )
        if holds and relation.predicate is EQUAL and over_right is any:
            return self._equals(relation, test, read, listed_test)
        guard, value = self._guard(relation, read)
        outcome = test(value) if holds else f"not {test(value)}"
        absent = " or v is None" if not holds and self._absent_fails(left) else ""
        return f"({guard} and {outcome}{listed_test}{absent})"

    def _equals(self, relation: Relation, test: ElementTest, read: str, listed_test: str) -> str:
        """Equality holds at once for a value in its usual form; only other values need a look."""
        if relation.kind is Kind.GUID:
            convert = self._constants.name(relation.comparable)
            usual = test(f"(v := {read})")
            return f"({usual} or v is not None and ({test(f'{convert}(v)')}{listed_test}))"
        if relation.kind is Kind.STRING and not relation.ignore_case:
            return f"({test(f'(v := {read})')}{listed_test})"
        guard, value = self._guard(relation, read)
        return f"({guard} and {test(value)}{listed_test})"

    def _guard(self, relation: Relation, read: str) -> tuple[str, str]:
        """The test that a value is of the relation's kind, and the name of its comparable form."""
        exact = None if relation.ignore_case else _EXACT_TYPES.get(relation.kind)
        if exact:
            return f"type(v := {read}) is {exact}", "v"
        convert = self._constants.name(relation.comparable)
        return f"(w := {convert}(v := {read})) is not None", "w"

    def _absent_fails(self, attribute: Attribute) -> bool:
        return self._missing == "false" or place_of(attribute).table is Table.SUBOPERATION

    def _against_values(self, node: Comparison, *, holds: bool) -> str:
        """Either side may be anything: both become lists, and every pair is tried."""
        operator, constants = node.operator, self._constants
        relation, quantifier = operator.relation, operator.quantifier
        members = constants.name(listed(relation.comparable))
        lists = [self._list(side, relation, members) for side in (node.left, node.right)]
        known = f"(l := {lists[0]}) is not None and (r := {lists[1]}) is not None"
        constants.values["like"] = _like
        pair = relation.predicate.source
        if quantifier is None:
            known += " and len(l) == 1 == len(r)"
            outcome = pair.format(left="l[0]", right="r[0]")
        else:
            inner = (
                f"{quantifier.over_right.__name__}({pair.format(left='x', right='y')} for y in r)"
            )
            outcome = f"{quantifier.over_left.__name__}({inner} for x in l)"
        if holds:
            return f"({known} and {outcome})"
        return f"({known} and not {outcome}{self._absent_pair(node, members)})"

    def _list(self, operand: Operand, relation: Relation, members: str) -> str:
        if isinstance(operand, Attribute):
            return f"{members}({self._read(operand)})"
        return self._constants.name(constant_values(operand, relation))

    def _absent_pair(self, node: Comparison, members: str) -> str:
        """When a comparison fails because an operand is absent, and none is ill-typed."""
        attributes = [side for side in (node.left, node.right) if isinstance(side, Attribute)]
        if not any(self._absent_fails(attribute) for attribute in attributes):
            return ""
        only_suboperation = self._missing == "unknown"
        guard = "q.suboperation is None and " if only_suboperation else ""
        reads = ", ".join(self._read(attribute) for attribute in attributes)
        single = node.operator.quantifier is None
        return f" or {guard}{self._constants.name(only_absent)}({members}, {single}, {reads})"


def _like(value: str, pattern: str) -> bool:
    return like_pattern(pattern).matches(value)
