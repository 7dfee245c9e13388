"""All wording of the checker: one function per finding."""
# ruff: noqa: D103  # the code and the sentence that a function returns say what it is for

from __future__ import annotations

from collections.abc import Iterable

from azcond.ast import AttributeSource
from azcond.catalogue import KnownAttribute
from azcond.checker.findings import Wording
from azcond.kinds import Kind

_LONGEST = 120
_HEAD = 40


def _shown(text: str) -> str:
    """User text for a message; of a long one the beginning and the end."""
    if len(text) > _LONGEST:
        text = f"{text[:_HEAD]}…{text[_HEAD + 1 - _LONGEST :]}"
    return f"`{text}`"


def _did_you_mean(suggestion: str | None) -> str | None:
    return f"did you mean {_shown(suggestion)}?" if suggestion else None


def _reference(source: AttributeSource, attribute_id: str) -> str:
    return f"@{source}[{attribute_id}]"


def _listed(words: Iterable[str], conjunction: str) -> str:
    *most, last = words
    return f"{', '.join(most)} {conjunction} {last}" if most else last


_KIND_NAMES = {
    Kind.STRING: "a string",
    Kind.INTEGER: "an integer",
    Kind.BOOLEAN: "a boolean",
    Kind.DATETIME: "a date-time",
    Kind.GUID: "a GUID",
}

_KIND_FORMS = {
    Kind.STRING: "a string in single quotes, such as `'logs'`",
    Kind.INTEGER: "an integer, such as `5`",
    Kind.BOOLEAN: "`true` or `false`, without quotes",
    Kind.DATETIME: "a date-time in single quotes, such as `'2026-08-01T00:00:00Z'`",
    Kind.GUID: "a GUID, such as `acdd72a7-3385-48ef-bd42-f606fba81ae7`",
}

_FAMILIES = {
    Kind.STRING: "String…",
    Kind.INTEGER: "Numeric…",
    Kind.BOOLEAN: "Bool…",
    Kind.DATETIME: "DateTime…",
    Kind.GUID: "Guid…",
}


# Text


def too_long(size: int, limit: int) -> Wording:
    return Wording(
        "LIM601",
        f"the condition has {size:,} bytes, and Azure takes at most {limit:,}",
        "write it in one line without extra blanks, or split it into two role assignments",
    )


def nearly_too_long(size: int, limit: int) -> Wording:
    return Wording("LIM601", f"the condition has {size:,} of the {limit:,} bytes that Azure takes")


def mixed_and_or() -> Wording:
    return Wording(
        "SYN010",
        "AND and OR are mixed without parentheses",
        "AND binds more tightly here; say so with parentheses around this part",
    )


def escaped_quote() -> Wording:
    return Wording(
        "SYN006",
        "`\\'` is read as a quote inside the string, which Azure does not document",
        "name the resource without a quote where you can",
    )


def invisible_in_string(name: str) -> Wording:
    return Wording(
        "SYN007",
        f"the string holds the invisible character {name}",
        "remove it unless the value really has it; it often comes from copying",
    )


def shell_escape(intended: str) -> Wording:
    return Wording(
        "SYN008",
        "a shell would take these escapes away, and here they are part of the attribute id",
        f"write `{intended}`; `$` needs an escape only where a shell would put a variable there",
    )


def lost_dollar(intended: str) -> Wording:
    return Wording(
        "SYN009",
        f"the end of this attribute id is a damaged `{intended}`",
        f"write `{intended}`; a shell takes an unquoted `$` as a variable, so quote or escape it "
        "there and only there",
    )


# Comparisons


def literal_on_the_left() -> Wording:
    return Wording(
        "TYP114",
        "a literal stands on the left of an attribute",
        "write the attribute first; for prefixes and patterns the sides have different roles",
    )


def only_literals() -> Wording:
    return Wording(
        "TYP114",
        "both sides are literals, so the outcome never depends on the request",
        "compare with an attribute, such as `@Resource[…]`",
    )


def set_without_quantifier(relation: str, quantifier: str | None, *, negative: bool) -> Wording:
    if quantifier is not None:
        advice = f"write `{quantifier}:{relation}`"
    else:
        word = "AND" if negative else "OR"
        advice = (
            f"`{relation}` takes no quantifier: write one comparison per value, joined by {word}"
        )
    return Wording("TYP108", f"`{relation}` compares with one value, not with a set", advice)


