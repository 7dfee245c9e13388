"""The rows of the operator table, one per relation, each with examples that the tests run."""

from __future__ import annotations

from azcond.kinds import Kind
from azcond.operators.predicates import (
    AT_LEAST,
    AT_MOST,
    EQUAL,
    LESS,
    LIKE,
    MORE,
    NOT_EQUAL,
    NOT_LIKE,
    NOT_STARTS,
    STARTS,
    Predicate,
)
from azcond.operators.relation import Example, Relation
from azcond.truth import Truth

_ExampleCells = tuple[str | int | bool | None, str, Truth]


def _row(
    name: str,
    kind: Kind,
    predicate: Predicate,
    negation: str,
    summary: str,
    *examples: _ExampleCells,
    quantifiable: bool = False,
) -> Relation:
    rows = tuple(Example(*example) for example in examples)
    ignore_case = name.endswith("IgnoreCase")
    return Relation(name, kind, predicate, negation, quantifiable, ignore_case, summary, rows)


_TRUE, _FALSE, _UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
_EARLIER = "2026-08-01T12:00:00Z"
_NOON = "2026-08-01T12:00:00.0000001Z"
_LATER = "2026-08-01T12:00:00.0000002Z"
_ROLE = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
_OTHER_ROLE = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"

_BOOLEAN = (
    _row(
        "BoolEquals",
        Kind.BOOLEAN,
        EQUAL,
        "BoolNotEquals",
        "the booleans are equal",
        (True, "true", _TRUE),
        (False, "true", _FALSE),
        (None, "true", _UNKNOWN),
        ("true", "true", _UNKNOWN),
    ),
    _row(
        "BoolNotEquals",
        Kind.BOOLEAN,
        NOT_EQUAL,
        "BoolEquals",
        "the booleans differ",
        (False, "true", _TRUE),
        (True, "true", _FALSE),
        (None, "true", _UNKNOWN),
    ),
)

_STRING = (
    _row(
        "StringEquals",
        Kind.STRING,
        EQUAL,
        "StringNotEquals",
        "the texts are equal, case included",
        ("logs", "'logs'", _TRUE),
        ("Logs", "'logs'", _FALSE),
        (None, "'logs'", _UNKNOWN),
        (5, "'5'", _UNKNOWN),
        quantifiable=True,
    ),
    _row(
        "StringNotEquals",
        Kind.STRING,
        NOT_EQUAL,
        "StringEquals",
        "the texts differ, if only in case",
        ("Logs", "'logs'", _TRUE),
        ("logs", "'logs'", _FALSE),
        (None, "'logs'", _UNKNOWN),
        quantifiable=True,
    ),
    _row(
        "StringEqualsIgnoreCase",
        Kind.STRING,
        EQUAL,
        "StringNotEqualsIgnoreCase",
        "the texts are equal but for case",
        ("Logs", "'lOGS'", _TRUE),
        ("strasse", "'straße'", _FALSE),
        (None, "'logs'", _UNKNOWN),
        quantifiable=True,
    ),
    _row(
        "StringNotEqualsIgnoreCase",
        Kind.STRING,
        NOT_EQUAL,
        "StringEqualsIgnoreCase",
        "the texts differ in more than case",
        ("data", "'logs'", _TRUE),
        ("LOGS", "'logs'", _FALSE),
        (None, "'logs'", _UNKNOWN),
        quantifiable=True,
    ),
    _row(
        "StringStartsWith",
        Kind.STRING,
        STARTS,
        "StringNotStartsWith",
        "the left text begins with the right one, case included",
        ("logs/2026", "'logs/'", _TRUE),
        ("Logs/2026", "'logs/'", _FALSE),
        (None, "'logs/'", _UNKNOWN),
    ),
    _row(
        "StringNotStartsWith",
        Kind.STRING,
        NOT_STARTS,
        "StringStartsWith",
        "the left text does not begin with the right one, case included",
        ("Logs/2026", "'logs/'", _TRUE),
        ("logs/2026", "'logs/'", _FALSE),
        (None, "'logs/'", _UNKNOWN),
    ),
    _row(
        "StringStartsWithIgnoreCase",
        Kind.STRING,
        STARTS,
        "StringNotStartsWithIgnoreCase",
        "the left text begins with the right one, but for case",
        ("LOGS/2026", "'logs/'", _TRUE),
        ("data/logs/", "'logs/'", _FALSE),
        (None, "'logs/'", _UNKNOWN),
    ),
    _row(
        "StringNotStartsWithIgnoreCase",
        Kind.STRING,
        NOT_STARTS,
        "StringStartsWithIgnoreCase",
        "the left text does not begin with the right one in any case",
        ("data/logs/", "'logs/'", _TRUE),
        ("LOGS/2026", "'logs/'", _FALSE),
        (None, "'logs/'", _UNKNOWN),
    ),
    _row(
        "StringLike",
        Kind.STRING,
        LIKE,
        "StringNotLike",
        "the whole left text matches the pattern: `*` any run, `?` one character",
        ("abc", "'a*c'", _TRUE),
        ("abcd", "'a*c'", _FALSE),
        ("abcd", "'a*c?'", _TRUE),
        ("a*c", "'a\\*c'", _TRUE),
        ("abc", "'a\\*c'", _FALSE),
        (None, "'*'", _UNKNOWN),
        quantifiable=True,
    ),
    _row(
        "StringNotLike",
        Kind.STRING,
        NOT_LIKE,
        "StringLike",
        "the whole left text does not match the pattern",
        ("abcd", "'a*c'", _TRUE),
        ("abc", "'a*c'", _FALSE),
        (None, "'a*c'", _UNKNOWN),
        quantifiable=True,
    ),
    _row(
        "StringLikeIgnoreCase",
        Kind.STRING,
        LIKE,
        "StringNotLikeIgnoreCase",
        "the whole left text matches the pattern, but for case",
        ("ABC", "'a*c'", _TRUE),
        ("ABCD", "'a*c'", _FALSE),
        (None, "'a*c'", _UNKNOWN),
        quantifiable=True,
    ),
    _row(
        "StringNotLikeIgnoreCase",
        Kind.STRING,
        NOT_LIKE,
        "StringLikeIgnoreCase",
        "the whole left text does not match the pattern in any case",
        ("ABCD", "'a*c'", _TRUE),
        ("ABC", "'a*c'", _FALSE),
        (None, "'a*c'", _UNKNOWN),
        quantifiable=True,
    ),
)


