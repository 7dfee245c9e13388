"""What stands around a condition in a language that has named members: facts, their places, and
how to set them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from azcond._dataclasses import dataclass
from azcond.containers.model import Fact, Field, Holder
from azcond.containers.values import Text
from azcond.diagnostics import Edit
from azcond.source import Span

if TYPE_CHECKING:
    from azcond.access.models import RoleDefinition

_FACTS = {
    "conditionversion": Fact.VERSION,
    "description": Fact.DESCRIPTION,
    "principalid": Fact.PRINCIPAL,
    "principaltype": Fact.PRINCIPAL_TYPE,
    "roledefinitionid": Fact.ROLE,
    "roledefinitionidorname": Fact.ROLE,
    "roledefinitionname": Fact.ROLE,
    "scope": Fact.SCOPE,
}
"""Under which names facts are given, in lower case and without underscores."""

_OWN_NAMES = {
    Fact.DESCRIPTION: "description",
    Fact.PRINCIPAL_TYPE: "principal_type",
    Fact.VERSION: "condition_version",
}
"""Which facts can be added, and under what names."""

_BESIDE_A_CONDITION = frozenset({Fact.PRINCIPAL, Fact.ROLE, Fact.VERSION})

_NO_CONDITION = frozenset({"null", "''", '""'})
_MOST_SHOWN = 60
_REST_OF_LINE = re.compile(r"[ \t]*(?P<comma>,?)[ \t]*(?:(?:#|//)[^\r\n]*)?(?=\r?\n|\Z)")


_AT_END = re.compile(r"/(?P<guid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\Z", re.IGNORECASE)


class Member(NamedTuple):
    """One member of an object: its name, and where the whole of it and its value stand.

    `is_literal` says that the value is one literal, which another can stand for.
    """

    name: str
    whole: Span
    value: Span
    is_literal: bool


def fact_of(name: str) -> Fact | None:
    """The fact that a member of that name gives."""
    return _FACTS.get(plain_name(name))


def plain_name(name: str) -> str:
    """A name in the one spelling that names are compared in."""
    return name.replace("_", "").lower()


def guid_at_end(path: Text) -> str | None:
    """The GUID that a resource id ends in, whatever is known of what stands before."""
    end = path.pieces[-1] if path.pieces else None
    match = None if end is None or end.expression is not None else _AT_END.search(path.written)
    return match["guid"] if match else None


def is_of_an_assignment(names: Iterable[str]) -> bool:
    """Whether members of these names, beside a condition, are those of a role assignment."""
    return any(fact_of(name) in _BESIDE_A_CONDITION for name in names)


def is_an_assignment(names: Iterable[str]) -> bool:
    """Whether members of these names are a role assignment, with or without a condition."""
    return {fact_of(name) for name in names} >= {Fact.PRINCIPAL, Fact.ROLE}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The object that a condition stands in, with members of the objects around it.

    `members` are those of the object itself; `outer` say facts too, but none is added there.
    `quote` writes a text as a literal. `can_add` says that the object takes new members, and
    `is_camel` that their names are spelled like `principalType`.
    """

    text: str
    introduction: Span
    members: tuple[Member, ...]
    quote: Callable[[str], str | None]
    outer: tuple[Member, ...] = ()
    can_add: bool = True
    is_camel: bool = False

    def given(self) -> Iterator[tuple[Fact, Member]]:
        """The facts that are given, outer before inner."""
        for member in (*self.outer, *self.members):
            fact = fact_of(member.name)
            if fact is not None:
                yield fact, member

    @property
    def has_condition(self) -> bool:
        """Whether a condition stands there, be it one that cannot be read."""
        return any(
            plain_name(member.name) == "condition"
            and self.text[slice(*member.value)] not in _NO_CONDITION
            for member in self.members
        )

    def place(self, fact: Fact | None) -> Span | None:
        """Where the value of a fact stands, or, asked for nothing, what introduces the object."""
        if fact is None:
            return self.introduction
        member = dict(self.given()).get(fact)
        return None if member is None else member.value

    def setting(self, fact: Fact, text: str) -> Edit | None:
        """The edit that sets a fact to a text; nothing where the object cannot take it."""
        member, quoted = dict(self.given()).get(fact), self.quote(text)
        if quoted is None:
            return None
        if member is not None:
            return Edit(member.value, quoted) if member.is_literal else None
        if fact not in _OWN_NAMES or not self.can_add or not self.members:
            return None
        return self._addition(self._neighbour(fact), _OWN_NAMES[fact], quoted)

    def _neighbour(self, fact: Fact) -> Member:
        """The member after which a new one stands best."""
        by_name = {plain_name(member.name): member for member in self.members}
        wanted = ("principalid",) if fact is Fact.PRINCIPAL_TYPE else ("condition",)
        return next((by_name[name] for name in wanted if name in by_name), self.members[-1])

    def _addition(self, neighbour: Member, name: str, value: str) -> Edit | None:
        """A new member after another one, in the spelling of that."""
        written = self._named_like(neighbour, name) + value
        start = max(self.text.rfind(mark, 0, neighbour.whole.start) for mark in "\r\n") + 1
        indent = self.text[start : neighbour.whole.start]
        if indent.strip(" \t"):  # not the first of its line
            end = neighbour.whole.end
            return Edit(Span(end, end), f", {written}")
        rest = _REST_OF_LINE.match(self.text, neighbour.whole.end)
        if rest is None:
            return None
        line_break = "\r\n" if self.text.startswith("\r\n", rest.end()) else "\n"
        added = f"{line_break}{indent}{written}{rest['comma']}"
        return Edit(Span(rest.end(), rest.end()), added)

    def _named_like(self, neighbour: Member, name: str) -> str:
        """A name and what stands between it and the value."""
        written = self.text[neighbour.whole.start : neighbour.value.start]
        if self.is_camel:
            name = _in_camel_case(name)
        quote = written[0] if written[0] in "\"'" else ""
        spelled = f"{quote}{name}{quote}"
        head = written.rstrip(" \t")
        mark = head[-1]
        if mark == "=":
            has_lines = "\n" in self.text[neighbour.value.start : neighbour.value.end]
            return f"{spelled if has_lines else spelled.ljust(len(head) - 2)} = "
        return f"{spelled}{mark} "


