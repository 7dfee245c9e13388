"""How values, operands and attributes look in an explanation: short, bounded and printable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import assert_never
from uuid import UUID

from azcond.ast import Attribute, Literal, Operand, SetLiteral
from azcond.catalogue import role_name
from azcond.kinds import Kind, Scalar, fold, guid_value
from azcond.request_values import DictionaryValue, Value

MAX_LISTED = 3
"""How many members of a longer list are named."""

_MAX_CHARACTERS = 200
_MAX_SET_CHARACTERS = 60
_ROLE_ATTRIBUTE = "microsoft.authorization/roleassignments:roledefinitionid"


def printable(text: str) -> str:
    """The text with control, invisible and line-breaking characters escaped."""
    if text.isprintable():
        return text
    return "".join(
        [c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text]
    )


def shortened(text: str) -> str:
    """A text of bounded length that says how long it was."""
    if len(text) <= _MAX_CHARACTERS:
        return printable(text)
    return f"{printable(text[:_MAX_CHARACTERS])}… ({len(text):,} characters)"


def quoted(text: str) -> str:
    """A text in quotes, as a condition would write it."""
    escaped = shortened(text).replace("'", "\\'")
    return f"'{escaped}'"


class Names:
    """The short names of attributes: only the last part of a path, where that is unambiguous."""

    def __init__(self, attributes: Iterable[Attribute]) -> None:
        taken: dict[str, str] = {}
        self._ambiguous: set[str] = set()
        for attribute in attributes:
            whole, short = _spelled(attribute, attribute.id), _shorten(attribute)
            if taken.setdefault(fold(short), fold(whole)) != fold(whole):
                self._ambiguous.add(fold(short))

    def text(self, attribute: Attribute) -> str:
        """`@Source[…last:Name]`, or with the whole id where two would look the same."""
        short = _shorten(attribute)
        if fold(short) in self._ambiguous:
            short = _spelled(attribute, attribute.id)
        return shortened(short)


def _spelled(attribute: Attribute, name: str) -> str:
    return f"@{attribute.source}[{name}]"


def _shorten(attribute: Attribute) -> str:
    type_id, colon, key = attribute.id.partition(":")
    path, slash, last = type_id.rpartition("/")
    return _spelled(attribute, f"{'…' if slash and path else ''}{last}{colon}{key}")


def value_text(value: Value, kind: Kind | None) -> str:
    """A request's value; GUIDs bare and with the name of the role, if they are compared as such."""
    match value:
        case ():
            return "an empty list"
        case tuple():
            members = [_scalar_text(member, kind) for member in value[:MAX_LISTED]]
            return f"a list of {and_more(members, len(value))}"
        case DictionaryValue(entries=entries) if entries:
            keys = [quoted(key) for key in islice(entries, MAX_LISTED)]
            return f"a dictionary with the keys {and_more(keys, len(entries))}"
        case DictionaryValue():
            return "an empty dictionary"
        case _:
            return _scalar_text(value, kind)


def _scalar_text(value: Scalar | None, kind: Kind | None) -> str:
    guid = guid_value(value) if kind is Kind.GUID else None
    match value:
        case _ if guid is not None:
            return guid_text(guid)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.isoformat()
        case str():
            return quoted(value)
        case UUID() | float():
            return str(value)
        case int():
            return integer_text(value)
        case _:
            assert_never(value)


def integer_text(value: int) -> str:
    """The digits, unless there are too many to print."""
    digits = value.bit_length() * 0.30103
    return f"about 10^{digits:.0f}" if digits > _MAX_CHARACTERS else str(value)


def guid_text(guid: str) -> str:
    """The GUID and, if it is a known role, its name."""
    name = role_name(guid)
    return f"{guid} ({name})" if name else guid


def literal_text(literal: Literal) -> str:
    """A literal as it is written, or a GUID with the name of its role."""
    return _scalar_text(literal.value, literal.kind)


def member_text(literal: Literal) -> str:
    """A literal in a list: the name alone of a known role."""
    name = role_name(str(literal.value)) if literal.kind is Kind.GUID else None
    return name or literal_text(literal)


def and_more(named: Sequence[str], total: int, word: str = "and") -> str:
    """`a`, `a and b`, `a, b, c and 5 more`; one or more."""
    rest = [f"{total - len(named):,} more"] if total > len(named) else []
    *most, last = [*named, *rest]
    return f"{', '.join(most)} {word} {last}" if most else last


def members_text(items: Sequence[Literal]) -> str:
    """The first members of a set and how many more there are."""
    return and_more([member_text(item) for item in items[:MAX_LISTED]], len(items))


def is_shown_whole(operand: SetLiteral) -> bool:
    """Whether a set is short enough to stand in the line of its comparison."""
    items = operand.items
    if len(items) > MAX_LISTED or (len(items) > 1 and items[0].kind is Kind.GUID):
        return False
    return sum(len(literal_text(item)) + 2 for item in items) <= _MAX_SET_CHARACTERS


def count_text(operand: SetLiteral, other: Operand) -> str:
    """`8 roles` where the set is compared with a role, otherwise `8 values`."""
    is_role = isinstance(other, Attribute) and fold(other.id) == _ROLE_ATTRIBUTE
    noun = "role" if is_role else "value"
    return f"{len(operand.items):,} {noun}{'' if len(operand.items) == 1 else 's'}"


def operand_text(operand: Operand, other: Operand, names: Names) -> str:
    """An operand in the line of its comparison; a long set is only counted."""
    match operand:
        case Attribute():
            return names.text(operand)
        case Literal():
            return literal_text(operand)
        case SetLiteral():
            if not is_shown_whole(operand):
                return count_text(operand, other)
            return f"{{{', '.join(map(literal_text, operand.items))}}}"
        case _:
            assert_never(operand)
