"""What stands for a value, on the right of an operator or in a set, where it is none."""

from __future__ import annotations

import re

from azcond.kinds import Kind
from azcond.operators import Relation, relation_named
from azcond.parser.recovery import wording
from azcond.parser.recovery.findings import Problem
from azcond.parser.recovery.hints import other_dialect
from azcond.parser.recovery.patterns import Lexeme
from azcond.parser.recovery.walk import LITERALS, OPENERS, Walk

_BEGINS_VALUE = LITERALS | OPENERS | {"ATTRIBUTE", "COLON"}
_NULLS = frozenset({"null", "$null", "nil", "none", "undefined"})
_DATE = re.compile(r"'?[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECIMAL = re.compile(
    r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?:\.[0-9]+)?e[-+]?[0-9]+)", re.IGNORECASE
)
_GUID_LIKE = re.compile(r"(?=.{16})[0-9a-f]+(?:-[0-9a-f]+)+|[0-9a-f]{24,40}", re.IGNORECASE)
_GUID_SHAPED = re.compile(r"\w{4,12}(?:-\w{2,6}){3}-\w{6,18}")
_TEMPLATE = re.compile(r"\$+\{|\{\{|<")


def read_value(walk: Walk) -> None:
    """What stands behind an operator."""
    token = walk.token
    match token.kind:
        case "STRING" | "INTEGER" | "BOOLEAN" | "GUID":
            walk.advance("STRING")
        case "ATTRIBUTE":
            walk.advance("ATTRIBUTE")
        case "WORD" | "BARE":
            _read_bare_value(walk)
        case "FOREIGN":
            walk.suspect(token, wording.second_operator, token.text)
            walk.take()
        case "NOT" | "COMMA" | "COLON" | "SEMICOLON":
            walk.suspect(token, wording.unexpected, token.text, "a value")
            walk.take()
        case _:
            walk.conclude()


def _read_bare_value(walk: Walk) -> None:
    token, following, operator = walk.token, walk.peek(), walk.operator
    joined = relation_named(operator.text + token.text) if operator else None
    if following.kind == "LPAR" and following.start == token.end and token.kind == "WORD":
        read_call(walk)
        walk.steps.feed("STRING")
    elif operator and joined:
        both = walk.joined(operator, token)
        walk.blame(wording.split_operator(both.text, joined.name), both, write=joined.name)
        walk.take()
    elif walk.is_operator(walk.index) and _starts_value(walk.peek()):
        walk.suspect(token, wording.second_operator, token.text)
        walk.take()
    else:
        walk.steps.feed("STRING")
        read_words(walk, walk.relation)


def _starts_value(lexeme: Lexeme) -> bool:
    return lexeme.kind in _BEGINS_VALUE


def read_call(walk: Walk) -> None:
    """`ToLower(…)`, `now()`: reported and passed over."""
    token = walk.token
    instead = other_dialect(token.text)
    problem = wording.other_dialect(token.text, instead) if instead else None
    walk.blame(problem or wording.function_call(token.text), token)
    walk.index += 1
    walk.skip_group()


def read_words(walk: Walk, relation: Relation | None) -> None:
    """Report a run of bare words that stands for a value under a relation; go on behind it."""
    end = walk.words_end(walk.index)
    run = walk.joined(walk.token, walk.lexemes[end - 1])
    problem = value_problem(run.text, relation)
    quoted = None
    if problem.code == "SYN006" and (relation is None or relation.kind is Kind.STRING):
        quoted = "'" + run.text.replace("'", "\\'") + "'"
    walk.blame(problem, run, write=quoted, safe=True)
    walk.index = end
    walk.excuse()


def value_problem(text: str, relation: Relation | None) -> Problem:
    """What is wrong with bare words where a value stands."""
    if text.lower() in _NULLS:
        return wording.null_value(text)
    if _TEMPLATE.match(text):
        return wording.placeholder(text)
    if _DECIMAL.fullmatch(text):
        return wording.decimal(text)
    guid = relation is not None and relation.kind is Kind.GUID
    if _GUID_LIKE.fullmatch(text) or (guid and _GUID_SHAPED.fullmatch(text)):
        return wording.malformed_guid(text)
    return wording.unquoted(text, relation)


def is_null(lexeme: Lexeme) -> bool:
    """Whether a token is one of the many words for an absent value."""
    return lexeme.text.lower() in _NULLS


def kind_of(walk: Walk, index: int) -> Kind | None:
    """The kind of the value at an index; of a set, that of its first value."""
    lexemes = walk.lexemes
    if lexemes[index].kind in OPENERS:
        index += 1
    return literal_kind(lexemes[index])


def literal_kind(lexeme: Lexeme) -> Kind | None:
    """The kind that a literal is, or that a bare value was to be."""
    match lexeme.kind:
        case "STRING":
            return Kind.DATETIME if _DATE.match(lexeme.text) else Kind.STRING
        case "INTEGER":
            return Kind.INTEGER
        case "BOOLEAN":
            return Kind.BOOLEAN
        case "GUID":
            return Kind.GUID
        case "BARE":
            return _bare_kind(lexeme.text)
        case _:
            return None


def _bare_kind(text: str) -> Kind:
    if _DECIMAL.fullmatch(text):
        return Kind.INTEGER
    if _GUID_LIKE.fullmatch(text):
        return Kind.GUID
    return Kind.DATETIME if _DATE.match(text) else Kind.STRING
