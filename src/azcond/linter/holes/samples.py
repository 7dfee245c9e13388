"""Literals that may stand where a condition is not known, by what they are compared with."""

from __future__ import annotations

from collections.abc import Iterable

from azcond.kinds import Kind, datetime_value, fold, guid_value
from azcond.linter.holes.places import Leaf
from azcond.linter.questions import ROLE
from azcond.operators import LIKE, NOT_LIKE, NOT_STARTS, RELATIONS, STARTS

MARK = "azcond"
"""What every made-up name has in it."""

ATTRIBUTES = {
    Kind.STRING: "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Azcond_Name]",
    Kind.GUID: "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]",
    Kind.DATETIME: "@Environment[UtcNow]",
    Kind.BOOLEAN: "@Environment[isPrivateLink]",
    Kind.INTEGER: "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Azcond_Number]",
}
"""An attribute of each kind."""

_SUBOPERATIONS = ("Blob.List", "Blob.Write.WithTagHeaders", f"{MARK}.None")
_TIMES = (
    "2001-02-03T04:05:06Z",
    "2087-06-05T04:03:02.1Z",
    "2001-02-03",
    "2087-06-05",
    "T01:02:03Z",
    "04:05:06",
    "01:02",
    "2001",
    "2087",
    "02",
    "06",
    "Z",
)
"""Date-times, and what they are put together from."""


def opaque(name: str) -> str:
    """A comparison that nothing is known of: those of one name are met by the same requests."""
    attribute = f"@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:{MARK}_{name}]"
    return f"{attribute} StringEquals '{MARK}'"


def always(name: str) -> str:
    """What every request meets."""
    return f"(ActionMatches{{'*'}} OR {opaque(name)})"


def never(name: str) -> str:
    """What no request meets. It has no form that a rule is about."""
    return f"(!(ActionMatches{{'*'}}) OR NOT ({always(name)}))"


def topic_of(leaf: Leaf) -> str:
    """What a leaf asks about: leaves of one topic may have literals in common."""
    return leaf.function or fold(leaf.attribute)


def kind_of(leaf: Leaf) -> Kind:
    """The kind of value that a leaf is about, as its relation, its attribute or a literal tells."""
    if leaf.relation is not None:
        return leaf.relation.kind
    if leaf.known is not None:
        return leaf.known.kinds[0]
    texts = [literal.text for literal in leaf.literals]
    if texts and guid_value(texts[0]) is not None:
        return Kind.GUID
    return Kind.STRING if not texts or texts[0].startswith("'") else _bare_kind(texts[0])


def _bare_kind(text: str) -> Kind:
    return Kind.BOOLEAN if fold(text) in {"true", "false"} else Kind.INTEGER


def literal(leaf: Leaf, number: int) -> str:
    """One of many literals, as it is written; of booleans and of fixed values there are few."""
    if leaf.function == "actionmatches":
        return f"'{MARK}.hole/n{number}'" if number else "'*'"
    if leaf.function:
        return f"'{_SUBOPERATIONS[number % len(_SUBOPERATIONS)]}'"
    values = leaf.known.values if leaf.known is not None else ()
    match kind_of(leaf):
        case Kind.STRING:
            return f"'{values[number % len(values)] if values else _name(leaf, number)}'"
        case Kind.INTEGER:
            return str(number * 7)
        case Kind.BOOLEAN:
            return "false" if number % 2 else "true"
        case Kind.DATETIME:
            return f"'{_TIMES[number % 2]}'"
        case Kind.GUID:
            return f"a2c0dd00-0000-4000-8000-{number:012}"


def _name(leaf: Leaf, number: int) -> str:
    """A name; of those with odd numbers prefixes end, and patterns begin again, at a boundary."""
    predicate = leaf.relation.predicate if leaf.relation is not None else None
    if number % 2 and predicate in {STARTS, NOT_STARTS}:
        return f"{MARK}{number}/"
    return f"{MARK}{number}/*" if number % 2 and is_pattern(leaf) else f"{MARK}{number}"


def telling_literals(leaf: Leaf, granting: Iterable[str]) -> list[str]:
    """Literals that rules look for: roles that can grant roles, and what takes in everything."""
    if is_pattern(leaf):
        return ["'*'"]
    written = {guid_value(token.text.strip("'")) for token in leaf.literals}
    is_role = leaf.known is not None and leaf.known.key == ROLE
    guids = [guid for guid in granting if guid not in written] if is_role else []
    return [*guids, literal(leaf, 1), literal(leaf, 2)]


def is_pattern(leaf: Leaf) -> bool:
    """Whether the right operand of a leaf is a pattern."""
    return leaf.relation is not None and leaf.relation.predicate in {LIKE, NOT_LIKE}


def parts_of_string(leaf: Leaf, number: int, before: str, after: str) -> tuple[str, ...]:
    """What may stand in a string between two texts."""
    if kind_of(leaf) is Kind.DATETIME:
        fitting = [piece for piece in _TIMES if datetime_value(before + piece + after) is not None]
        return tuple(fitting) or (MARK,)
    if kind_of(leaf) is Kind.GUID:
        return (MARK,)
    if leaf.function:
        return "*", f"{MARK}{number}", "", f"{MARK}0"
    taken = "*" if is_pattern(leaf) else f"{MARK}{number}x"
    return f"{MARK}0", f"{MARK}{number}/", "", taken


def operators_between(kind: Kind, before: str, after: str) -> list[str]:
    """What makes the name of a relation of two texts, those of the kind first."""
    names = [row.name for row in sorted(RELATIONS, key=lambda row: row.kind is not kind)]
    long_enough = (name for name in names if len(name) >= len(before) + len(after))
    fitting = [n for n in long_enough if n.startswith(before) and n.endswith(after)]
    return [name[len(before) : len(name) - len(after)] for name in fitting] or [MARK]
