"""The typed tree of a condition. Every node is frozen and carries its span.

Equality is that of meaning-bearing content: spans are not compared, literals compare by value.
AND, OR and NOT may nest deeply, so whatever walks them goes through `postorder` and never
recurses; `==`, `hash`, `repr` and `pickle` of these three are built on it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, StrEnum
from typing import TypeVar, assert_never

from azcond._dataclasses import dataclass, field
from azcond.kinds import Comparable, Kind
from azcond.operators import Quantifier, Relation, quantifier_named, relation_named
from azcond.source import Span

T = TypeVar("T")

MAX_DEPTH = 256
"""How many levels of AND, OR and NOT may nest (parentheses make no level)."""


class AttributeSource(StrEnum):
    """Where an attribute comes from."""

    ENVIRONMENT = "Environment"
    PRINCIPAL = "Principal"
    REQUEST = "Request"
    RESOURCE = "Resource"


@dataclass(frozen=True, slots=True)
class Attribute:
    """`@Source[id]`; `id` is what stands between the brackets, as written."""

    source: AttributeSource
    id: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Literal:
    """One value as written: `value` is comparable except for date-times, which are strings."""

    kind: Kind
    value: Comparable
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class SetLiteral:
    """`{v, v, …}`, never empty."""

    items: tuple[Literal, ...]
    span: Span = field(compare=False)


Operand = Attribute | Literal | SetLiteral


class IllTyped(Enum):
    """What a literal gives that is not of the relation's kind."""

    VALUE = "ill-typed"


def literal_value(literal: Literal, kind: Kind) -> Comparable | IllTyped:
    """The value of a literal under a relation of a kind, before it is made comparable.

    Date-times are written as strings, so either kind of literal stands for one; a bare GUID is no
    string, and no literal is converted.
    """
    expected = Kind.STRING if kind is Kind.DATETIME else kind
    return literal.value if literal.kind is expected else IllTyped.VALUE


def constant_values(operand: Operand, relation: Relation) -> tuple[Comparable, ...] | None:
    """The comparable values of a literal operand; `()` for an attribute, `None` if ill-typed."""
    match operand:
        case Attribute():
            return ()
        case Literal():
            literals: tuple[Literal, ...] = (operand,)
        case SetLiteral():
            literals = operand.items
        case _:
            assert_never(operand)
    comparable, kind = relation.comparable, relation.kind
    values = [comparable(literal_value(item, kind)) for item in literals]
    present = tuple([value for value in values if value is not None])
    return present if len(present) == len(values) else None


@dataclass(frozen=True, slots=True)
class Operator:
    """A relation, perhaps quantified; `span` covers both words."""

    quantifier: Quantifier | None
    relation: Relation
    span: Span = field(compare=False)

    @property
    def name(self) -> str:
        """The canonical spelling, such as `ForAnyOfAnyValues:GuidEquals`."""
        prefix = f"{self.quantifier.name}:" if self.quantifier else ""
        return prefix + self.relation.name

    def __repr__(self) -> str:
        return f"Operator({self.name!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return operator_named, (self.name, self.span)


def operator_named(name: str, span: Span) -> Operator:
    """The operator of a canonical spelling; the table rows themselves are never copied."""
    quantifier, _, relation = name.rpartition(":")
    row = relation_named(relation)
    assert row is not None, name
    return Operator(quantifier_named(quantifier), row, span)


