"""What people write by habit from other languages, and how it is written in a condition."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from azcond._dataclasses import dataclass
from azcond.ast import AttributeSource
from azcond.kinds import Kind
from azcond.operators import (
    AT_LEAST,
    AT_MOST,
    EQUAL,
    LESS,
    LIKE,
    MORE,
    NOT_EQUAL,
    NOT_LIKE,
    QUANTIFIERS,
    RELATIONS,
    STARTS,
    Predicate,
    Relation,
    relation_named,
)

_LONGEST_WORD = 64
"""Longer words are not compared with anything."""


@dataclass(frozen=True, slots=True)
class ForeignOperator:
    """What an operator of another language asks for; `value` shows the shape of its right side."""

    predicate: Predicate
    value: str = ""


_SET = "{…}"

_FOREIGN = {
    spelling: ForeignOperator(predicate, value)
    for predicate, value, spellings in (
        (EQUAL, "", "= == === := is eq -eq -ieq -ceq equals equal equalto sameas"),
        (NOT_EQUAL, "", "!= !== <> ne neq -ne -ine -cne isnot notequals notequal notequalto"),
        (LESS, "", "< lt -lt lessthan before"),
        (
            AT_MOST,
            "",
            "<= =< lte le -le lessthanequals lessthanorequal lessthanorequals lessthanorequalto",
        ),
        (MORE, "", "> gt -gt greaterthan after"),
        (AT_LEAST, "", ">= => gte ge -ge greaterthanequals greaterthanorequal"),
        (AT_LEAST, "", "greaterthanorequals greaterthanorequalto"),
        (LIKE, "", "~ =~ ~= like ilike -like -match match matches rlike regexp glob"),
        (NOT_LIKE, "", "!~ notlike -notlike -notmatch notmatch notmatches"),
        (LIKE, "'*x*'", "contains -contains includes has substring"),
        (NOT_LIKE, "'*x*'", "notcontains -notcontains"),
        (LIKE, "'*x'", "endswith endwith"),
        (STARTS, "'x'", "startswith startwith beginswith hasprefix"),
        (EQUAL, _SET, "in -in anyof oneof within"),
        (NOT_EQUAL, _SET, "notin -notin noneof"),
        (AT_LEAST, "5", "between"),
    )
    for spelling in spellings.split()
}


def foreign_operator(text: str) -> ForeignOperator | None:
    """The row of an operator of another language; a method call is written with its dot."""
    return _FOREIGN.get(text.lower().removeprefix("."))


_ORDERS = (LESS, AT_MOST, MORE, AT_LEAST)
_RELATIONS = {(row.kind, row.predicate): row for row in RELATIONS if not row.ignore_case}


def documented_form(foreign: ForeignOperator, kind: Kind | None, *, before_set: bool) -> list[str]:
    """How Azure writes the same question about a value of a kind (`None`: the kind is not known).

    Gives more than one spelling when the kind leaves a choice.
    """
    predicate = foreign.predicate
    kinds = [kind or Kind.STRING]
    if predicate in _ORDERS and kind not in (Kind.INTEGER, Kind.DATETIME):
        kinds = [Kind.INTEGER, Kind.DATETIME]
    rows = [
        _RELATIONS.get((kind, predicate)) or _RELATIONS[Kind.STRING, predicate] for kind in kinds
    ]
    if before_set or foreign.value == _SET:
        return [quantified_form(row) for row in rows]
    value = foreign.value if predicate not in _ORDERS else ""
    return [f"{row.name} {value}".strip() for row in rows]


def quantified_form(relation: Relation) -> str:
    """A relation with the quantifier that membership in a set asks for."""
    if not relation.quantifiable:
        return relation.name
    any_of_any, any_of_all = QUANTIFIERS[0], QUANTIFIERS[2]
    return f"{(any_of_all if relation.is_negative else any_of_any).name}:{relation.name}"


_NO_REGEX = "`StringLike` knows `*` and `?`; there are no regular expressions"
_CLOCK = "compare `@Environment[UtcNow]` by `DateTimeGreaterThan` and `DateTimeLessThan`"
_NETWORK = (
    "compare `@Environment[Microsoft.Network/virtualNetworks/subnets]` or "
    "`@Environment[Microsoft.Network/privateEndpoints]` by `StringEqualsIgnoreCase`"
)
_NO_SETS = "sets are compared as they are, by a quantifier such as `ForAnyOfAnyValues:StringEquals`"

_OTHER_DIALECT = {
    "tolower": "to ignore case write `StringEqualsIgnoreCase`",
    "toupper": "to ignore case write `StringEqualsIgnoreCase`",
    "trim": "values are compared as they are",
    "adddays": "write the date-time itself, such as `'2026-12-31T00:00:00Z'`",
    "totime": "write the date-time itself, such as `'2026-12-31T00:00:00Z'`",
    "normalizeset": _NO_SETS,
    "normalizelist": _NO_SETS,
    "notexists": "write `NOT Exists @Source[id]`",
    "stringcontains": "write `StringLike '*x*'`",
    "stringnotcontains": "write `StringNotLike '*x*'`",
    "stringendswith": "write `StringLike '*x'`",
    "stringnotendswith": "write `StringNotLike '*x'`",
    "stringmatches": _NO_REGEX,
    "stringnotmatches": _NO_REGEX,
    "numericinrange": "join `NumericGreaterThanEquals` and `NumericLessThanEquals` by `AND`",
    "ipmatch": _NETWORK,
    "ipnotmatch": _NETWORK,
    "ipinrange": _NETWORK,
    "listcontains": "write `ForAnyOfAnyValues:StringEquals {'x'}`",
    "listnotcontains": "write `ForAllOfAllValues:StringNotEquals {'x'}`",
}


def other_dialect(word: str) -> str | None:
    """What to write instead of a word that only other implementations of the language know."""
    lowered = word.lower()
    return _CLOCK if lowered.startswith("timeofday") else _OTHER_DIALECT.get(lowered)


_FAMILIES = {
    "boolean": "bool",
    "date": "datetime",
    "integer": "numeric",
    "int": "numeric",
    "number": "numeric",
    "text": "string",
    "str": "string",
    "uuid": "guid",
}


def nearest_relation(word: str) -> Relation | None:
    """The relation that a misspelt word most likely means."""
    lowered = word.lower()
    spellings = [lowered, lowered.replace("orequal", "equal")]
    for family, name in _FAMILIES.items():
        if lowered.startswith(family):
            spellings.append(name + lowered.removeprefix(family))
    for spelling in spellings:
        if relation := relation_named(spelling) or relation_named(spelling + "s"):
            return relation
    near = nearest(word, [relation.name for relation in RELATIONS])
    return relation_named(near) if near else None


_QUANTIFIER_HABITS = {
    "foranyvalue": "ForAnyOfAnyValues",
    "foranyvalues": "ForAnyOfAnyValues",
    "forallvalues": "ForAllOfAnyValues",
    "forallvalue": "ForAllOfAnyValues",
}


def nearest_quantifier(word: str) -> str | None:
    """The quantifier that a misspelt word most likely means."""
    names = [quantifier.name for quantifier in QUANTIFIERS]
    return _QUANTIFIER_HABITS.get(word.lower()) or nearest(word, names)


_SOURCE_HABITS = {"subject": "Principal", "user": "Principal", "env": "Environment"}


def nearest_source(word: str) -> str | None:
    """The attribute source that a misspelt word most likely means."""
    names = [source.value for source in AttributeSource]
    return _SOURCE_HABITS.get(word.lower()) or nearest(word, names)


_PRESENCE_HABITS = ("has", "isset", "ispresent", "isdefined", "defined", "present", "exist")


def means_exists(word: str) -> bool:
    """Whether a word asks for the presence of an attribute."""
    return word.lower() in _PRESENCE_HABITS or nearest(word, ["Exists"]) is not None


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The one of the names that a word is most like, if it is much like any."""
    if len(word) > _LONGEST_WORD:
        return None
    spellings = {name.lower(): name for name in names}
    lowered = word.lower()
    matches = get_close_matches(lowered, spellings, n=3, cutoff=0.72)
    if not matches:
        return None
    # Of equally close names the one with the longest common run is meant.
    best = max(
        matches,
        key=lambda name: (
            SequenceMatcher(None, lowered, name).ratio(),
            SequenceMatcher(None, lowered, name).find_longest_match().size,
        ),
    )
    return spellings[best]
