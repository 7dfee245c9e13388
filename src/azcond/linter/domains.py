"""What values names of resources can have, where Azure restricts them.

Source of the facts: resource-name-rules (Azure Resource Manager), and
naming-and-referencing-containers-blobs-and-metadata (Azure Storage).
"""

from __future__ import annotations

import re

from azcond._dataclasses import dataclass
from azcond.catalogue import KnownAttribute
from azcond.kinds import fold
from azcond.operators import (
    LIKE,
    NOT_LIKE,
    NOT_STARTS,
    STARTS,
    Relation,
    like_pattern,
    like_segments,
)
from azcond.wildcards import ANY_ONE


@dataclass(frozen=True, slots=True)
class Domain:
    """The values that an attribute can have.

    `rule` says it in words. A value has `least` to `most` characters; its beginning matches
    `first`, every part of it `inside`. `also` are names of the platform beside these.
    """

    rule: str
    least: int
    most: int
    inside: re.Pattern[str]
    first: re.Pattern[str]
    also: tuple[str, ...] = ()


def _names(rule: str, characters: str, least: int, most: int, also: tuple[str, ...] = ()) -> Domain:
    pattern = re.compile(f"[{characters}]*")
    return Domain(f"has {least} to {most} {rule}", least, most, pattern, pattern, also)


_ANYTHING = re.compile(r".*", re.DOTALL)
_NO_SLASH_FIRST = re.compile(r"(?!/).*", re.DOTALL)

DOMAINS: dict[str, Domain] = {
    "account-name": _names("lower-case letters and digits", "a-z0-9", 3, 24),
    "container-name": _names(
        "lower-case letters, digits and dashes",
        "a-z0-9-",
        3,
        63,
        ("$root", "$web", "$logs", "$blobchangefeed"),
    ),
    "queue-name": _names("lower-case letters, digits and dashes", "a-z0-9-", 3, 63),
    "blob-path": Domain(
        "is inside the container and has no leading `/`", 1, 1024, _ANYTHING, _NO_SLASH_FIRST
    ),
    "vault-name": _names("letters, digits and dashes", "A-Za-z0-9-", 3, 24),
    "secret-name": _names("letters, digits and dashes", "A-Za-z0-9-", 1, 127),
}
"""By the catalogue's key of the attribute."""


def violated_domain(attribute: KnownAttribute, relation: Relation, value: str) -> Domain | None:
    """The domain of an attribute, if none of its values is (or begins with, or is like) a literal.

    Under a negative relation that is: if all of its values differ from the literal.
    """
    domain = DOMAINS.get(attribute.key)
    if domain is None:
        return None
    if relation.ignore_case:
        value = fold(value)
    if relation.predicate in (STARTS, NOT_STARTS):
        is_possible = _can_begin(domain, value)
    elif relation.predicate in (LIKE, NOT_LIKE):
        is_possible = _can_match(domain, value)
    else:
        is_possible = value in domain.also or (
            len(value) >= domain.least and _is_inside(domain, value)
        )
    return None if is_possible else domain


def _is_inside(domain: Domain, value: str) -> bool:
    return (
        len(value) <= domain.most
        and domain.first.fullmatch(value) is not None
        and domain.inside.fullmatch(value) is not None
    )


def _can_begin(domain: Domain, value: str) -> bool:
    return _is_inside(domain, value) or any(name.startswith(value) for name in domain.also)


def _can_match(domain: Domain, pattern: str) -> bool:
    if any(like_pattern(pattern).matches(name) for name in domain.also):
        return True
    segments = like_segments(pattern)
    texts = [part for segment in segments for part in segment if part is not ANY_ONE]
    width = sum(1 if part is ANY_ONE else len(part) for segment in segments for part in segment)
    start = segments[0][0] if segments[0] else ""
    return (
        width <= domain.most
        and (len(segments) > 1 or width >= domain.least)
        and (start is ANY_ONE or domain.first.fullmatch(start) is not None)
        and all(domain.inside.fullmatch(text) for text in texts)
    )
