"""Random conditions and random requests that meet: both draw their values from the same few.

Everything is drawn from a `random.Random`, so that one generator serves Hypothesis (which shrinks
what it draws) and fixed samples of thousands from a seed. Pools start with the plainest member.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st

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
from azcond.kinds import Kind
from azcond.operators import QUANTIFIERS, RELATIONS
from azcond.source import Span
from spelling import change_case, spell

T = TypeVar("T")

NOWHERE = Span(0, 0)

TEXTS = ("red", "Red", "blue", "", "red/blue", "a*b", "straße", "STRASSE", "it's", "İ\\x", "re d")
PATTERNS = ("red", "*", "r*", "?ed", "*b*", "R?D*", "a\\*b", "??", "\\?", "r\\ed", "*e*e", "")
NUMBERS = (5, 0, -1, 10, 20, 10**30)
GUIDS = (
    "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    "12345678-1234-1234-1234-123456789012",
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
)
TIMES = (
    "2026-08-01T12:00:00Z",
    "2026-08-01T12:00:00.0000001Z",
    "2026-08-01T14:00:00+02:00",
    "2026-08-01T12:00:00.5Z",
    "2025-12-31T23:59:59.9999999Z",
)
ACTIONS = ("Example/items/read", "Example/items/write", "Example/items/tags/read", "Other/delete")
ACTION_PATTERNS = (
    "Example/items/read",
    "*",
    "*/read",
    "Example/*",
    "example/ITEMS/*/read",
    "Example/items/writ?",
)
SUBOPERATIONS = ("Item.List", "Item.Read", "item.list")
SUBOPERATION_PATTERNS = ("Item.List", "ITEM.READ", "Item.*", "Item.List.More")

LITERALS: dict[Kind, tuple[str | int | bool, ...]] = {
    Kind.STRING: TEXTS,
    Kind.INTEGER: NUMBERS,
    Kind.BOOLEAN: (True, False),
    Kind.DATETIME: (*TIMES, "2026-02-30T00:00:00Z"),
    Kind.GUID: (*GUIDS, "Reader"),
}

VALUES: dict[Kind, tuple[Any, ...]] = {
    Kind.STRING: TEXTS,
    Kind.INTEGER: NUMBERS,
    Kind.BOOLEAN: (True, False),
    Kind.DATETIME: (*TIMES, datetime(2026, 8, 1, 12, tzinfo=UTC)),
    Kind.GUID: (*GUIDS, GUIDS[0].upper(), GUIDS[1].replace("-", ""), UUID(GUIDS[0])),
}
ILL_TYPED_VALUES = ("soon", 5, True, 0.5, GUIDS[0], TIMES[0], UUID(GUIDS[2]))

TYPE_ID = "Example/items"
DICTIONARY_ID = "Example/items/tags"
KEYS = ("Colour", "Cost centre", "a:b")
PLAIN_IDS = {
    (AttributeSource.ENVIRONMENT, Kind.DATETIME): "UtcNow",
    (AttributeSource.ENVIRONMENT, Kind.BOOLEAN): "isPrivateLink",
}


def attribute_id(source: AttributeSource, kind: Kind) -> str:
    """The id under which requests hold a value of a kind."""
    return PLAIN_IDS.get((source, kind), f"{TYPE_ID}:{kind.name}")


def chance(rng: Random, percent: int) -> bool:
    """True so often; false is the plainer outcome."""
    return rng.randrange(100) >= 100 - percent


def some(rng: Random, draw: Callable[[Random], T], least: int, most: int) -> tuple[T, ...]:
    return tuple([draw(rng) for _ in range(rng.randint(least, most))])


# --- conditions ----------------------------------------------------------------------------


def random_tree(rng: Random, depth: int = 4) -> Expression:
    """A tree of every kind of node; no span of it means anything."""
    if depth == 0 or chance(rng, 35):
        return _leaf(rng)
    match rng.choice(("and", "or", "not", "leaf")):
        case "and":
            return And(some(rng, lambda r: random_tree(r, depth - 1), 2, 3), NOWHERE)
        case "or":
            return Or(some(rng, lambda r: random_tree(r, depth - 1), 2, 3), NOWHERE)
        case "not":
            return Not(random_tree(rng, depth - 1), NOWHERE)
        case _:
            return _leaf(rng)


def _leaf(rng: Random) -> Expression:
    match rng.choice(("comparison",) * 6 + ("action", "suboperation", "exists")):
        case "action":
            return ActionMatches(_patterns(rng, ACTION_PATTERNS), NOWHERE)
        case "suboperation":
            return SubOperationMatches(_patterns(rng, SUBOPERATION_PATTERNS), NOWHERE)
        case "exists":
            return Exists(_attribute(rng, rng.choice(tuple(Kind))), NOWHERE)
        case _:
            return _comparison(rng)


def _patterns(rng: Random, pool: Sequence[str]) -> tuple[Literal, ...]:
    most = 3 if chance(rng, 15) else 1
    return some(rng, lambda r: Literal(Kind.STRING, r.choice(pool), NOWHERE), 1, most)


def _comparison(rng: Random) -> Comparison:
    relation = rng.choice(RELATIONS)
    quantified = relation.quantifiable and chance(rng, 60)
    quantifier = rng.choice(QUANTIFIERS) if quantified else None
    operator = Operator(quantifier, relation, NOWHERE)
    pool = PATTERNS if "Like" in relation.name else LITERALS[relation.kind]
    left = _operand(rng, relation.kind, LITERALS[relation.kind], ("attribute",) * 8, quantified)
    right = _operand(rng, relation.kind, pool, ("attribute",) * 2 + ("literal",) * 3, quantified)
    return Comparison(left, operator, right, NOWHERE)


def _operand(
    rng: Random, kind: Kind, pool: Sequence[str | int | bool], shapes: tuple[str, ...], many: bool
) -> Operand:
    if chance(rng, 4):
        kind = rng.choice(tuple(Kind))
        pool = LITERALS[kind]
    match rng.choice((*shapes, "set", "set") if many else (*shapes, "literal", "set")):
        case "attribute":
            return _attribute(rng, kind)
        case "literal":
            return _literal(rng, kind, pool)
        case _:
            most = 3 if many else 1 + chance(rng, 20)
            return SetLiteral(some(rng, lambda r: _member(r, kind, pool), 1, most), NOWHERE)


def _member(rng: Random, kind: Kind, pool: Sequence[str | int | bool]) -> Literal:
    if chance(rng, 3):
        return Literal(Kind.INTEGER, 7, NOWHERE)
    return _literal(rng, kind, pool)


def _literal(rng: Random, kind: Kind, pool: Sequence[str | int | bool]) -> Literal:
    value = rng.choice(pool)
    is_text = kind is Kind.DATETIME or (kind is Kind.GUID and value not in GUIDS)
    return Literal(Kind.STRING if is_text else kind, value, NOWHERE)


def _attribute(rng: Random, kind: Kind) -> Attribute:
    source = rng.choice(tuple(AttributeSource))
    if kind is not Kind.STRING or chance(rng, 50):
        return Attribute(source, change_case(rng, attribute_id(source, kind)), NOWHERE)
    key = change_case(rng, rng.choice(KEYS))
    forms = (f":{key}", f":{key}<$key_case_sensitive$>", "&$keys$&")
    if chance(rng, 25):
        return Attribute(AttributeSource.REQUEST, change_case(rng, "subOperation"), NOWHERE)
    if chance(rng, 3):
        return Attribute(source, DICTIONARY_ID, NOWHERE)
    return Attribute(source, change_case(rng, DICTIONARY_ID) + rng.choice(forms), NOWHERE)


# --- requests ------------------------------------------------------------------------------


def random_request(rng: Random) -> dict[str, Any]:
    """The arguments of a `Request`, in which most attributes are given and some are not."""
    request: dict[str, Any] = {"action": change_case(rng, rng.choice(ACTIONS))}
    suboperation = rng.choice((None, None, *SUBOPERATIONS))
    if suboperation is None or chance(rng, 80):
        request["suboperation"] = suboperation
    for source in AttributeSource:
        given: dict[str, Any] = {}
        for kind in Kind:
            if not chance(rng, 15):
                given[change_case(rng, attribute_id(source, kind))] = _value(rng, kind)
        request[source.value.lower()] = given | _dictionary(rng)
    if "suboperation" not in request:
        request["request"]["subOperation"] = rng.choice((suboperation, [suboperation]))
    return request


def _value(rng: Random, kind: Kind) -> Any:
    match rng.choice(("scalar",) * 11 + ("list",) * 6 + ("null", "ill-typed", "map")):
        case "scalar":
            return rng.choice(VALUES[kind])
        case "list":
            values = list(some(rng, lambda r: r.choice(VALUES[kind]), 0, 3))
            if chance(rng, 6):
                values.append(rng.choice((None, *ILL_TYPED_VALUES)))
            return values
        case "ill-typed":
            return rng.choice(ILL_TYPED_VALUES)
        case "map" if kind is Kind.STRING:
            return {"part": "red"}
        case _:
            return None


def _dictionary(rng: Random) -> dict[str, Any]:
    """A dictionary attribute as one map, as flat ids, or by its keys alone."""
    name = change_case(rng, DICTIONARY_ID)
    keys = [change_case(rng, key) for key in KEYS if chance(rng, 65)]
    match rng.choice(("map", "flat", "absent", "keys")):
        case "map":
            return {name: {key: rng.choice((*TEXTS[:4], None, 5)) for key in keys}}
        case "flat":
            suffixes = ("", "", "<$key_case_sensitive$>")
            return {f"{name}:{key}{rng.choice(suffixes)}": _flat_value(rng) for key in keys}
        case "keys":
            return {f"{name}&$keys$&": keys}
        case _:
            return {}


def _flat_value(rng: Random) -> Any:
    return rng.choice((*TEXTS[:4], None, ["red"], ["red", "blue"], []))


# --- for Hypothesis ------------------------------------------------------------------------

_randoms = st.randoms(use_true_random=False)


def trees() -> st.SearchStrategy[Expression]:
    return _randoms.map(random_tree)


def texts() -> st.SearchStrategy[str]:
    """Condition texts of every spelling."""
    return _randoms.map(lambda rng: spell(random_tree(rng), rng))


def requests() -> st.SearchStrategy[dict[str, Any]]:
    return _randoms.map(random_request)
