"""From grammar reductions to nodes. An expression in the making is `(node, start, end)`, where
the extent includes its parentheses, so that a connective's span covers those of its operands.
"""

from __future__ import annotations

import re

from azcond.ast import (
    ActionMatches,
    And,
    Attribute,
    AttributeSource,
    Comparison,
    Exists,
    Expression,
    Literal,
    Not,
    Operand,
    Operator,
    Or,
    SetLiteral,
    SubOperationMatches,
)
from azcond.kinds import Kind, guid_value
from azcond.operators import Quantifier, Relation, quantifier_named, relation_named
from azcond.source import Span

Token = re.Match[str]
"""A terminal where it stands, as the scan of the text gives it."""

Extent = tuple[Expression, int, int]

MAX_INTEGER_DIGITS = 640
"""The longest integer literal; CPython converts this many digits whatever its settings."""

_SOURCES = {source.value.lower(): source for source in AttributeSource}


def source_named(name: str) -> AttributeSource | None:
    """The attribute source of that name, in any case."""
    return _SOURCES.get(name.lower())


def string_content(quoted: str) -> str:
    """What a quoted string stands for: only a quote can be escaped."""
    return quoted[1:-1].replace("\\'", "'")


class UnreadableTextError(Exception):
    """The fast path met something that is not part of the language."""


class Builder:
    """The callbacks that Lark runs on reductions, named by the aliases in the grammar."""

    def group(self, children: tuple[Token, Extent, Token]) -> Extent:
        opener, (node, _, _), closer = children
        return node, opener.start(), closer.end()

    def chain_start(self, children: tuple[Extent, Token, Extent]) -> list[Extent]:
        return [children[0], children[2]]

    def chain_more(self, children: tuple[list[Extent], Token, Extent]) -> list[Extent]:
        chain = children[0]
        chain.append(children[2])
        return chain

    def or_node(self, children: tuple[list[Extent]]) -> Extent:
        operands, span = _join(children[0])
        return Or(operands, span), *span

    def and_node(self, children: tuple[list[Extent]]) -> Extent:
        operands, span = _join(children[0])
        return And(operands, span), *span

    def not_node(self, children: tuple[Token, Extent]) -> Extent:
        word, (operand, _, end) = children
        return Not(operand, Span(word.start(), end)), word.start(), end

    def action_matches(self, children: tuple[Token, Token, list[Literal], Token]) -> Extent:
        word, _, patterns, closer = children
        span = Span(word.start(), closer.end())
        return ActionMatches(tuple(patterns), span), *span

    def suboperation_matches(self, children: tuple[Token, Token, list[Literal], Token]) -> Extent:
        word, _, patterns, closer = children
        span = Span(word.start(), closer.end())
        return SubOperationMatches(tuple(patterns), span), *span

    def exists(self, children: tuple[Token, Token]) -> Extent:
        word, attribute = children
        span = Span(word.start(), attribute.end())
        return Exists(_attribute(attribute), span), *span

    def exists_group(self, children: tuple[Token, Token, Token, Token]) -> Extent:
        word, _, attribute, closer = children
        span = Span(word.start(), closer.end())
        return Exists(_attribute(attribute), span), *span

    def comparison(self, children: tuple[Operand, Operator, Operand]) -> Extent:
        left, operator, right = children
        if operator.relation.kind is Kind.GUID:
            left, right = _with_guids(left), _with_guids(right)
        span = Span(left.span.start, right.span.end)
        return Comparison(left, operator, right, span), *span

    def relation(self, children: tuple[Token]) -> Operator:
        (word,) = children
        return Operator(None, _relation(word), Span(*word.span()))

    def quantified(self, children: tuple[Token, Token, Token]) -> Operator:
        first, _, word = children
        quantifier, relation = quantifier_named(first[0]), _relation(word)
        if not _is_legal(quantifier, relation):
            raise UnreadableTextError
        return Operator(quantifier, relation, Span(first.start(), word.end()))

    def attribute(self, children: tuple[Token]) -> Attribute:
        return _attribute(children[0])

    def set_literal(self, children: tuple[Token, list[Literal], Token]) -> SetLiteral:
        opener, items, closer = children
        return SetLiteral(tuple(items), Span(opener.start(), closer.end()))

    def list_start(self, children: tuple[Literal]) -> list[Literal]:
        return [children[0]]

    def list_more(self, children: tuple[list[Literal], Token, Literal]) -> list[Literal]:
        items = children[0]
        items.append(children[2])
        return items

    def string(self, children: tuple[Token]) -> Literal:
        (token,) = children
        return Literal(Kind.STRING, string_content(token[0]), Span(*token.span()))

    def guid(self, children: tuple[Token]) -> Literal:
        (token,) = children
        value = guid_value(token[0])
        assert value is not None, token[0]
        return Literal(Kind.GUID, value, Span(*token.span()))

    def integer(self, children: tuple[Token]) -> Literal:
        (token,) = children
        if len(token[0]) > MAX_INTEGER_DIGITS:
            raise UnreadableTextError
        return Literal(Kind.INTEGER, int(token[0]), Span(*token.span()))

    def boolean(self, children: tuple[Token]) -> Literal:
        (token,) = children
        return Literal(Kind.BOOLEAN, token[0].lower() == "true", Span(*token.span()))


def _join(chain: list[Extent]) -> tuple[tuple[Expression, ...], Span]:
    return tuple([extent[0] for extent in chain]), Span(chain[0][1], chain[-1][2])


def _relation(word: Token) -> Relation:
    relation = relation_named(word[0])
    if relation is None:
        raise UnreadableTextError
    return relation


def _is_legal(quantifier: Quantifier | None, relation: Relation) -> bool:
    return quantifier is not None and relation.quantifiable


def _attribute(token: Token) -> Attribute:
    name, _, rest = token[0].partition("[")
    source, identifier = source_named(name[1:].strip()), rest[:-1]
    if source is None or not identifier.isprintable() or not identifier.strip():
        raise UnreadableTextError
    return Attribute(source, identifier, Span(*token.span()))


def _with_guids(operand: Operand) -> Operand:
    """Quoted GUIDs under a GUID relation are GUIDs, as bare ones are."""
    match operand:
        case Literal(kind=Kind.STRING):
            return _as_guid(operand)
        case SetLiteral():
            return SetLiteral(tuple([_as_guid(item) for item in operand.items]), operand.span)
        case _:
            return operand


def _as_guid(literal: Literal) -> Literal:
    value = guid_value(literal.value) if literal.kind is Kind.STRING else None
    return literal if value is None else Literal(Kind.GUID, value, literal.span)
