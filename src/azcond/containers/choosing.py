"""Which one of several conditions is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from azcond.containers.model import Contents, EmbeddedCondition, Holder

_MOST_NAMES = 20
"""How many names an error lists."""


def choose_condition(
    contents: Contents, role: str | None = None, entry: int | None = None
) -> EmbeddedCondition:
    """The one condition that is meant.

    `role` is the name or GUID, in any case, of the role or assignment that holds it, `entry` the
    1-based number of a permission entry of that role. Neither is needed where there is only one
    condition. Raises `LookupError`, saying what there is to choose from, when it is not clear
    which one is meant.
    """
    found: Sequence[EmbeddedCondition] = contents.conditions
    if not found:
        raise LookupError("no condition found")
    if (role, entry) != (None, None) and not any(one.holder for one in found):
        raise LookupError("only in JSON there are roles and entries to choose from")
    if role is not None:
        found = [one for one in found if _is_called(one.holder, role)]
        if not found:
            raise LookupError(f"no condition of `{role}`, only of:{_names(contents.conditions)}")
    is_one_role = len({one.holder and one.holder.identifiers for one in found}) == 1
    if entry is not None and is_one_role:
        numbered = [one for one in found if one.holder and one.holder.entry == entry]
        if not numbered:
            raise LookupError(f"no condition in permission entry {entry}, only in:{_names(found)}")
        found = numbered
    if len(found) == 1:
        return found[0]
    option = "--entry" if is_one_role and _are_entries(found) else "--role"
    raise LookupError(f"{len(found)} conditions found, choose with `{option}`:{_names(found)}")


def _is_called(holder: Holder | None, name: str) -> bool:
    return holder is not None and name.casefold() in {
        identifier.casefold() for identifier in holder.identifiers
    }


def _are_entries(found: Iterable[EmbeddedCondition]) -> bool:
    return all(one.holder and one.holder.entries > 1 for one in found)


def _names(found: Iterable[EmbeddedCondition]) -> str:
    """What holds the conditions, each on a line of its own."""
    titles = (one.holder.title if one.holder else "one without a name" for one in found)
    names = list(dict.fromkeys(titles))
    lines = names[:_MOST_NAMES]
    if len(names) > _MOST_NAMES:
        lines.append(f"… and {len(names) - _MOST_NAMES} more")
    return "".join(f"\n  {line}" for line in lines)
