"""What the scripts of all shells share: commands that make role assignments, with arguments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import NamedTuple

from azcond._dataclasses import replace
from azcond.containers.model import Contents, EmbeddedCondition, Fact, Field, Holder, Host
from azcond.containers.nesting import Nesting
from azcond.containers.recognising import opens_like_condition
from azcond.containers.values import Text, condition_of
from azcond.diagnostics import Edit
from azcond.source import Span

OF_INTEREST = re.compile(
    r"condition|\b(?:environment|principal|request|resource)\s*\[|role\W{0,3}assignment|azcond:",
    re.IGNORECASE,
)
"""What a script has in it that is worth reading."""

AZ_FACTS = {
    "--assignee": Fact.PRINCIPAL,
    "--assignee-object-id": Fact.PRINCIPAL,
    "--assignee-principal-type": Fact.PRINCIPAL_TYPE,
    "--condition-version": Fact.VERSION,
    "--description": Fact.DESCRIPTION,
    "--role": Fact.ROLE,
    "--scope": Fact.SCOPE,
}
"""The parameters of `az role assignment create`."""
AZ_SPELLED = {
    Fact.DESCRIPTION: "--description",
    Fact.PRINCIPAL_TYPE: "--assignee-principal-type",
    Fact.VERSION: "--condition-version",
}
_AZ_DEFAULT_VERSION = "2.0"
"""What the Azure CLI gives as the version of a condition that has none."""

_JSON_OPENING = re.compile(r"\s*[\[{]\s*[\"{\[]")


class Argument(NamedTuple):
    """The value of a parameter of a command, the place of it with its quotes, and as written."""

    value: Text
    place: Span
    written: str


class Command(NamedTuple):
    """A command that makes an assignment, or a list of its parameters.

    `add` gives the edit that adds a fact, if it can be added, and `quote` writes a text.
    `has_condition` says that a condition is given, also one that cannot be read.
    """

    name: str
    introduction: Span
    facts: Mapping[Fact, Argument]
    add: Callable[[Fact, str], Edit | None]
    quote: Callable[[str], str]
    is_pim: bool = False
    has_condition: bool = False


def add_parameter(
    end: int | None,
    spelled: Mapping[Fact, str],
    quote: Callable[[str], str],
    fact: Fact,
    text: str,
) -> Edit | None:
    """The edit that adds a parameter behind the one that ends there."""
    if end is None or fact not in spelled:
        return None
    return Edit(Span(end, end), f" {spelled[fact]} {quote(text)}")


def is_escaped(text: str, start: int, offset: int, mark: str) -> bool:
    """Whether what stands at an offset is escaped, by a mark that escapes itself too."""
    before = text[start:offset]
    return (len(before) - len(before.rstrip(mark))) % 2 == 1


def is_an_assignment(facts: Iterable[Fact]) -> bool:
    """Whether parameters make an assignment, with or without a condition."""
    return {Fact.PRINCIPAL, Fact.ROLE} <= set(facts)


def is_a_condition(text: Text) -> bool:
    """Whether a text of which nothing else tells what it is seems to be a condition."""
    is_any_known = any(piece.expression is None and piece.text for piece in text.pieces)
    return is_any_known and opens_like_condition(text.written)


def not_part_of(
    found: Iterable[EmbeddedCondition], more: Iterable[EmbeddedCondition]
) -> Iterator[EmbeddedCondition]:
    """Those of some more conditions that say something else than the ones that are found: a
    variable is a condition of its own only where none is made of it.
    """
    known = set(chain.from_iterable(map(_starts, found)))
    for one in sorted(more, key=lambda one: len(one.parts), reverse=True):
        starts = _starts(one)
        if not starts <= known:
            known |= starts
            yield one


def _starts(condition: EmbeddedCondition) -> set[int]:
    return {part.place.start for part in condition.parts if part.start < part.end}


def with_default_version(holder: Holder) -> Holder:
    """An assignment as the Azure CLI makes it when the version of its condition is not given."""
    field = Field(_AZ_DEFAULT_VERSION, _AZ_DEFAULT_VERSION)
    return replace(holder, facts={Fact.VERSION: field, **holder.facts})


def read_holder(command: Command) -> Holder:
    """The role assignment that a command makes."""
    facts = {fact: Field(one.value.known, one.written) for fact, one in command.facts.items()}
    title, identifiers = command.name, {command.name}
    for fact in (Fact.ROLE, Fact.PRINCIPAL):
        if fact in facts:
            value, written = facts[fact]
            shown = value if isinstance(value, str) else written
            last = shown.rpartition("/")[2] if fact is Fact.ROLE else shown
            title += f", {fact} {last}"
            identifiers |= {shown, last} if fact is Fact.ROLE else set()
    return Holder(
        "assignment",
        title,
        frozenset(identifiers),
        facts=facts,
        is_pim=command.is_pim,
        has_condition=command.has_condition,
        place=partial(_place, command),
        setting=partial(_setting, command),
    )


def _place(command: Command, fact: Fact | None) -> Span | None:
    if fact is None:
        return command.introduction
    given = command.facts.get(fact)
    return None if given is None else given.place


def _setting(command: Command, fact: Fact, text: str) -> Edit | None:
    """The edit that gives a parameter another value, or adds it behind the others."""
    given = command.facts.get(fact)
    if given is None:
        return command.add(fact, text)
    return None if given.value.known is None else Edit(given.place, command.quote(text))


def find_in_json_text(text: Text, host: Host) -> Contents | None:
    """What a text of a script holds that is JSON; nothing if it is none."""
    if not _JSON_OPENING.match(text.written) or not OF_INTEREST.search(text.written):
        return None
    from azcond.containers.rbac_json.scanning import find_in_json  # noqa: PLC0415  # few scripts hold JSON

    outer = condition_of(text, None, host)
    inner = find_in_json(outer.text)
    if outer.holes:  # what is filled in may be any part of the JSON
        inner = Contents(inner.conditions, (), inner.roles, inner.assignments, inner.comments)
    found = Nesting(outer).contents(inner)
    return found if found != Contents() else None