def _in_camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def assignment(
    name: str,
    around: Surroundings,
    facts: Mapping[Fact, Field],
    definition: RoleDefinition | None = None,
    *,
    is_pim: bool = False,
) -> Holder:
    """The holder for a role assignment with some facts."""
    shown = ((fact, _shown(fact, facts[fact])) for fact in _SHOWN if fact in facts)
    parts = (name, *(f"{fact} {text}" for fact, text in shown if text))
    called = {name, name.rpartition(".")[2]}
    role = facts.get(Fact.ROLE)
    if role is not None and isinstance(role.value, str):
        called |= {role.value, role.value.rpartition("/")[2]}
    return Holder(
        "assignment",
        ", ".join(parts),
        frozenset(called),
        definition=definition,
        facts=facts,
        is_pim=is_pim,
        is_declared=True,
        has_condition=around.has_condition,
        place=around.place,
        setting=around.setting,
    )


_SHOWN = (Fact.ROLE, Fact.PRINCIPAL)


def _shown(fact: Fact, field: Field) -> str:
    if isinstance(field.value, str):
        return field.value.rpartition("/")[2] if fact is Fact.ROLE else field.value
    shown = " ".join(field.written.partition(_IN)[0].split())
    return shown if len(shown) <= _MOST_SHOWN else f"{shown[:_MOST_SHOWN]}…"


def in_loop(written: str, name: str) -> str:
    """An expression as it is written in a loop of that name."""
    return f"{written}{_IN}{name}"


_IN = " in the loop "