_NUMERIC = (
    _row(
        "NumericEquals",
        Kind.INTEGER,
        EQUAL,
        "NumericNotEquals",
        "the integers are equal",
        (10, "10", _TRUE),
        (11, "10", _FALSE),
        (None, "10", _UNKNOWN),
        ("10", "10", _UNKNOWN),
        quantifiable=True,
    ),
    _row(
        "NumericNotEquals",
        Kind.INTEGER,
        NOT_EQUAL,
        "NumericEquals",
        "the integers differ",
        (11, "10", _TRUE),
        (10, "10", _FALSE),
        (None, "10", _UNKNOWN),
        ("10", "10", _UNKNOWN),
        quantifiable=True,
    ),
    _row(
        "NumericGreaterThan",
        Kind.INTEGER,
        MORE,
        "NumericLessThanEquals",
        "the left integer is greater",
        (11, "10", _TRUE),
        (10, "10", _FALSE),
        (None, "10", _UNKNOWN),
        ("10", "10", _UNKNOWN),
        quantifiable=True,
    ),
    _row(
        "NumericGreaterThanEquals",
        Kind.INTEGER,
        AT_LEAST,
        "NumericLessThan",
        "the left integer is greater or equal",
        (10, "10", _TRUE),
        (9, "10", _FALSE),
        (None, "10", _UNKNOWN),
        ("10", "10", _UNKNOWN),
        quantifiable=True,
    ),
    _row(
        "NumericLessThan",
        Kind.INTEGER,
        LESS,
        "NumericGreaterThanEquals",
        "the left integer is less",
        (9, "10", _TRUE),
        (10, "10", _FALSE),
        (None, "10", _UNKNOWN),
        ("10", "10", _UNKNOWN),
        quantifiable=True,
    ),
    _row(
        "NumericLessThanEquals",
        Kind.INTEGER,
        AT_MOST,
        "NumericGreaterThan",
        "the left integer is less or equal",
        (10, "10", _TRUE),
        (11, "10", _FALSE),
        (None, "10", _UNKNOWN),
        ("10", "10", _UNKNOWN),
        quantifiable=True,
    ),
)

