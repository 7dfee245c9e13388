"""What one leaf of a condition is in generated code: its *holds* form and its *fails* form.

Both forms are false when the leaf is unknown. How the text gets at its values is the business of
`azcond.compiler.reads`; `v`, `w`, `l` and `r` are scratch names.
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
from azcond.compiler.elements import any_pattern_test, element_test
from azcond.compiler.reads import Reads
from azcond.interpreter import Missing
from azcond.kinds import Comparable
from azcond.operators import EQUAL, Relation, like_pattern
from azcond.request import Table, place_of


class LeafWriter:
    """Writes the leaves of one generated function."""

    def __init__(self, constants: Constants, missing: Missing, reads: Reads) -> None:
        self._constants = constants
        self._missing = missing
        self._reads = reads

    def write(self, leaf: Leaf, *, holds: bool) -> str:
        """The text of a leaf's form; its operators bind at least as tight as `or`."""
        match leaf:
            case ActionMatches():
                return self._matches(leaf.patterns, self._reads.action(), holds=holds)
            case SubOperationMatches():
                name = self._reads.suboperation()
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

    def _matches(self, patterns: tuple[Literal, ...], name: str, *, holds: bool) -> str:
        wildcards = [compile_action_pattern(str(pattern.value)) for pattern in patterns]
        return any_pattern_test(wildcards, self._constants, holds=holds)(name)

    def _read(self, attribute: Attribute) -> str:
        return self._reads.value(place_of(attribute))

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
        value = self._reads.bound(place_of(left), relation)
        each = ""
        if quantifier:
            over = f"{quantifier.over_left.__name__}({test('e')} for e in {value.members})"
            each = f" or {value.is_list} and {over if holds else f'not {over}'}"
        if holds and relation.predicate is EQUAL and over_right is any and value.usual:
            # Equality holds at once for a value in its usual form; only others need a look.
            converted = f"{value.name} is not None and ({test(value.converted)}{each})"
            others = f" or {converted}" if value.converted else each
            return f"({test(value.usual)}{others})"
        outcome = test(value.comparable) if holds else f"not {test(value.comparable)}"
        absent = ""
        if not holds and self._absent_fails(left):
            absent = f" or {self._reads.absent(place_of(left))}"
        return f"({value.is_scalar} and {outcome}{each}{absent})"

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
        guard = f"{self._reads.suboperation()} is None and " if only_suboperation else ""
        reads = ", ".join(self._read(attribute) for attribute in attributes)
        single = node.operator.quantifier is None
        return f" or {guard}{self._constants.name(only_absent)}({members}, {single}, {reads})"


def _like(value: str, pattern: str) -> bool:
    return like_pattern(pattern).matches(value)
