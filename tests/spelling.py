"""The many ways to write one tree: word case, blanks, parentheses, quotes and dashes."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import assert_never

from azcond.ast import (
    ActionMatches,
    And,
    Attribute,
    Comparison,
    Exists,
    Expression,
    Literal,
    Not,
    Operand,
    Or,
    SetLiteral,
    SubOperationMatches,
)
from azcond.kinds import Kind

BLANKS = (" ", "  ", "\n", "\t", "\r\n ")


def change_case(rng: Random, word: str) -> str:
    """Mostly the word as it is, else in another case."""
    return rng.choice((word, word, word, word.lower(), word.upper(), word.swapcase()))


def spell(tree: Expression, rng: Random) -> str:
    """A text that parses to the tree."""
    text = ""
    for token in _expression(tree, rng):
        if text and _is_word(text[-1]) and _is_word(token[0]):
            text += rng.choice(BLANKS)
        elif text:
            text += rng.choice((" ", "", *BLANKS))
        text += token
    return rng.choice(("", "", " \n")) + text + rng.choice(("", "", "\n"))


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _expression(node: Expression, rng: Random) -> Iterator[str]:
    match node:
        case And():
            yield from _joined(node.operands, ("AND", "&&"), (And, Or), rng)
        case Or():
            yield from _joined(node.operands, ("OR", "||"), (Or,), rng)
        case Not():
            yield _word(rng, ("NOT", "!"))
            yield from _wrapped(node.operand, (And, Or), rng)
        case ActionMatches():
            yield change_case(rng, "ActionMatches")
            yield from _set(node.patterns, rng)
        case SubOperationMatches():
            yield change_case(rng, "SubOperationMatches")
            yield from _set(node.patterns, rng)
        case Exists():
            yield change_case(rng, "Exists")
            attribute = _attribute(node.attribute, rng)
            yield from rng.choice(((attribute,), ("(", attribute, ")")))
        case Comparison():
            yield from _comparison(node, rng)
        case _:
            assert_never(node)


def _word(rng: Random, spellings: tuple[str, str]) -> str:
    return change_case(rng, rng.choice(spellings))


def _joined(
    operands: tuple[Expression, ...],
    word: tuple[str, str],
    weaker: tuple[type, ...],
    rng: Random,
) -> Iterator[str]:
    for index, operand in enumerate(operands):
        if index:
            yield _word(rng, word)
        yield from _wrapped(operand, weaker, rng)


def _wrapped(node: Expression, weaker: tuple[type, ...], rng: Random) -> Iterator[str]:
    pairs = rng.choice((0, 0, 0, 1, 2))
    if isinstance(node, weaker):
        pairs = max(pairs, 1)
    yield from "(" * pairs
    yield from _expression(node, rng)
    yield from ")" * pairs


def _comparison(node: Comparison, rng: Random) -> Iterator[str]:
    quoted = node.operator.relation.kind is Kind.GUID
    yield from _operand(node.left, rng, quoted=quoted)
    if node.operator.quantifier:
        yield change_case(rng, node.operator.quantifier.name)
        yield ":"
    yield change_case(rng, node.operator.relation.name)
    yield from _operand(node.right, rng, quoted=quoted)


def _operand(operand: Operand, rng: Random, *, quoted: bool) -> Iterator[str]:
    match operand:
        case Attribute():
            yield _attribute(operand, rng)
        case Literal():
            yield _literal(operand, rng, quoted=quoted)
        case SetLiteral():
            yield from _set(operand.items, rng, quoted=quoted)
        case _:
            assert_never(operand)


def _set(items: tuple[Literal, ...], rng: Random, *, quoted: bool = False) -> Iterator[str]:
    yield "{"
    for index, item in enumerate(items):
        if index:
            yield ","
        yield _literal(item, rng, quoted=quoted)
    yield "}"


def _attribute(attribute: Attribute, rng: Random) -> str:
    blank = rng.choice(("", "", "", " "))
    return f"@{change_case(rng, attribute.source.value)}{blank}[{attribute.id}]"


def _literal(literal: Literal, rng: Random, *, quoted: bool) -> str:
    match literal.kind:
        case Kind.STRING | Kind.DATETIME:
            text = str(literal.value)
            assert not text.endswith("\\"), "no spelling ends a string in a backslash"
            return "'" + text.replace("'", "\\'") + "'"
        case Kind.INTEGER:
            return str(literal.value)
        case Kind.BOOLEAN:
            return change_case(rng, str(literal.value).lower())
        case Kind.GUID:
            text = change_case(rng, str(literal.value))
            text = rng.choice((text, text, text.replace("-", "")))
            return rng.choice((text, text, f"'{text}'")) if quoted else text
        case _:
            assert_never(literal.kind)
