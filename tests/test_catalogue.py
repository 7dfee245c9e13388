"""The catalogue: its data is consistent, every row is found, and bad data is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from azcond import CatalogueError
from azcond.ast import AttributeSource
from azcond.catalogue import (
    AttributeType,
    KnownAction,
    KnownAttribute,
    all_actions,
    all_attributes,
    all_roles,
    as_of,
    attributes_by_key,
    find_action,
    find_attribute,
    find_attribute_by_id,
    has_known_provider,
    is_unconditional,
    loading,
    role_guid,
    role_name,
    suboperations,
    suggest_action,
    suggest_attribute,
    suggest_role,
    suggest_suboperation,
    suggest_value,
)
from azcond.catalogue.actions import read_actions
from azcond.catalogue.attributes import read_attributes
from azcond.catalogue.loading import Row, read_table
from azcond.catalogue.roles import read_role_list, read_role_name, role_documents
from azcond.operators import quantifier_named, relation_named
from conftest import FIXTURES

CONTAINERS = "Microsoft.Storage/storageAccounts/blobServices/containers"
BLOBS = f"{CONTAINERS}/blobs"
ROLE_ASSIGNMENTS = "Microsoft.Authorization/roleAssignments"
SECRETS = "Microsoft.KeyVault/vaults/secrets"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
RESOURCE, REQUEST = AttributeSource.RESOURCE, AttributeSource.REQUEST


def reference(attribute: KnownAttribute) -> str:
    match attribute.type:
        case AttributeType.STRING_DICTIONARY:
            return f"{attribute.id}:Some Key<$key_case_sensitive$>"
        case AttributeType.CUSTOM_SECURITY:
            return f"{attribute.id}:Set_Name_With_Underscores"
        case _:
            return attribute.id


def action(name: str) -> KnownAction:
    found = find_action(name)
    assert found is not None
    return found


def offers(name: str, suboperation: str | None = None) -> set[str]:
    """What an operation has of resource and request, such as `Resource account-name`."""
    (operation,) = [o for o in action(name).operations if o.suboperation == suboperation]
    return {
        f"{source} {attribute.key}"
        for source, attribute in operation.offers
        if source in (RESOURCE, REQUEST)
    }


@pytest.mark.parametrize("attribute", all_attributes(), ids=lambda attribute: attribute.key)
def test_every_attribute_is_found_from_its_sources_only(attribute: KnownAttribute) -> None:
    written = reference(attribute)
    for source in AttributeSource:
        for spelling in (written, written.lower(), written.upper()):
            found = find_attribute(source, spelling)
            assert found is (attribute if source in attribute.sources else None)
    assert attributes_by_key()[attribute.key] is attribute


@pytest.mark.parametrize("attribute", all_attributes(), ids=lambda attribute: attribute.key)
def test_facts_about_an_attribute_fit_its_type(attribute: KnownAttribute) -> None:
    assert attribute.sources
    assert attribute.page
    if attribute.type is AttributeType.STRING_DICTIONARY:
        assert attribute.may_be_absent
    if AttributeSource.PRINCIPAL in attribute.sources:
        assert attribute.may_be_absent
    if attribute.may_be_empty:
        assert attribute.type in (AttributeType.STRING_LIST, AttributeType.CUSTOM_SECURITY)
    assert {meant for _, meant in attribute.instead} <= set(attribute.values)
    if attribute.counterpart is not None:
        assert attributes_by_key()[attribute.counterpart].counterpart == attribute.key
    for operator in attribute.relations:
        quantifier, _, name = operator.rpartition(":")
        relation = relation_named(name)
        assert relation is not None
        assert relation.kind in attribute.kinds
        assert not quantifier or (quantifier_named(quantifier) and relation.quantifiable)


def test_keys_and_ids_are_unique() -> None:
    for texts in (
        [attribute.key for attribute in all_attributes()],
        [attribute.id.lower() for attribute in all_attributes()],
        [known.id.lower() for known in all_actions()],
        [name.lower() for name in all_roles().values()],
    ):
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    "attribute_id",
    [
        "",
        "nothing",
        f"{BLOBS}/tags",
        f"{BLOBS}/tags:",
        f"{BLOBS}/tags:<$key_case_sensitive$>",
        f"{CONTAINERS}:name<$key_case_sensitive$>",
        f"{CONTAINERS}&$keys$&",
        "Microsoft.Directory/CustomSecurityAttributes/Id",
        "Microsoft.Directory/CustomSecurityAttributes/Id:Project",
        "Microsoft.Directory/CustomSecurityAttributes/Id:_Project",
        "Microsoft.Directory/CustomSecurityAttributes/Id:Set_",
        f" {CONTAINERS}:name",
    ],
)
def test_near_misses_are_no_attributes(attribute_id: str) -> None:
    assert find_attribute_by_id(attribute_id) is None


@pytest.mark.parametrize("known", all_actions(), ids=lambda known: known.id)
def test_every_action_is_found_and_has_operations(known: KnownAction) -> None:
    for spelling in (known.id, known.id.lower(), known.id.upper()):
        assert find_action(spelling) is known
        assert has_known_provider(spelling)
        assert not is_unconditional(spelling)
    assert known.operations
    for operation in known.operations:
        assert len(set(operation.offers)) == len(operation.offers)
        for source, attribute in operation.offers:
            assert source in attribute.sources
            assert operation.has(source, attribute)


def test_every_attribute_of_resource_and_request_is_offered_somewhere() -> None:
    offered = {
        (source, attribute.key)
        for known in all_actions()
        for operation in known.operations
        for source, attribute in operation.offers
    }
    everywhere = {"suboperation", "has-obo-token", "internal-id"}
    for attribute in all_attributes():
        if attribute.key not in everywhere:
            assert {(source, attribute.key) for source in attribute.sources} <= offered


def test_storage_actions_have_every_principal_and_environment_attribute() -> None:
    own = {a.key for a in all_attributes() if not {RESOURCE, REQUEST} & set(a.sources)}
    for known in all_actions():
        if known.id.startswith("Microsoft.Storage/"):
            for operation in known.operations:
                assert own <= {attribute.key for _, attribute in operation.offers}


def test_what_listing_and_reading_blobs_have() -> None:
    listing, reading = offers(f"{BLOBS}/read", "Blob.List"), offers(f"{BLOBS}/read")
    assert "Request blob-prefix" in listing - reading
    assert {"Resource blob-path", "Resource blob-index-tags"} <= reading - listing
    assert reading == offers(f"{BLOBS}/read", "Blob.Read.WithTagConditions")


def test_what_writing_blobs_has() -> None:
    tagged = "Blob.Write.WithTagHeaders"
    plain = offers(f"{BLOBS}/write")
    assert plain == offers(f"{BLOBS}/add/action")
    assert offers(f"{BLOBS}/write", tagged) == offers(f"{BLOBS}/add/action", tagged)
    assert offers(f"{BLOBS}/write", tagged) - plain == {
        "Request blob-index-tags",
        "Request blob-index-tag-keys",
    }
    assert "Request version-id" in offers(f"{BLOBS}/write", "Blob.Write.Tier") - plain


def test_role_assignments_have_one_source_per_action() -> None:
    names = {"role-definition-id", "principal-id", "principal-type"}
    assert offers(f"{ROLE_ASSIGNMENTS}/write") == {f"Request {name}" for name in names}
    assert offers(f"{ROLE_ASSIGNMENTS}/delete") == {f"Resource {name}" for name in names}


def test_the_name_of_a_secret_comes_from_the_request_where_it_is_created() -> None:
    for known in all_actions():
        if known.id.startswith(SECRETS):
            created = known.id.endswith(("/setSecret/action", "/restore/action"))
            source = "Request" if created else "Resource"
            assert offers(known.id) == {f"{source} secret-name", "Resource vault-name"}


def test_suboperations_are_found_by_current_and_former_names() -> None:
    for name in ("blob.list", "blob.write.tier", "blob.write.withtagheaders"):
        assert not any(operation.is_deprecated for operation in suboperations()[name])
    assert len(suboperations()["blobs.write.withtagheaders"]) == 2
    (deprecated,) = suboperations()["blob.read.withtagconditions"]
    assert deprecated.is_deprecated


def test_actions_without_conditions_are_known_to_exist() -> None:
    assert is_unconditional("microsoft.compute/virtualmachines/READ")
    assert is_unconditional("Microsoft.Storage/storageAccounts/listKeys/action")
    assert not is_unconditional("Microsoft.Compute/virtualMachines/nothing")
    assert not has_known_provider("Contoso.Widgets/widgets/read")


@pytest.mark.parametrize(("guid", "name"), all_roles().items())
def test_roles_are_found_both_ways(guid: str, name: str) -> None:
    assert role_name(guid.upper()) == role_name(guid.replace("-", "")) == name
    assert role_guid(name.upper()) == guid


def test_unknown_roles_have_no_name() -> None:
    assert role_name("00000000-0000-0000-0000-000000000001") is None
    assert role_name("Owner") is None
    assert role_guid(OWNER) is None


def test_suggestions_are_near_and_bounded() -> None:
    assert suggest_action(f"{CONTAINERS}/blob/read") == f"{BLOBS}/read"
    assert suggest_action("Contoso.Widgets/widgets/read") is None
    assert suggest_action("a" * 1_000_000) is None
    assert suggest_attribute(RESOURCE, f"{CONTAINERS}:ContainerName") == f"{CONTAINERS}:name"
    assert suggest_attribute(RESOURCE, f" {CONTAINERS}:name ") == f"{CONTAINERS}:name"
    assert suggest_attribute(RESOURCE, f"{BLOBS}/tags") == f"{BLOBS}/tags:<key>"
    assert suggest_attribute(RESOURCE, f"{CONTAINERS}:metadata") == f"{CONTAINERS}/metadata:<key>"
    assert suggest_attribute(RESOURCE, f"{CONTAINERS}:zzz") is None
    assert suggest_attribute(REQUEST, f"{BLOBS}/tag:Team") == f"{BLOBS}/tags:Team"
    assert suggest_attribute(REQUEST, f"{BLOBS}:prefx") == f"{BLOBS}:prefix"
    assert suggest_attribute(RESOURCE, "nothing like it") is None
    assert suggest_suboperation("Blob.Lst", [action(f"{BLOBS}/read")]) == "Blob.List"
    assert suggest_role("key vault secret user") == "Key Vault Secrets User"
    principal_type = attributes_by_key()["principal-type"]
    assert suggest_value("managedidentity", principal_type) == "ServicePrincipal"
    assert suggest_value("Users", principal_type) == "User"


def test_data_is_dated() -> None:
    for name in ("attributes", "actions", "roles"):
        assert as_of(name) >= date(2026, 8, 1)


GOOD_ATTRIBUTE = {
    "key": "k", "name": "n", "sources": ["Resource"], "id": "i", "type": "string"
}  # fmt: skip


def attribute_table(**changes: object) -> dict[str, Any]:
    attribute = {**GOOD_ATTRIBUTE, **changes}
    return {"as_of": "2026-08-01", "groups": [{"page": "p", "attributes": [attribute]}]}


def action_table(**changes: object) -> dict[str, Any]:
    operation = {"name": "n", "Resource": ["account-name"], **changes}
    known = {"id": "A/b/read", "operations": [operation]}
    return {"as_of": "2026-08-01", "groups": [{"page": "p", "actions": [known]}]}


def test_tables_of_the_documented_shape_are_read() -> None:
    (attribute,) = read_attributes(Row(attribute_table(status="preview"), "t"))
    assert attribute.status == "preview"
    actions = read_actions(Row(action_table(deprecated=True), "t"))
    assert actions.conditional[0].operations[0].is_deprecated
    table = {"as_of": "2026-08-01", "page": "p", "roles": ["owner"]}
    assert read_role_list(Row(table, "t")) == ("owner",)
    assert read_role_name({"name": OWNER, "roleName": "Owner"}, "t") == (OWNER, "Owner")


@pytest.mark.parametrize(
    "table",
    [
        [],
        {},
        {"as_of": "yesterday"},
        {"as_of": "2026-08-x1"},
        {"as_of": "20260801"},
        {"as_of": "2026-08-01", "groups": {}},
        {"as_of": "2026-08-01", "groups": [5]},
        {"as_of": "2026-08-01", "groups": [{"attributes": []}]},
        {"as_of": "2026-08-01", "surprise": 1},
        attribute_table(sources="Resource"),
        attribute_table(sources=["Nowhere"]),
        attribute_table(type="colour"),
        attribute_table(status="old"),
        attribute_table(may_be_absent="yes"),
        attribute_table(instead=["a"]),
        attribute_table(values=[1]),
        attribute_table(name=""),
        attribute_table(surprise=1),
    ],
)
def test_attributes_of_another_shape_are_refused(table: object) -> None:
    with pytest.raises(CatalogueError):
        read_attributes(Row(table, "t"))


@pytest.mark.parametrize(
    "table",
    [
        action_table(Resource=["nothing"]),
        action_table(Request=["account-name"]),
        action_table(former="x"),
        action_table(surprise=1),
        {"as_of": "2026-08-01", "groups": [{"page": "p", "unconditional": [1]}]},
    ],
)
def test_actions_of_another_shape_are_refused(table: object) -> None:
    with pytest.raises(CatalogueError):
        read_actions(Row(table, "t"))


@pytest.mark.parametrize("roles", [{OWNER: "Owner"}, "owner", [1]])
def test_role_lists_of_another_shape_are_refused(roles: object) -> None:
    with pytest.raises(CatalogueError):
        read_role_list(Row({"as_of": "2026-08-01", "page": "p", "roles": roles}, "t"))


@pytest.mark.parametrize("guid", ["Owner", OWNER.upper(), "", None])
def test_roles_of_another_shape_are_refused(guid: object) -> None:
    with pytest.raises(CatalogueError):
        read_role_name({"name": guid, "roleName": "Owner"}, "t")


def test_the_list_names_every_role_definition() -> None:
    listed = [file for file, _ in role_documents()]
    assert sorted(listed) == sorted(path.name for path in (FIXTURES / "roles").iterdir())


@pytest.mark.parametrize("content", [b"", b"{", b"\xff"])
def test_unreadable_data_is_refused(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(loading, "read_packaged", lambda *_: content)
    with pytest.raises(CatalogueError, match=r"data/roles\.json"):
        read_table("roles")


def test_missing_data_is_refused() -> None:
    with pytest.raises(CatalogueError, match=r"data/nothing\.json"):
        read_table("nothing")
