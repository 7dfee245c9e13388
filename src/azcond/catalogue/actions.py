"""The actions that conditions can target, their suboperations, and the attributes each has."""

from __future__ import annotations

from functools import cache

from azcond._dataclasses import dataclass
from azcond.ast import AttributeSource
from azcond.catalogue.attributes import KnownAttribute, all_attributes, attributes_by_key
from azcond.catalogue.loading import Row, read_table
from azcond.kinds import fold

Offer = tuple[AttributeSource, KnownAttribute]
"""An attribute and the source it comes from."""


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """What one action does, as the portal names it.

    `suboperation` is `None` for what the action does without one. `former` are spellings of the
    first preview. `offers` lists the attributes documented for the operation; when
    `is_complete` is not set, others may exist too.
    """

    name: str
    suboperation: str | None
    former: tuple[str, ...]
    is_deprecated: bool
    offers: tuple[Offer, ...]
    is_complete: bool

    def has(self, source: AttributeSource, attribute: KnownAttribute) -> bool:
        """Whether the attribute is documented for the operation, from that source."""
        return (source, attribute) in self.offers


@dataclass(frozen=True, slots=True, eq=False)
class KnownAction:
    """An action that a condition can target, with all its operations."""

    id: str
    operations: tuple[Operation, ...]
    page: str


@dataclass(frozen=True, slots=True)
class Actions:
    """The whole table: actions that take conditions, and others that are known to exist."""

    conditional: tuple[KnownAction, ...]
    unconditional: tuple[str, ...]


def read_actions(table: Row) -> Actions:
    """The rows of an action table; `CatalogueError` where one has not the documented shape."""
    table.day("as_of")
    conditional: list[KnownAction] = []
    unconditional: list[str] = []
    for group in table.rows("groups"):
        page, is_complete = group.text("page"), group.flag("complete", default=True)
        every = _whole_sources(group)
        for row in group.rows("actions"):
            operations = [_read_operation(o, every, is_complete) for o in row.rows("operations")]
            conditional.append(KnownAction(row.text("id"), tuple(operations), page))
            row.finish()
        unconditional += group.texts("unconditional")
        group.finish()
    table.finish()
    return Actions(tuple(conditional), tuple(unconditional))


def _whole_sources(group: Row) -> tuple[Offer, ...]:
    """Every attribute of the sources that all actions of a group have entirely."""
    every = group.texts("every")
    return tuple((s, a) for a in all_attributes() for s in a.sources if s in every)


def _read_operation(row: Row, every: tuple[Offer, ...], is_complete: bool) -> Operation:
    offers = list(every)
    for source in AttributeSource:
        for key in row.texts(source):
            attribute = attributes_by_key().get(key)
            if attribute is None or source not in attribute.sources:
                raise row.wrong(source, f"keys of {source} attributes, not `{key}`")
            offers.append((source, attribute))
    operation = Operation(
        row.text("name"),
        row.optional_text("suboperation"),
        row.texts("former"),
        row.flag("deprecated"),
        tuple(offers),
        is_complete,
    )
    row.finish()
    return operation


@cache
def _actions() -> Actions:
    return read_actions(read_table("actions"))


def all_actions() -> tuple[KnownAction, ...]:
    """Every action that can be targeted. `CatalogueError` when the data is damaged."""
    return _actions().conditional


@cache
def _by_id() -> dict[str, KnownAction]:
    return {fold(action.id): action for action in all_actions()}


@cache
def _unconditional() -> frozenset[str]:
    return frozenset(fold(action) for action in _actions().unconditional)


def find_action(action: str) -> KnownAction | None:
    """The action of that id, compared without case, if conditions can target it."""
    return _by_id().get(fold(action))


def is_unconditional(action: str) -> bool:
    """Whether the action is known to exist and known to take no condition."""
    return fold(action) in _unconditional()


def has_known_provider(action: str) -> bool:
    """Whether the action is under a resource provider with actions that can be targeted."""
    return fold(action).partition("/")[0] in _providers()


@cache
def _providers() -> frozenset[str]:
    return frozenset(action.partition("/")[0] for action in _by_id())


@cache
def suboperations() -> dict[str, tuple[Operation, ...]]:
    """The operations of every suboperation, former spellings included, by its folded id."""
    found: dict[str, tuple[Operation, ...]] = {}
    for action in all_actions():
        for operation in action.operations:
            if operation.suboperation is not None:
                for name in (operation.suboperation, *operation.former):
                    found[fold(name)] = (*found.get(fold(name), ()), operation)
    return found
