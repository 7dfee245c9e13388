"""What someone probably meant by an id or a name that the catalogue does not know.

Comparing texts is slow next to everything else here, so words longer than any real id get no
suggestion, and callers with many unknown words ask for a few of them only.
"""

from __future__ import annotations

from collections.abc import Iterable

from azcond.ast import AttributeSource
from azcond.catalogue.actions import KnownAction, all_actions
from azcond.catalogue.attributes import KnownAttribute, all_attributes, find_attribute_by_id
from azcond.catalogue.roles import all_roles
from azcond.kinds import fold
from azcond.references import split_reference

_LONGEST = 200


def _nearest(word: str, candidates: Iterable[str], cutoff: float) -> str | None:
    """The candidate most like a word, compared without case."""
    if len(word) > _LONGEST:
        return None
    from difflib import get_close_matches  # noqa: PLC0415  # slow to load, and seldom needed

    by_folded = {fold(candidate): candidate for candidate in candidates}
    matches = get_close_matches(fold(word), by_folded, 1, cutoff)
    return by_folded[matches[0]] if matches else None


def suggest_action(action: str) -> str | None:
    """The action that conditions can target and that is most like an unknown one."""
    return _nearest(action, (known.id for known in all_actions()), 0.85)


def suggest_suboperation(suboperation: str, actions: Iterable[KnownAction]) -> str | None:
    """The suboperation of some actions that is most like an unknown one."""
    known = (o.suboperation for a in actions for o in a.operations if not o.is_deprecated)
    return _nearest(suboperation, (s for s in known if s is not None), 0.6)


def suggest_role(name: str) -> str | None:
    """The built-in role whose name is most like a text."""
    return _nearest(name, all_roles().values(), 0.75)


def suggest_value(value: str, attribute: KnownAttribute) -> str | None:
    """The value of an enumerated attribute that is meant by, or most like, a text."""
    for written, meant in attribute.instead:
        if fold(written) == fold(value):
            return meant
    return _nearest(value, attribute.values, 0.6)


def suggest_attribute(source: AttributeSource, attribute_id: str) -> str | None:
    """The id of a known attribute that is most like an unknown one.

    Attributes of that source go first, and among them those of the same resource type.
    """
    trimmed = attribute_id.strip()
    known = find_attribute_by_id(trimmed)
    if known is not None:
        return trimmed if trimmed != attribute_id and source in known.sources else None
    own = [attribute for attribute in all_attributes() if source in attribute.sources]
    found = _suggest_among(own, trimmed) or _suggest_among(all_attributes(), trimmed)
    return None if found is None or fold(found) == fold(trimmed) else found


def _suggest_among(attributes: Iterable[KnownAttribute], attribute_id: str) -> str | None:
    written = split_reference(attribute_id)
    key = written.key or ""
    by_type: dict[str, list[KnownAttribute]] = {}
    for attribute in attributes:
        by_type.setdefault(attribute.id.partition(":")[0], []).append(attribute)
        if attribute.takes_key and fold(attribute.id) == f"{written.type_id}/{fold(key)}":
            return _with_key(attribute, None)
    type_id = _nearest(written.type_id, by_type, 0.85)
    if type_id is None:
        return None
    dictionary = next((a for a in by_type[type_id] if a.takes_key), None)
    if dictionary is not None:
        return _with_key(dictionary, written.key)
    same_type = {attribute.id.partition(":")[2]: attribute for attribute in by_type[type_id]}
    nearest = _nearest(key, same_type, 0.4)
    return None if nearest is None else same_type[nearest].id


def _with_key(attribute: KnownAttribute, key: str | None) -> str:
    return f"{attribute.id}:{key or '<key>'}"
