"""Conditions with holes, made of texts with `${…}` or of conditions by taking parts out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from azcond import Span, parse
from azcond.ast import (
    ActionMatches,
    Attribute,
    Comparison,
    Exists,
    Literal,
    Operand,
    SetLiteral,
    SubOperationMatches,
    leaves,
    postorder,
)
from azcond.containers import EmbeddedCondition, Host
from azcond.containers.assembling import Assembly
from azcond.containers.model import Quoting
from azcond.linter.holes.filled import Filled
from azcond.linter.holes.fillings import Filling

_HOLE = re.compile(r"\$\{((?:[^{}]|\{[^{}]*\})*)\}")
_PLAIN = Quoting(lambda text: text, has_lines=True)


def with_holes(text: str) -> EmbeddedCondition:
    """A condition that stands in its file as it is, and whose holes are written `${…}`."""
    made, at = Assembly(), 0
    for match in _HOLE.finditer(text):
        made.add(text[at : match.start()], Span(at, match.start()), _PLAIN)
        made.add_hole(match[0], Span(*match.span()), match[1])
        at = match.end()
    made.add(text[at:], Span(at, len(text)), _PLAIN)
    return made.condition(None, Host.TERRAFORM)


class Piece(NamedTuple):
    """A part of a condition that may be unknown, and the kind of part that it is."""

    kind: str
    span: Span


def pieces(text: str) -> list[Piece]:
    """The parts of a condition that files are likely to fill in."""
    tree = parse(text).ast
    found = [Piece("clause", node.span) for node in postorder(tree)]
    for leaf in leaves(tree):
        match leaf:
            case Comparison():
                found += [*_of_operand(leaf.left, text), *_of_operand(leaf.right, text)]
            case ActionMatches(patterns=patterns) | SubOperationMatches(patterns=patterns):
                found += [Piece("pattern", _inside(pattern.span)) for pattern in patterns]
            case Exists():
                found.append(Piece("attribute", leaf.attribute.span))
    return found


def _of_operand(operand: Operand, text: str) -> Iterator[Piece]:
    literals: tuple[Literal, ...] = ()
    match operand:
        case Attribute():
            yield Piece("attribute", operand.span)
        case Literal():
            literals = (operand,)
        case SetLiteral():
            literals = operand.items
            yield Piece("members", Span(literals[0].span.start, literals[-1].span.end))
    for literal in literals:
        yield Piece("literal", literal.span)
        if text[literal.span.start] == "'" and literal.value:
            yield Piece("text", _inside(literal.span))


def _inside(span: Span) -> Span:
    return Span(span.start + 1, span.end - 1)


class Case(NamedTuple):
    """A condition with holes, and texts that may stand for them; the first are those taken out."""

    condition: EmbeddedCondition
    truths: list[list[str]]


def filled_with(condition: EmbeddedCondition, texts: list[str]) -> Filled:
    """A condition with a text for each of its holes."""
    pairs = zip(condition.holes, texts, strict=True)
    return Filled(condition.text, [Filling(hole.span, text) for hole, text in pairs])


_TEXTS = {
    "text": ["", "*", "logs", "team/*", "x-1"],
    "pattern": ["*", "Example/none"],
    "clause": ["!(ActionMatches{'*'})", "@Environment[isPrivateLink] BoolEquals true"],
}


def punctured(rng: Random, text: str, most: int) -> Case:
    """A condition of which a few random parts are unknown."""
    every = pieces(text)
    chosen: list[Piece] = []
    for piece in rng.sample(every, len(every)):
        start, end = piece.span
        if all(end < one.span.start or one.span.end < start for one in chosen):
            chosen.append(piece)
        if len(chosen) == most:
            break
    chosen.sort(key=lambda piece: piece.span)
    written, at = [], 0
    for number, (_, (start, end)) in enumerate(chosen):
        written += [text[at:start], f"${{var.v{number}}}"]
        at = end
    choices = [_choices(rng, text, piece, every) for piece in chosen]
    truths = [[texts[0] for texts in choices]]
    truths += [[rng.choice(texts) for texts in choices] for _ in range(4)]
    return Case(with_holes("".join([*written, text[at:]])), truths)


def _choices(rng: Random, text: str, piece: Piece, every: list[Piece]) -> list[str]:
    same = [text[start:end] for kind, (start, end) in every if kind == piece.kind]
    others = [*rng.sample(same, min(3, len(same))), *_TEXTS.get(piece.kind, [])]
    if piece.kind == "clause":
        others = [f"({other})" for other in others if not other.startswith("ActionMatches")]
    return [text[piece.span.start : piece.span.end], *others]