_DATETIME = (
    _row(
        "DateTimeEquals",
        Kind.DATETIME,
        EQUAL,
        "DateTimeNotEquals",
        "the instants are equal",
        (_NOON, f"'{_NOON}'", _TRUE),
        (_LATER, f"'{_NOON}'", _FALSE),
        (None, f"'{_NOON}'", _UNKNOWN),
        ("2026-02-30T00:00:00Z", f"'{_NOON}'", _UNKNOWN),
    ),
    _row(
        "DateTimeNotEquals",
        Kind.DATETIME,
        NOT_EQUAL,
        "DateTimeEquals",
        "the instants differ",
        (_LATER, f"'{_NOON}'", _TRUE),
        (_NOON, f"'{_NOON}'", _FALSE),
        (None, f"'{_NOON}'", _UNKNOWN),
        ("2026-02-30T00:00:00Z", f"'{_NOON}'", _UNKNOWN),
    ),
    _row(
        "DateTimeGreaterThan",
        Kind.DATETIME,
        MORE,
        "DateTimeLessThanEquals",
        "the left instant is later",
        (_LATER, f"'{_NOON}'", _TRUE),
        (_NOON, f"'{_NOON}'", _FALSE),
        (None, f"'{_NOON}'", _UNKNOWN),
        ("2026-02-30T00:00:00Z", f"'{_NOON}'", _UNKNOWN),
    ),
    _row(
        "DateTimeGreaterThanEquals",
        Kind.DATETIME,
        AT_LEAST,
        "DateTimeLessThan",
        "the left instant is later or equal",
        (_NOON, f"'{_NOON}'", _TRUE),
        (_EARLIER, f"'{_NOON}'", _FALSE),
        (None, f"'{_NOON}'", _UNKNOWN),
        ("2026-02-30T00:00:00Z", f"'{_NOON}'", _UNKNOWN),
    ),
    _row(
        "DateTimeLessThan",
        Kind.DATETIME,
        LESS,
        "DateTimeGreaterThanEquals",
        "the left instant is earlier",
        (_EARLIER, f"'{_NOON}'", _TRUE),
        (_NOON, f"'{_NOON}'", _FALSE),
        (None, f"'{_NOON}'", _UNKNOWN),
        ("2026-02-30T00:00:00Z", f"'{_NOON}'", _UNKNOWN),
    ),
    _row(
        "DateTimeLessThanEquals",
        Kind.DATETIME,
        AT_MOST,
        "DateTimeGreaterThan",
        "the left instant is earlier or equal",
        (_NOON, f"'{_NOON}'", _TRUE),
        (_LATER, f"'{_NOON}'", _FALSE),
        (None, f"'{_NOON}'", _UNKNOWN),
        ("2026-02-30T00:00:00Z", f"'{_NOON}'", _UNKNOWN),
    ),
)

_GUID = (
    _row(
        "GuidEquals",
        Kind.GUID,
        EQUAL,
        "GuidNotEquals",
        "the GUIDs are the same value, however they are written",
        (_ROLE, _ROLE, _TRUE),
        (_ROLE.upper(), _ROLE.replace("-", ""), _TRUE),
        (_OTHER_ROLE, _ROLE, _FALSE),
        (None, _ROLE, _UNKNOWN),
        ("Owner", _ROLE, _UNKNOWN),
        quantifiable=True,
    ),
    _row(
        "GuidNotEquals",
        Kind.GUID,
        NOT_EQUAL,
        "GuidEquals",
        "the GUIDs differ",
        (_OTHER_ROLE, _ROLE, _TRUE),
        (_ROLE.replace("-", ""), _ROLE, _FALSE),
        (None, _ROLE, _UNKNOWN),
        quantifiable=True,
    ),
)

RELATIONS: tuple[Relation, ...] = (*_BOOLEAN, *_STRING, *_NUMERIC, *_DATETIME, *_GUID)

_BY_NAME = {relation.name.lower(): relation for relation in RELATIONS}


def relation_named(name: str) -> Relation | None:
    """The relation of that name, in any case."""
    return _BY_NAME.get(name.lower())
