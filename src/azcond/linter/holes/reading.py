"""Finds where each hole of a condition stands, which tells what it can stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum

from azcond.catalogue import find_attribute_by_id
from azcond.kinds import fold
from azcond.linter.holes.places import Form, Leaf, Place, Position
from azcond.linter.holes.tokens import Kind, Token, find_tokens, free_character, masked
from azcond.source import Span


def find_places(text: str, holes: Sequence[Span]) -> Form:
    """Where the holes of a text stand, none of which is empty. Takes any text, in linear time."""
    mark = free_character(text)
    tokens = find_tokens(masked(text, holes, mark), mark)
    reader = _Reader(tokens, holes)
    reader.read()
    found = {place.hole: place for place in reader.places}
    places = tuple(
        found.get(number) or Place(number, Position.NOTHING, hole)
        for number, hole in enumerate(holes)
    )
    return Form(text, tuple(holes), mark, tuple(tokens), places, tuple(reader.leaves))


class _State(StrEnum):
    """What is expected next."""

    OPERAND = "an expression"
    OPERATOR = "an operator"
    VALUE = "the right operand"
    CONNECTIVE = "a connective"


_BEFORE_LEFT = frozenset({_State.OPERAND, _State.CONNECTIVE})
_OF_LITERALS = frozenset({Position.TEXT, Position.FRAGMENT, Position.MEMBER, Position.MORE})
_STARTS_OPERAND = frozenset({Kind.STRING, Kind.LITERAL, Kind.BRACE})
_STARTS_EXPRESSION = frozenset(
    {Kind.ATTRIBUTE, Kind.OPENER, Kind.FUNCTION, Kind.EXISTS, Kind.NOT, Kind.HOLE}
)
_STARTS_VALUE = _STARTS_OPERAND | {Kind.ATTRIBUTE, Kind.HOLE, Kind.FRAGMENT}


_LEAST_BESIDE = 2
"""How many tokens stand at least before an operand that is beside another."""


class _Reader:
    """One pass over the tokens, which takes whatever comes."""

    def __init__(self, tokens: Sequence[Token], holes: Sequence[Span]) -> None:
        self.places: list[Place] = []
        self.leaves: list[Leaf] = []
        self._tokens = tokens
        self._holes = holes
        self._starts = [hole.start for hole in holes]
        self._at = 0
        self._state = _State.OPERAND
        self._leaf: Leaf | None = None

    def read(self) -> None:
        """Find all places."""
        while self._at < len(self._tokens):
            self._take(self._tokens[self._at])
            self._at += 1

    def _take(self, token: Token) -> None:
        match token.kind:
            case Kind.OPENER if self._leaf is None:
                self._state = _State.OPERAND
            case Kind.CLOSER if not self._is_in_exists():
                self._close_before()
                self._state = _State.CONNECTIVE
            case Kind.CONNECTIVE | Kind.NOT:
                self._close_before()
                self._state = _State.OPERAND
            case Kind.FUNCTION | Kind.EXISTS:
                self._open(token, fold(token.text))
                self._state = _State.VALUE
            case Kind.ATTRIBUTE | Kind.STRING | Kind.LITERAL | Kind.BRACE:
                self._operand(token)
            case Kind.HOLE:
                self._hole(token)
            case Kind.WORD | Kind.FRAGMENT:
                self._word(token)
            case Kind.END:
                self._close_before()
            case _:
                pass

    def _is_in_exists(self) -> bool:
        return self._leaf is not None and self._leaf.function == "exists"

    def _open(self, token: Token, function: str = "") -> Leaf:
        self._close_before()
        self._leaf = Leaf(token.span.start, token.span.end, function)
        self.leaves.append(self._leaf)
        return self._leaf

    def _close(self) -> None:
        """End the leaf that is open, if there is one, with this token."""
        if self._leaf is not None:
            self._leaf.end = self._tokens[self._at].span.end
            self._leaf = None

    def _close_before(self) -> None:
        if self._leaf is not None:
            self._leaf.end = self._tokens[self._at - 1].span.end
            self._leaf = None

    def _operand(self, token: Token) -> None:
        """An operand on the left, where none is, or on the right."""
        leaf = self._leaf or self._open(token)
        is_left = self._state in _BEFORE_LEFT
        if token.kind is Kind.ATTRIBUTE:
            self._reference(token, leaf)
        elif token.kind is Kind.BRACE:
            leaf.right_is_set = not is_left
            self._set(leaf)
        else:
            self._literal(token, leaf, in_set=False)
        if is_left:
            self._state = _State.OPERATOR
        else:
            self._close()
            self._state = _State.CONNECTIVE

    def _reference(self, token: Token, leaf: Leaf) -> None:
        bracket = token.text.index("[") + 1
        name = token.text[bracket:].removesuffix("]")
        positions = []
        for number in self._holes_in(token.span):
            at = self._holes[number].start - token.span.start - bracket
            positions.append(Position.KEY if _is_key(name, at) else Position.REFERENCE)
            self._place(number, positions[-1], token.span, leaf)
        if Position.REFERENCE not in positions:
            leaf.attribute = leaf.attribute or name

    def _literal(self, token: Token, leaf: Leaf, *, in_set: bool) -> None:
        numbers = list(self._holes_in(token.span))
        position = Position.TEXT if token.kind is Kind.STRING else Position.FRAGMENT
        for number in numbers:
            self._place(number, position, token.span, leaf, in_set=in_set)
        if not numbers:
            leaf.literals.append(token)

    def _set(self, leaf: Leaf) -> None:
        """All up to the brace that closes a set."""
        follows_value = False
        while self._tokens[self._at + 1].kind not in {Kind.END, Kind.CONNECTIVE}:
            self._at += 1
            token = self._tokens[self._at]
            match token.kind:
                case Kind.END_BRACE:
                    return
                case Kind.COMMA:
                    follows_value = False
                case Kind.HOLE:
                    position = Position.MORE if follows_value else Position.MEMBER
                    self._bare(token, position, leaf, in_set=True)
                    follows_value = True
                case Kind.STRING | Kind.LITERAL | Kind.FRAGMENT:
                    self._literal(token, leaf, in_set=True)
                    follows_value = True
                case _:
                    pass

    def _word(self, token: Token) -> None:
        """A word, which is a part of the operator where one is expected."""
        if self._state is not _State.OPERATOR or self._leaf is None:
            if token.kind is Kind.FRAGMENT or self._state is _State.VALUE:
                self._operand(token)
            return
        self._operator_part(token, Position.OPERATOR)
        if self._next is Kind.COLON:
            self._relation_after_colon()
        self._state = _State.VALUE

    def _operator_part(self, token: Token, position: Position) -> None:
        leaf = self._leaf
        assert leaf is not None
        numbers = list(self._holes_in(token.span))
        for number in numbers:
            self._place(number, position, token.span, leaf)
        if not numbers:
            leaf.operator.append(token.text)

    def _relation_after_colon(self) -> None:
        self._at += 1
        if self._next in {Kind.WORD, Kind.FRAGMENT, Kind.HOLE}:
            self._at += 1
            self._operator_part(self._tokens[self._at], Position.OPERATOR)

    @property
    def _next(self) -> Kind:
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)].kind

    def _hole(self, token: Token) -> None:
        """A hole that stands alone: its neighbours tell what it is."""
        follows = self._next
        match self._state:
            case _State.VALUE:
                test = self._is_in_exists()
                leaf = self._leaf or self._open(token)
                self._bare(token, Position.OPERAND if test else Position.VALUE, leaf)
                self._close()
                self._state = _State.CONNECTIVE
            case _State.OPERATOR:
                self._hole_as_operator(token, follows)
            case _State.CONNECTIVE:
                joins = follows in _STARTS_EXPRESSION or follows in _STARTS_OPERAND
                self._bare(token, Position.CONNECTIVE if joins else Position.SUFFIX)
                self._state = _State.OPERAND if joins else _State.CONNECTIVE
            case _State.OPERAND:
                self._hole_as_operand(token, follows)

    def _hole_as_operand(self, token: Token, follows: Kind) -> None:
        if follows in {Kind.WORD, Kind.FRAGMENT}:
            self._bare(token, Position.OPERAND, self._open(token))
            self._state = _State.OPERATOR
        elif follows in _STARTS_OPERAND:
            self._bare(token, Position.HEAD, self._open(token))
            self._state = _State.VALUE
        elif follows in _STARTS_EXPRESSION:
            self._bare(token, Position.PREFIX)
        else:
            self._bare(token, self._kind_of_clause())
            self._state = _State.CONNECTIVE

    def _kind_of_clause(self) -> Position:
        """By what AND joins it to: people join clauses in parentheses, and tests to what they are
        for.
        """
        if self._is_beside_test():
            return Position.TARGET
        before, after = self._at - 1, self._at + 1
        while self._kind(before) is Kind.OPENER and self._kind(after) is Kind.CLOSER:
            before, after = before - 1, after + 1
        words = {self._connective(before), self._connective(after)}
        if not words.isdisjoint({"or", "||"}):
            return Position.GUARD
        is_beside_group = (
            self._kind(before - 1) is Kind.CLOSER or self._kind(after + 1) is Kind.OPENER
        )
        is_clause = is_beside_group and not words.isdisjoint({"and", "&&"})
        return Position.CLAUSE if is_clause else Position.TEST

    def _kind(self, at: int) -> Kind:
        return self._tokens[at].kind if 0 <= at < len(self._tokens) else Kind.END

    def _connective(self, at: int) -> str:
        return fold(self._tokens[at].text) if self._kind(at) is Kind.CONNECTIVE else ""

    def _is_beside_test(self) -> bool:
        """Whether a test of the action and a connective stand right before."""
        if not self.leaves or self._at < _LEAST_BESIDE:
            return False
        before, last = self._tokens[self._at - 2], self.leaves[-1]
        return last.function == "actionmatches" and before.span.end == last.end

    def _hole_as_operator(self, token: Token, follows: Kind) -> None:
        leaf = self._leaf or self._open(token)
        if follows is Kind.COLON:
            self._bare(token, Position.QUANTIFIER, leaf)
            self._relation_after_colon()
            self._state = _State.VALUE
        elif follows in _STARTS_VALUE:
            self._bare(token, Position.OPERATOR, leaf)
            self._state = _State.VALUE
        elif follows is Kind.WORD:
            self._bare(token, Position.NOTHING, leaf)
        else:
            self._bare(token, Position.TAIL, leaf)
            self._close()
            self._state = _State.CONNECTIVE

    def _bare(
        self, token: Token, position: Position, leaf: Leaf | None = None, *, in_set: bool = False
    ) -> None:
        """The holes of a token that is nothing else; the first stands for all of them."""
        first, *others = self._holes_in(token.span)
        self._place(first, position, self._holes[first], leaf, in_set=in_set)
        for number in others:
            self._place(number, Position.NOTHING, self._holes[number], leaf)

    def _place(
        self,
        number: int,
        position: Position,
        token: Span,
        leaf: Leaf | None,
        *,
        in_set: bool = False,
    ) -> None:
        self.places.append(Place(number, position, token, leaf, in_set))
        if leaf is not None and position in _OF_LITERALS and self._state in _BEFORE_LEFT:
            leaf.left_is_open = True

    def _holes_in(self, span: Span) -> Iterator[int]:
        at = bisect_left(self._starts, span.start)
        while at < len(self._starts) and self._starts[at] < span.end:
            yield at
            at += 1


def _is_key(name: str, at: int) -> bool:
    """Whether an offset of an attribute's id is in the key of a dictionary."""
    kind, colon, _ = name.partition(":")
    if not colon or at <= len(kind):
        return False
    known = find_attribute_by_id(f"{kind}:x")
    return known is not None and known.takes_key
