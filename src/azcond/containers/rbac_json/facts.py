"""The facts about a role or an assignment in JSON: their values, their places, and setting them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from azcond.containers.model import Fact, Field
from azcond.containers.rbac_json.document import Document, Members
from azcond.containers.rbac_json.fragments import joined, known_text
from azcond.containers.rbac_json.names import CONDITION, FACT_NAMES, names_of, spelled
from azcond.diagnostics import Edit
from azcond.jsontext import Path
from azcond.source import Span

_ROLE_ID = re.compile(r"/providers/Microsoft\.Authorization/roleDefinitions/[^/]+\Z", re.IGNORECASE)
_OWN_ID = re.compile(r"/providers/Microsoft\.Authorization/role\w+/[^/]+\Z", re.IGNORECASE)
_CHILD_TYPE = "/providers/roleassignments"
_DEPLOYMENT = "microsoft.resources/deployments"
_GOES_TO = ("managementgroup", "scope", "subscriptionid", "resourcegroup")


def find_facts(document: Document, members: Members, wanted: Iterable[Fact]) -> dict[Fact, Field]:
    """The facts that are given, each by its innermost value, whatever that is."""
    found = {}
    values, is_written_out = members.values, document.strings.is_written_out
    for fact in wanted:
        for name in FACT_NAMES[fact]:
            if name in values:
                given = values[name]
                is_plain = not isinstance(given, str) or is_written_out(given)
                found[fact] = (
                    Field(given, str(given))
                    if is_plain
                    else _evaluated(document, given, members.path(name), fact)
                )
                break
    return found


def _evaluated(document: Document, given: str, path: Path, fact: Fact) -> Field:
    """What an expression gives; of the id of a role its end is enough, which is the same in every
    subscription.
    """
    fragments = document.strings.read(given, path)
    known = known_text(fragments)
    if known is None and fact is Fact.ROLE and known_text(fragments[-1:]) is not None:
        end = _ROLE_ID.search(joined(fragments))
        known = end and end[0]
    return Field(known, given)


def scope_of(document: Document, members: Members, path: Path) -> Field | None:
    """The scope that an assignment has by its own id or by the resource that it stands in."""
    own_id = members.plain("id") or members.plain("roleassignmentid")
    if own := _OWN_ID.search(own_id):
        return Field(own_id[: own.start()] or "/", own_id)
    kind = members.plain("type")
    if kind.lower().endswith(_CHILD_TYPE):
        return Field(None, f"{kind} {members.plain('name')}")
    return _scope_around(document.root, path)


def _scope_around(root: Any, path: Path) -> Field | None:
    """The resource, or the deployment to another place, inside of which something is declared."""
    found, value = None, root
    for part in path:
        level = part.lower() if isinstance(part, str) else ""
        if isinstance(value, dict) and level in {"properties", "resources"}:
            outer = names_of(value)
            kind = str(value.get(outer.get("type", ""), ""))
            if kind.lower() == _DEPLOYMENT:
                to = [str(value[outer[name]]) for name in _GOES_TO if name in outer]
                found = Field(None, " ".join(to)) if to else found
            elif kind and level == "resources":
                found = Field(None, f"{kind} {value.get(outer.get('name', ''))}")
        value = value[part]
    return found


def place_of(document: Document, path: Path, fact: Fact | None) -> Span | None:
    """Where the value of a fact stands, or the bracket that opens the role or assignment."""
    around = document.around(path)
    if fact is None:
        start = document.places.start(around[0][0])
        return None if start is None else Span(start, start + 1)
    members = document.members(around)
    name = members.first(FACT_NAMES[fact])
    return None if name is None else document.places.span(members.path(name))


def setting_of(
    document: Document, path: Path, possible: Sequence[Fact], fact: Fact, text: str
) -> Edit | None:
    """The edit that sets a fact: the value that is there, if it is a literal, or a new member."""
    if fact not in possible:
        return None
    around, places = document.around(path), document.places
    members = document.members(around)
    given = members.first(FACT_NAMES[fact])
    if given is not None:
        value = members.values[given]
        if isinstance(value, str) and not document.strings.is_written_out(value):
            return None
        return places.replacing(members.path(given), text)
    _, own = around[-1]
    names = names_of(own)
    empty = next((names[name] for name in FACT_NAMES[fact] if name in names), None)
    if empty is not None:
        return places.replacing((*path, empty), text)
    beside = [names[one] for one in (CONDITION, *FACT_NAMES[Fact.ROLE]) if one in names]
    beside += [name for name in own if name not in beside]
    return places.inserting(path, beside, spelled(fact, beside), text)
