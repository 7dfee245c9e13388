"""How the id between the brackets of `@Source[id]` divides into a type, a key and a suffix.

Sources of the behaviour: storage-auth-abac-attributes (`…/tags:<key><$key_case_sensitive$>`,
`…/tags&$keys$&`) and conditions-format, "Attributes".
"""

from __future__ import annotations

import re
from functools import lru_cache

from azcond._dataclasses import dataclass
from azcond.kinds import fold
from azcond.source import Span

KEY_CASE_SENSITIVE = "<$key_case_sensitive$>"
"""After a key: the key is compared with its case."""

KEYS = "&$keys$&"
"""After a type: the list of the keys of that dictionary."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An attribute id taken apart.

    `type_id` is folded, ready to compare: ids compare without case. `key` is what follows the
    first `:`, as written and without the suffix; `None` when there is no `:`. `is_keys` says that
    the reference stands for the keys of the dictionary `type_id`.
    """

    type_id: str
    key: str | None
    key_case_sensitive: bool
    is_keys: bool


@lru_cache(maxsize=4096)
def split_reference(attribute_id: str) -> Reference:
    """Take an attribute id apart; every text is some reference."""
    type_id, colon, key = attribute_id.partition(":")
    is_keys = not colon and _ends_with(type_id, KEYS)
    case_sensitive = _ends_with(key, KEY_CASE_SENSITIVE)
    return Reference(
        fold(type_id[: -len(KEYS)] if is_keys else type_id),
        (key[: -len(KEY_CASE_SENSITIVE)] if case_sensitive else key) if colon else None,
        case_sensitive,
        is_keys,
    )


def _ends_with(text: str, suffix: str) -> bool:
    return text[-len(suffix) :].lower() == suffix


@dataclass(frozen=True, slots=True)
class Residue:
    """What a shell left of a suffix: where it stands in the id, and the suffix that was meant.

    `escapes` is where there are characters that escape a `$`, if the suffix is whole without them.
    """

    span: Span
    intended: str
    escapes: tuple[Span, ...] = ()


_DAMAGED_SUFFIX = r"(?i)<[^<>]*>$|(?:<[$`\\]*|[$`\\]+)key_case_sensitive[$`\\]*>?$"
_DAMAGED_KEYS = r"(?i)&[$`\\]*(?:keys)?[$`\\]*&$"
_ESCAPE = r"[`\\](?=\$)"
_LONGEST_RESIDUE = 64


def find_residue(attribute_id: str) -> Residue | None:
    """The end of an id that is nearly one of the two suffixes, such as `<$>` or `` &`$keys`$& ``.

    An unquoted `$` makes a shell put the value of a variable there; a needless escape stays.
    """
    colon = attribute_id.find(":")
    pattern, intended = (
        (_DAMAGED_KEYS, KEYS) if colon < 0 else (_DAMAGED_SUFFIX, KEY_CASE_SENSITIVE)
    )
    start = max(colon + 1, len(attribute_id) - _LONGEST_RESIDUE)
    match = re.compile(pattern).search(attribute_id, start)
    if match is None or match[0].lower() == intended:
        return None
    escapes: tuple[Span, ...] = ()
    if re.sub(_ESCAPE, "", match[0]).lower() == intended:
        found = re.compile(_ESCAPE).finditer(attribute_id, *match.span())
        escapes = tuple([Span(*escape.span()) for escape in found])
    return Residue(Span(*match.span()), intended, escapes)
