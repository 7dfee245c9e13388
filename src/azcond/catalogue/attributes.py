"""The attributes that conditions may read, as the documentation lists them."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from azcond._dataclasses import dataclass
from azcond.ast import AttributeSource
from azcond.catalogue.loading import Row, read_table
from azcond.errors import CatalogueError
from azcond.kinds import Kind, fold
from azcond.references import split_reference


class AttributeType(StrEnum):
    """What values an attribute has."""

    STRING = "string"
    BOOLEAN = "boolean"
    DATE_TIME = "date-time"
    GUID = "guid"
    STRING_LIST = "list of strings"
    STRING_DICTIONARY = "dictionary of strings"
    CUSTOM_SECURITY = "custom security attribute"


_KINDS = {
    AttributeType.STRING: (Kind.STRING,),
    AttributeType.BOOLEAN: (Kind.BOOLEAN,),
    AttributeType.DATE_TIME: (Kind.DATETIME,),
    AttributeType.GUID: (Kind.GUID,),
    AttributeType.STRING_LIST: (Kind.STRING,),
    AttributeType.STRING_DICTIONARY: (Kind.STRING,),
    AttributeType.CUSTOM_SECURITY: (Kind.STRING, Kind.INTEGER, Kind.BOOLEAN),
}


class Status(StrEnum):
    """Why an attribute is not one for everyday use."""

    PREVIEW = "preview"
    DEPRECATED = "deprecated"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, eq=False)
class KnownAttribute:
    """One attribute of the catalogue.

    `key` names it inside the catalogue and `name` is what the portal shows. The `id` of a
    dictionary, and of the custom security attributes, is what stands before the `:`. `values` is
    the complete list where there is one, `instead` leads from what people write to one of those.
    `counterpart` is the key of the attribute that other operations have in this one's place.
    `relations` are the only ones documented, where the documentation restricts them.
    """

    key: str
    name: str
    sources: tuple[AttributeSource, ...]
    id: str
    type: AttributeType
    may_be_absent: bool
    may_be_empty: bool
    ignore_case: bool
    values: tuple[str, ...]
    instead: tuple[tuple[str, str], ...]
    relations: tuple[str, ...]
    counterpart: str | None
    status: Status | None
    note: str | None
    page: str

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of relation that fit the type."""
        return _KINDS[self.type]

    @property
    def takes_key(self) -> bool:
        """Whether `:` and a key follow the id in a reference."""
        return self.type in (AttributeType.STRING_DICTIONARY, AttributeType.CUSTOM_SECURITY)


def read_attributes(table: Row) -> tuple[KnownAttribute, ...]:
    """The rows of an attribute table; `CatalogueError` where one has not the documented shape."""
    table.day("as_of")
    found = []
    for group in table.rows("groups"):
        page = group.text("page")
        found += [_read_attribute(row, page) for row in group.rows("attributes")]
        group.finish()
    table.finish()
    return tuple(found)


def _read_attribute(row: Row, page: str) -> KnownAttribute:
    try:
        status = row.optional_text("status")
        attribute = KnownAttribute(
            row.text("key"),
            row.text("name"),
            tuple(AttributeSource(source) for source in row.texts("sources")),
            row.text("id"),
            AttributeType(row.text("type")),
            row.flag("may_be_absent"),
            row.flag("may_be_empty"),
            row.flag("ignore_case"),
            row.texts("values"),
            tuple(row.text_map("instead").items()),
            row.texts("relations"),
            row.optional_text("counterpart"),
            Status(status) if status else None,
            row.optional_text("note"),
            page,
        )
    except ValueError as error:
        raise CatalogueError(f"attribute of page {page}: {error}") from error
    row.finish()
    return attribute


@cache
def all_attributes() -> tuple[KnownAttribute, ...]:
    """Every attribute of the catalogue. `CatalogueError` when the data is damaged."""
    return read_attributes(read_table("attributes"))


@cache
def _by_id() -> dict[str, KnownAttribute]:
    return {fold(attribute.id): attribute for attribute in all_attributes()}


@cache
def attributes_by_key() -> dict[str, KnownAttribute]:
    """The attributes by their name inside the catalogue."""
    return {attribute.key: attribute for attribute in all_attributes()}


def find_attribute_by_id(attribute_id: str) -> KnownAttribute | None:
    """The attribute that an id stands for, whatever the source; ids compare without case.

    A dictionary is found by `type:key`, with or without `<$key_case_sensitive$>`, and its list of
    keys by `type&$keys$&`; a custom security attribute by `…/Id:<Set>_<Name>`.
    """
    found = _by_id().get(fold(attribute_id))
    if found is not None:
        return None if found.takes_key else found
    reference = split_reference(attribute_id)
    if not reference.key:
        return None
    found = _by_id().get(reference.type_id)
    if found is None or not found.takes_key:
        return None
    if found.type is AttributeType.CUSTOM_SECURITY:
        set_name, _, name = reference.key.partition("_")
        return found if set_name and name and not reference.key_case_sensitive else None
    return found


def find_attribute(source: AttributeSource, attribute_id: str) -> KnownAttribute | None:
    """The attribute `@source[attribute_id]`, if the catalogue knows it from that source."""
    found = find_attribute_by_id(attribute_id)
    return found if found is not None and source in found.sources else None
