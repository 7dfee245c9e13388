"""What the objects of a file say: role assignments, and the conditions in them.

An object is taken for a role assignment by its type or by the names of its members, and a text for
a condition by standing in a role assignment, or by the words of the language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol

from azcond._dataclasses import replace
from azcond.access.models import RoleDefinition
from azcond.containers.broken import find_broken
from azcond.containers.model import (
    Contents,
    EmbeddedCondition,
    Fact,
    Field,
    Holder,
    Host,
    Unread,
)
from azcond.containers.objects import Attribute, Object
from azcond.containers.recognising import (
    looks_like_condition,
    may_be_of_azure,
    tells_of_azure,
)
from azcond.containers.remarks import find_comments
from azcond.containers.surroundings import (
    Surroundings,
    assignment,
    fact_of,
    in_loop,
    is_an_assignment,
    is_of_an_assignment,
    plain_name,
)
from azcond.containers.trees import Tree
from azcond.containers.values import (
    Items,
    Null,
    Piece,
    Record,
    Text,
    Unknown,
    Value,
    condition_of,
    hole,
)
from azcond.source import Span

if TYPE_CHECKING:
    from tree_sitter import Node

_CONDITION = "condition"


class Role(NamedTuple):
    """What is said of a role, and the role where it is defined beside it."""

    field: Field
    definition: RoleDefinition | None = None


class Language(Protocol):
    """What a language knows about the expressions of one file."""

    @property
    def host(self) -> Host:
        """The language."""

    @property
    def tree(self) -> Tree:
        """The tree of the file."""

    def evaluate(self, node: Node) -> Value:
        """The value of an expression."""

    def alternatives(self, node: Node) -> Iterator[Node]:
        """What an expression may come to, where the file does not tell which."""

    def read_role(self, node: Node) -> Role:
        """The role that an expression names."""

    def quote(self, text: str) -> str | None:
        """A text as a literal; nothing where there is no sure way to write it."""


class Scan:
    """What has been found in one file so far."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._tree = language.tree
        self._conditions: list[tuple[int, EmbeddedCondition]] = []
        self._assignments: list[tuple[Span, Holder]] = []
        self._loops: Counter[str] = Counter()
        self._taken: set[int] = set()
        self._unread = list(find_broken(self._tree, language.host))

    def contents(self, roles: Iterable[RoleDefinition]) -> Contents:
        """Everything, in text order."""
        return Contents(
            tuple(one for _, one in sorted(self._conditions, key=itemgetter(0))),
            tuple(sorted(self._unread, key=attrgetter("offset"))),
            tuple(roles),
            tuple(one for _, one in sorted(self._assignments, key=itemgetter(0))),
            tuple(find_comments(self._tree)),
        )

    def leave_unread(self, message: str, offset: int) -> None:
        """Say that something is not read."""
        self._unread.append(Unread(message, offset))

    def has_taken(self, span: Span) -> bool:
        """Whether a condition, or a part of one, that was read stands in a span of the file."""
        return any(span.start <= start < span.end for start in self._taken)

    def read(self, found: Object) -> None:
        """Read an object: as a role assignment, or for the conditions that it has all the same."""
        names = [one.member.name for one in found.attributes]
        own = [one for one in found.attributes if plain_name(one.member.name) == _CONDITION]
        is_one = (own and is_of_an_assignment(names)) or (
            not found.is_block and is_an_assignment(names)
        )
        if found.is_assignment or (is_one and self._is_of_azure(found, own)):
            holder = self._assignment(found)
            self._assignments.append((found.introduction, holder))
            for one in own:
                self._read_condition(one, holder)
            return
        for one in found.attributes:
            name = one.member.name
            if plain_name(name).endswith(_CONDITION) and self._is_meant(one):
                is_named = one in own or found.name.rpartition(".")[2] == name
                title = found.name if is_named else f"{found.name}.{name}"
                self._read_condition(one, Holder("object", title, frozenset({title})))

    def _is_of_azure(self, found: Object, own: Iterable[Attribute]) -> bool:
        """Whether what has the names of a role assignment is one of Azure, or its condition is."""
        members = {
            plain_name(one.member.name): self._tree.written(one.node) for one in found.attributes
        }
        if not found.is_elsewhere and tells_of_azure(members, found.name):
            return True
        return any(
            self._is_meant(one) or (may_be_of_azure(members) and self._has_holes(one))
            for one in own
        )

    def _has_holes(self, one: Attribute) -> bool:
        values = map(self._language.evaluate, self._language.alternatives(one.node))
        return any(
            isinstance(one, Unknown) or (isinstance(one, Text) and one.known is None)
            for one in values
        )

    def _is_meant(self, one: Attribute) -> bool:
        """Whether what is called a condition uses the words of the language."""
        values = map(self._language.evaluate, self._language.alternatives(one.node))
        return any(isinstance(one, Text) and looks_like_condition(one.written) for one in values)

    # --- facts -----------------------------------------------------------------------------

    def _assignment(self, found: Object) -> Holder:
        facts: dict[Fact, Field] = {}
        definition: RoleDefinition | None = None
        if found.home:
            facts[Fact.SCOPE] = Field(None, found.home)
        for one in (*found.outer, *found.attributes):
            fact = fact_of(one.member.name)
            field = None if fact is None else self._field(one)
            if fact is Fact.ROLE and field is not None:
                field, definition = self._language.read_role(one.node)
            if fact is not None and field is not None:
                facts[fact] = field
        if found.is_looped:
            facts = self._in_loop(found.name, facts)
        around = Surroundings(
            self._tree.text,
            found.introduction,
            tuple(one.member for one in found.attributes),
            self._language.quote,
            tuple(one.member for one in found.outer),
            can_add=found.is_assignment or not found.is_block,
            is_camel=found.is_camel,
        )
        holder = assignment(found.name, around, facts, definition, is_pim=found.is_pim)
        return replace(holder, is_resource=found.is_assignment)

    def _field(self, one: Attribute) -> Field | None:
        """What an attribute says; what is null is not given."""
        value = self._language.evaluate(one.node)
        if isinstance(value, Null):
            return None
        known = value.known if isinstance(value, Text) else None
        return Field(known, self._tree.written(one.node) if known is None else known)

    def _in_loop(self, name: str, facts: Mapping[Fact, Field]) -> dict[Fact, Field]:
        """Facts in a loop, where an expression has another value in each round, and says nothing
        about what is written in the same way elsewhere.
        """
        self._loops[name] += 1
        loop = f"{name}, {self._loops[name]}" if self._loops[name] > 1 else name
        return {
            fact: field if field.value is not None else Field(None, in_loop(field.written, loop))
            for fact, field in facts.items()
        }

    # --- conditions ------------------------------------------------------------------------

    def _read_condition(self, one: Attribute, holder: Holder) -> None:
        start, end = one.member.whole
        if self._is_broken(one.node):
            if not any(start <= known.offset < end for known in self._unread):
                message = f"this condition cannot be read: its {self._language.host} is broken"
                self.leave_unread(message, one.member.value.start)
            return
        for node in self._language.alternatives(one.node):
            value = self._language.evaluate(node)
            if isinstance(value, Unknown):
                value = Text((hole(value.expression, value),))
            if isinstance(value, Text):
                self._take(value, start, holder)
            elif isinstance(value, Items | Record):
                kind = "a list" if isinstance(value, Items) else "an object"
                message = f"`{one.member.name}` must be a string or null, got {kind}"
                self.leave_unread(message, self._tree.span(node).start)

    def _is_broken(self, value: Node) -> bool:
        """Whether there is an error in a member with a value, or right beside it."""
        member = value.parent if self._tree.root.has_error else None
        if member is None:
            return False
        beside = (_neighbour(member, "prev_sibling"), _neighbour(member, "next_sibling"))
        return member.has_error or any(one is not None and one.is_error for one in beside)

    def _take(self, text: Text, at: int, holder: Holder) -> None:
        """Take a text as a condition, unless it is empty, which is none."""
        for piece in text.pieces:
            if _is_plain(piece) and (wrong := set(piece.text) & _WRONG.keys()):
                character = min(wrong, key=piece.text.index)
                place = piece.place.start + piece.text.index(character)
                self.leave_unread(_WRONG[character], place)
                return
        if text.written:
            condition = condition_of(text, holder, self._language.host)
            self._conditions.append((at, condition))
            self._taken.update(one.place.start for one in text.pieces)


def _neighbour(node: Node, direction: str) -> Node | None:
    """What stands beside a node, be it beside what holds it as the last or the first thing."""
    around: Node | None = node
    while around is not None:
        found: Node | None = getattr(around, direction)
        if found is not None:
            return found
        around = around.parent
    return None


_WRONG = {
    "\n": "a string in quotes cannot span lines: write `\\n`, or use a string that has lines",
    "\\": "this string has an escape that its language does not know",
}
"""What a string in quotes has only as an escape, though grammars let it pass."""


def _is_plain(piece: Piece) -> bool:
    """Whether a piece stands in a string in quotes, character by character."""
    return piece.verbatim and piece.quoting is not None and not piece.quoting.has_lines
