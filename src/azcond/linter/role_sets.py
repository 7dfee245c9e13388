"""Which roles a demand lets someone assign, worked out from its comparisons of role ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from azcond._dataclasses import dataclass
from azcond.ast import (
    And,
    Attribute,
    Comparison,
    Expression,
    Literal,
    Not,
    Operand,
    SetLiteral,
    fold_nodes,
    leaves,
    polarities,
)
from azcond.kinds import Kind, guid_value
from azcond.linter.demands import Demands
from azcond.linter.questions import ASSIGN, ROLE, UNASSIGN, attribute_key
from azcond.operators import EQUAL, NOT_EQUAL
from azcond.source import Span


@dataclass(frozen=True, slots=True)
class RoleSet:
    """The roles with these ids, or, as a complement, all roles but these."""

    ids: frozenset[str]
    is_complement: bool

    def __contains__(self, guid: object) -> bool:
        return (guid in self.ids) is not self.is_complement

    @property
    def is_everything(self) -> bool:
        """Whether every role is in the set."""
        return self.is_complement and not self.ids

    @property
    def is_allow_list(self) -> bool:
        """Whether the set names its roles, and there are some."""
        return bool(self.ids) and not self.is_complement

    @property
    def is_deny_list(self) -> bool:
        """Whether the set names the roles that are not in it."""
        return bool(self.ids) and self.is_complement

    def complement(self) -> RoleSet:
        """The other roles."""
        return RoleSet(self.ids, not self.is_complement)


EVERY_ROLE = RoleSet(frozenset(), is_complement=True)
NO_ROLE = RoleSet(frozenset(), is_complement=False)


def role_literals(comparison: Comparison) -> tuple[Literal, ...]:
    """The literals that a comparison holds against the role; none if it does nothing like it."""
    if comparison.operator.relation.kind is not Kind.GUID:
        return ()
    for operand, opposite in (
        (comparison.left, comparison.right),
        (comparison.right, comparison.left),
    ):
        if isinstance(operand, Attribute) and attribute_key(operand) == ROLE:
            return literals_of(opposite)
    return ()


def literals_of(operand: Operand) -> tuple[Literal, ...]:
    """The literals that an operand is made of."""
    if isinstance(operand, SetLiteral):
        return operand.items
    return (operand,) if isinstance(operand, Literal) else ()


def role_comparisons(parts: Iterable[Expression]) -> Iterator[Comparison]:
    """The comparisons of the role with literals, in text order."""
    for part in parts:
        for leaf in leaves(part):
            if isinstance(leaf, Comparison) and role_literals(leaf):
                yield leaf


def roles_of(comparison: Comparison) -> RoleSet:
    """The roles for which a comparison holds; every role where it does not ask for one."""
    values = [guid_value(literal.value) for literal in role_literals(comparison)]
    ids = frozenset(value for value in values if value is not None)
    if not ids:
        return EVERY_ROLE
    relation, quantifier = comparison.operator.relation, comparison.operator.quantifier
    needs_all = quantifier is not None and quantifier.over_right is all
    if not isinstance(comparison.left, Attribute):
        needs_all = quantifier is not None and quantifier.over_left is all
    if relation.predicate is EQUAL:
        return NO_ROLE if needs_all and len(ids) > 1 else RoleSet(ids, is_complement=False)
    restricts = relation.predicate is NOT_EQUAL and (needs_all or len(ids) == 1)
    return RoleSet(ids, is_complement=True) if restricts else EVERY_ROLE


def assignable_roles(parts: Iterable[Expression]) -> RoleSet:
    """The roles for which all parts can be met, whatever else a request holds."""
    return _meet([_possible_roles(part) for part in parts])


def _possible_roles(tree: Expression) -> RoleSet:
    positive = polarities(tree)

    def combine(node: Expression, operands: Sequence[RoleSet]) -> RoleSet:
        if isinstance(node, Not):
            return operands[0]
        if operands:
            is_met_by_all = isinstance(node, And) is positive[id(node)]
            return _meet(operands) if is_met_by_all else _union(operands)
        if not isinstance(node, Comparison) or not role_literals(node):
            return EVERY_ROLE
        return roles_of(node) if positive[id(node)] else roles_of(node).complement()

    return fold_nodes(tree, combine)


def _meet(sets: Sequence[RoleSet]) -> RoleSet:
    allowed = [one.ids for one in sets if not one.is_complement]
    denied = frozenset[str]().union(*[one.ids for one in sets if one.is_complement])
    if not allowed:
        return RoleSet(denied, is_complement=True)
    return RoleSet(frozenset.intersection(*allowed) - denied, is_complement=False)


def _union(sets: Sequence[RoleSet]) -> RoleSet:
    return _meet([one.complement() for one in sets]).complement()


@dataclass(frozen=True, slots=True)
class Delegation:
    """What a condition demands of assigning and of removing roles, and which roles pass.

    `assigning_lists` and `removing_lists` are the comparisons of the role with literals.
    """

    assigning: tuple[Expression, ...]
    removing: tuple[Expression, ...]
    assigning_lists: tuple[Comparison, ...]
    removing_lists: tuple[Comparison, ...]
    assignable: RoleSet
    removable: RoleSet


def find_delegation(demands: Demands) -> Delegation:
    """What the demands of a condition let someone assign and remove."""
    assigning, removing = demands.of(ASSIGN).parts, demands.of(UNASSIGN).parts
    return Delegation(
        assigning,
        removing,
        tuple(role_comparisons(assigning)),
        tuple(role_comparisons(removing)),
        assignable_roles(assigning),
        assignable_roles(removing),
    )


def always_constrains(parts: Iterable[Expression], keys: frozenset[str]) -> bool:
    """Whether every way to meet the parts goes through a comparison of one of the attributes."""
    return any(_constrains(part, keys) for part in parts)


def _constrains(tree: Expression, keys: frozenset[str]) -> bool:
    positive = polarities(tree)

    def combine(node: Expression, operands: Sequence[bool]) -> bool:
        if isinstance(node, Not):
            return operands[0]
        if operands:
            return any(operands) if isinstance(node, And) is positive[id(node)] else all(operands)
        if not isinstance(node, Comparison):
            return False
        return attribute_key(node.left) in keys or attribute_key(node.right) in keys

    return fold_nodes(tree, combine)


def denying_place(delegation: Delegation) -> Span:
    """Where roles are denied; where the first comparison of roles stands, if it is not plain."""
    lists = delegation.assigning_lists
    denying = (one.span for one in lists if roles_of(one).is_deny_list)
    return next(denying, lists[0].span)