def set_of_one(relation: str) -> Wording:
    return Wording(
        "TYP108",
        f"`{relation}` compares with one value; a set of one stands for it",
        "write the value without braces",
    )


def quantified_scalar(quantifier: str) -> Wording:
    return Wording(
        "TYP109", f"`{quantifier}` compares with a set of values", "put the value into braces"
    )


def wrong_relation(relation: str, attribute: KnownAttribute, better: str | None) -> Wording:
    families = [f"`{_FAMILIES[kind]}`" for kind in attribute.kinds]
    return Wording(
        "TYP103",
        f"`{relation}` does not fit {attribute.name}, which is {_type_name(attribute)}",
        f"write `{better}`" if better else f"use a relation {_listed(families, 'or')}",
    )


def _type_name(attribute: KnownAttribute) -> str:
    if attribute.takes_key or len(attribute.kinds) > 1:
        return _listed((_KIND_NAMES[kind] for kind in attribute.kinds), "or")
    article = "" if attribute.type == "GUID" else "a "
    return article + ("GUID" if attribute.type == "guid" else str(attribute.type))


def wrong_literal(relation: str, expected: Kind, found: Kind) -> Wording:
    return Wording(
        "TYP103",
        f"`{relation}` compares with {_KIND_NAMES[expected]}, got {_KIND_NAMES[found]}",
        f"write {_KIND_FORMS[expected]}",
    )


def literal_wildcard(relation: str, better: str) -> Wording:
    return Wording(
        "TYP112",
        f"`*` and `?` are ordinary characters under `{relation}`",
        f"for a pattern write `{better}`",
    )


def like_without_wildcard(relation: str, better: str) -> Wording:
    return Wording(
        "TYP113",
        f"`{relation}` without `*` or `?` compares the whole value",
        f"`{better}` says the same",
    )


# Literals


def mixed_set(first: Kind, other: Kind) -> Wording:
    return Wording(
        "TYP115",
        f"the set mixes {_KIND_NAMES[first]} and {_KIND_NAMES[other]}",
        "all values of a set are of one type",
    )


def quoted_value(expected: Kind, value: str) -> Wording:
    name = "number" if expected is Kind.INTEGER else "boolean"
    return Wording("TYP107", f"the {name} {_shown(value)} is quoted", f"write {_shown(value)} bare")


def quoted_decimal(value: str) -> Wording:
    return Wording(
        "TYP107", f"{_shown(value)} is not an integer", f"write {_KIND_FORMS[Kind.INTEGER]}"
    )


_GUID_DIGITS = 32


def malformed_guid(value: str) -> Wording:
    digits = sum(character in "0123456789abcdefABCDEF" for character in value)
    is_near = digits != _GUID_DIGITS and digits * 2 > len(value)
    reason = f": it has {digits} hexadecimal digits, not {_GUID_DIGITS}" if is_near else ""
    return Wording(
        "TYP104", f"{_shown(value)} is not a GUID{reason}", f"write {_KIND_FORMS[Kind.GUID]}"
    )


def role_by_name(value: str, role: str | None, guid: str | None) -> Wording:
    advice = "write the GUID of the role definition"
    if guid is not None:
        advice = f"write `{guid}`" + (f", the GUID of {role}" if role else "")
    return Wording("TYP110", f"{_shown(value)} is not the GUID of a role definition", advice)


def unknown_role(guid: str) -> Wording:
    return Wording(
        "TYP111",
        f"`{guid}` is not a built-in role that the catalogue knows",
        "check the GUID; custom roles and newer built-in roles are not listed",
    )


def outside_domain(value: str, attribute: KnownAttribute, suggestion: str | None) -> Wording:
    values = _listed((f"`{value}`" for value in attribute.values), "or")
    return Wording(
        "TYP105",
        f"{_shown(value)} is never a value of {attribute.name}",
        _did_you_mean(suggestion) or f"it is {values}",
    )