@dataclass(frozen=True, slots=True)
class ActionMatches:
    """`ActionMatches{'…'}`; several patterns mean any of them."""

    patterns: tuple[Literal, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class SubOperationMatches:
    """`SubOperationMatches{'…'}`; several patterns mean any of them."""

    patterns: tuple[Literal, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Exists:
    """`Exists @Source[id]`."""

    attribute: Attribute
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`operand operator operand`."""

    left: Operand
    operator: Operator
    right: Operand
    span: Span = field(compare=False)


class _Connective:
    """What AND, OR and NOT share: nothing here recurses into the operands."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(self, And | Or | Not) or not isinstance(other, And | Or | Not):
            return NotImplemented
        return self is other or _content(self) == _content(other)

    def __hash__(self) -> int:
        assert isinstance(self, And | Or | Not)
        return hash(tuple(_content(self)))

    def __repr__(self) -> str:
        assert isinstance(self, And | Or | Not)
        return fold_nodes(self, _repr)

    def __reduce__(self) -> tuple[object, ...]:
        assert isinstance(self, And | Or | Not)
        return _unflatten, (_flatten(self),)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class And(_Connective):
    """All operands; two or more."""

    operands: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Or(_Connective):
    """Any operand; two or more."""

    operands: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Not(_Connective):
    """The one operand denied."""

    operand: Expression
    span: Span


Leaf = ActionMatches | SubOperationMatches | Exists | Comparison
"""What a condition asks; AND, OR and NOT combine it."""

Expression = And | Or | Not | Leaf


def children(node: Expression) -> tuple[Expression, ...]:
    """The operands of a connective; nothing for a leaf."""
    match node:
        case And() | Or():
            return node.operands
        case Not():
            return (node.operand,)
        case ActionMatches() | SubOperationMatches() | Exists() | Comparison():
            return ()
        case _:
            assert_never(node)


def postorder(root: Expression) -> Iterator[Expression]:
    """Every node, operands before their connective, in text order."""
    pending, found = [root], []
    while pending:
        node = pending.pop()
        found.append(node)
        pending.extend(children(node))
    return reversed(found)


def leaves(root: Expression) -> Iterator[Leaf]:
    """Every leaf in text order."""
    for node in postorder(root):
        if not isinstance(node, _Connective):
            yield node


def fold_nodes(root: Expression, combine: Callable[[Expression, Sequence[T]], T]) -> T:
    """Compute a value bottom-up: `combine` takes a node and the values of its operands."""
    values: list[T] = []
    for node in postorder(root):
        arity = len(children(node))
        operands = values[len(values) - arity :]
        del values[len(values) - arity :]
        values.append(combine(node, operands))
    return values[0]


def polarities(root: Expression) -> dict[int, bool]:
    """For every node by `id(node)`, whether it stands under an even number of NOTs."""
    positive = {id(root): True}
    pending = [root]
    while pending:
        node = pending.pop()
        below = positive[id(node)] != isinstance(node, Not)
        for child in children(node):
            positive[id(child)] = below
            pending.append(child)
    return positive


def operand_attributes(leaf: Leaf) -> tuple[Attribute, ...]:
    """The attributes that a leaf reads."""
    match leaf:
        case Exists():
            return (leaf.attribute,)
        case Comparison():
            return tuple(o for o in (leaf.left, leaf.right) if isinstance(o, Attribute))
        case ActionMatches() | SubOperationMatches():
            return ()
        case _:
            assert_never(leaf)


_Flat = list[Leaf | tuple[type[And | Or | Not], int, Span]]


def _flatten(root: Expression) -> _Flat:
    flat: _Flat = []
    for node in postorder(root):
        if isinstance(node, And | Or | Not):
            flat.append((type(node), len(children(node)), node.span))
        else:
            flat.append(node)
    return flat


def _unflatten(flat: _Flat) -> Expression:
    values: list[Expression] = []
    for entry in flat:
        if not isinstance(entry, tuple):
            values.append(entry)
            continue
        connective, arity, span = entry
        operands = tuple(values[len(values) - arity :])
        del values[len(values) - arity :]
        if issubclass(connective, Not):
            values.append(connective(operands[0], span))
        else:
            values.append(connective(operands, span))
    return values[0]


def _content(root: Expression) -> list[object]:
    return [entry[:2] if isinstance(entry, tuple) else entry for entry in _flatten(root)]


def _repr(node: Expression, operands: Sequence[str]) -> str:
    if isinstance(node, And | Or | Not):
        return f"{type(node).__name__}({', '.join(operands)})"
    return repr(node)


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition: its text and its tree. Two conditions are equal when their trees are."""

    text: str = field(compare=False)
    ast: Expression