def bad_datetime(value: str) -> Wording:
    return Wording(
        "TYP106", f"{_shown(value)} is not a date-time", f"write {_KIND_FORMS[Kind.DATETIME]}"
    )


def datetime_offset() -> Wording:
    return Wording(
        "TYP106",
        "a date-time with a numeric offset is not documented for conditions",
        "write the same instant in UTC, ending in `Z`",
    )


# Attributes


def unknown_attribute(
    source: AttributeSource, attribute_id: str, suggestion: str | None
) -> Wording:
    meant = _reference(source, suggestion) if suggestion else None
    return Wording(
        "TYP101",
        f"no documentation page lists the attribute {_shown(_reference(source, attribute_id))}",
        _did_you_mean(meant) or "check the spelling; Azure has attributes that no page lists",
    )


def unlisted_source(source: AttributeSource, attribute: KnownAttribute) -> Wording:
    own = _listed((f"`@{own}`" for own in attribute.sources), "or")
    return Wording(
        "TYP101",
        f"no documentation page lists {attribute.name} as an attribute of `@{source}`",
        f"the attribute belongs to {own}",
    )


def wrong_source(
    source: AttributeSource, attribute: KnownAttribute, operation: str, better: str | None
) -> Wording:
    own = _listed((f"`@{own}`" for own in attribute.sources), "or")
    return Wording(
        "TYP102",
        f"{operation} has no {attribute.name} in `@{source}`",
        f"write `@{better}[…]`" if better else f"the attribute belongs to {own}",
    )


def not_offered(
    source: AttributeSource,
    attribute: KnownAttribute,
    operation: str,
    counterpart: tuple[AttributeSource, KnownAttribute] | None,
    offered: Iterable[tuple[AttributeSource, KnownAttribute]],
) -> Wording:
    message = f"{operation} has no {attribute.name} in `@{source}`"
    if counterpart is not None:
        own, other = counterpart
        return Wording("ACT210", message, f"it has {other.name}: `{_reference(own, other.id)}`")
    names: dict[AttributeSource, list[str]] = {}
    for own, other in offered:
        names.setdefault(own, []).append(other.name)
    lists = [f"in `@{own}` {_listed(found, 'and')}" for own, found in names.items()]
    return Wording("ACT210", message, f"it has {'; '.join(lists)}")


_MOST_NAMES = 3


def no_common_attribute(operations: list[str]) -> Wording:
    more = len(operations) - _MOST_NAMES
    shown = [*operations[:_MOST_NAMES], *([f"{more} more"] if more > 0 else [])]
    return Wording(
        "ACT211",
        f"the actions of this clause share no attribute: {_listed(shown, 'and')}",
        "write one clause for each of them, joined by AND",
    )


# Actions


def unknown_action(action: str, suggestion: str | None) -> Wording:
    return Wording(
        "ACT201",
        f"the catalogue does not know the action {_shown(action)}",
        _did_you_mean(suggestion) or "check the spelling; an action that nothing has never matches",
    )


def unconditional_action(action: str) -> Wording:
    return Wording(
        "ACT202",
        f"the action {_shown(action)} takes no condition",
        "conditions are for the data of blobs, queues, registry repositories, log tables and "
        "secrets, and for role assignments",
    )


def unknown_suboperation(suboperation: str, suggestion: str | None) -> Wording:
    return Wording(
        "ACT203",
        f"there is no suboperation {_shown(suboperation)}",
        _did_you_mean(suggestion),
    )


def undefined_suboperation(suboperation: str, action: str, defined: list[str]) -> Wording:
    known = [f"`{name}`" for name in defined]
    return Wording(
        "ACT203",
        f"{_shown(suboperation)} is not a suboperation of {_shown(action)}",
        f"it has {_listed(known, 'and')}" if known else "this action has no suboperations",
    )


def deprecated_suboperation(suboperation: str) -> Wording:
    return Wording(
        "ACT204",
        f"the suboperation {_shown(suboperation)} is deprecated",
        "for reads other than listing write `NOT SubOperationMatches{'Blob.List'}`",
    )


def former_suboperation(suboperation: str, current: str) -> Wording:
    return Wording(
        "ACT204",
        f"{_shown(suboperation)} is the spelling of the first preview",
        f"write `{current}`",
    )
