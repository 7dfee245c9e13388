"""Who can and what can: firm, conditional with what is left of the condition, and blocked."""

from __future__ import annotations

import json
from typing import Any

import pytest

import azcond
from azcond.access import (
    AccessModel,
    AccessQuery,
    DenyAssignment,
    Permission,
    Plane,
    RoleAssignment,
    RoleDefinition,
    Standing,
)
from azcond.access.built_in import built_in_roles
from azcond.ast import Comparison, Literal, SetLiteral
from azcond.reduction import reduce

SUBSCRIPTION = "/subscriptions/aaaaaaaa-0000-4000-8000-000000000001"
VAULT = f"{SUBSCRIPTION}/resourceGroups/rg1/providers/Microsoft.KeyVault/vaults/pay"
GET_SECRET = "Microsoft.KeyVault/vaults/secrets/getSecret/action"  # noqa: S105  # an action
READ = "Microsoft.KeyVault/vaults/read"
NAME = "Microsoft.KeyVault/vaults/secrets:name"
VAULT_NAME = "Microsoft.KeyVault/vaults:name"
CI_ONLY = f"@Resource[{NAME}] StringStartsWith 'ci-'"
ROLE_ASSIGNMENTS = "Microsoft.Authorization/roleAssignments"
ROLE_ID = f"{ROLE_ASSIGNMENTS}:RoleDefinitionId"
EVERYONE = "00000000-0000-0000-0000-000000000000"
BY_NAME = {role.name: role for role in built_in_roles()}

GRANTABLE = {
    "Key Vault Administrator",
    "Key Vault Certificates Officer",
    "Key Vault Crypto Officer",
    "Key Vault Crypto Service Encryption User",
    "Key Vault Crypto User",
    "Key Vault Reader",
    "Key Vault Secrets Officer",
    "Key Vault Secrets User",
}
DELEGATE = "Key Vault Data Access Administrator"


def held(who: str, role: str, scope: str = SUBSCRIPTION, **more: Any) -> RoleAssignment:
    return RoleAssignment(who, role, scope, **more)


def filtered(who: str, condition: str, role: str = "Key Vault Secrets User") -> RoleAssignment:
    return held(who, role, condition=condition, condition_version="2.0")


def denial(*principals: str, **more: Any) -> DenyAssignment:
    entry = more.pop("entry", Permission(actions=("*",), data_actions=("*",)))
    return DenyAssignment(SUBSCRIPTION, (entry,), principals, name="lock", **more)


def model_of(*assignments: RoleAssignment, **more: Any) -> AccessModel:
    return AccessModel(built_in_roles(), assignments, **more)


def secret_readers(model: AccessModel, **known: Any) -> dict[str, tuple[Standing, str | None]]:
    holders = model.who_can(GET_SECRET, VAULT, plane=Plane.DATA, **known)
    return {one.assignment.principal_id: (one.standing, one.condition) for one in holders.accesses}


def test_who_can_says_how_firmly() -> None:
    model = model_of(
        filtered("ci", CI_ONLY),
        held("ann", "Key Vault Administrator"),
        held("bob", "Key Vault Administrator"),
        held("far", "Key Vault Administrator", f"{SUBSCRIPTION}/resourceGroups/rg10"),
        held("reader", "Key Vault Reader"),
        held("later", "Key Vault Secrets User", eligible=True),
        filtered("broken", "nonsense"),
        deny_assignments=[denial("bob")],
    )
    assert secret_readers(model) == {
        "ann": (Standing.UNCONDITIONAL, None),
        "ci": (Standing.CONDITIONAL, CI_ONLY),
        "bob": (Standing.BLOCKED, None),
    }
    holders = model.who_can(GET_SECRET, VAULT, plane=Plane.DATA)
    assert [one.standing for one in holders.accesses] == [
        Standing.UNCONDITIONAL,
        Standing.CONDITIONAL,
        Standing.BLOCKED,
    ]
    assert {one.assignment.principal_id for one in holders.set_aside} == {"later", "broken"}
    assert [one.name for one in holders.denials] == ["lock"]
    assert holders.accesses[2].denied_by == holders.denials
    assert json.loads(json.dumps(holders.to_json()))["accesses"][1]["condition"] == CI_ONLY


def test_who_can_fills_in_what_is_known() -> None:
    both = f"{CI_ONLY} AND @Resource[{VAULT_NAME}] StringEquals 'pay'"
    model = model_of(filtered("ci", both))
    rest = f"@Resource[{VAULT_NAME}] StringEquals 'pay'"
    assert secret_readers(model) == {"ci": (Standing.CONDITIONAL, both)}
    assert secret_readers(model, resource={NAME: "ci-1"}) == {"ci": (Standing.CONDITIONAL, rest)}
    assert secret_readers(model, resource={NAME: "x"}) == {}
    known = {NAME: "ci-1", VAULT_NAME: "pay"}
    assert secret_readers(model, resource=known) == {"ci": (Standing.UNCONDITIONAL, None)}


def test_an_unconditional_entry_makes_the_conditional_ones_moot() -> None:
    entries = (
        Permission(data_actions=("*",), condition=CI_ONLY, condition_version="2.0"),
        Permission(data_actions=(GET_SECRET,)),
        Permission(data_actions=("*/action",), condition=CI_ONLY, condition_version="2.0"),
    )
    model = AccessModel([RoleDefinition("r", "R", entries)], [held("ann", "R")])
    (access,) = model.who_can(GET_SECRET, VAULT, plane=Plane.DATA).accesses
    assert (access.standing, access.entry) == (Standing.UNCONDITIONAL, 1)
    other = "Microsoft.KeyVault/vaults/secrets/setSecret/action"
    accesses = model.who_can(other, VAULT, plane=Plane.DATA).accesses
    assert [(one.standing, one.entry) for one in accesses] == [
        (Standing.CONDITIONAL, 0),
        (Standing.CONDITIONAL, 2),
    ]


def test_a_denial_with_a_condition_blocks_only_where_that_may_hold() -> None:
    locked = Permission(
        data_actions=("*",),
        condition=f"@Resource[{VAULT_NAME}] StringEquals 'pay'",
        condition_version="2.0",
    )
    model = model_of(
        held("ann", "Key Vault Administrator"), deny_assignments=[denial(EVERYONE, entry=locked)]
    )
    open_ = f"NOT @Resource[{VAULT_NAME}] StringEquals 'pay'"
    assert secret_readers(model) == {"ann": (Standing.CONDITIONAL, open_)}
    assert secret_readers(model, resource={VAULT_NAME: "pay"}) == {"ann": (Standing.BLOCKED, None)}
    assert secret_readers(model, resource={VAULT_NAME: "x"}) == {
        "ann": (Standing.UNCONDITIONAL, None)
    }


def test_who_can_says_what_it_does_not_know() -> None:
    group = "/providers/Microsoft.Management/managementGroups/top"
    model = model_of(held("ann", "Owner", group), held("bob", "No Such Role"))
    holders = model.who_can(READ, VAULT)
    assert not holders.accesses
    assert any("`No Such Role`" in gap for gap in holders.gaps)
    assert any(group in gap for gap in holders.gaps)


@pytest.mark.parametrize("role", sorted(BY_NAME))
@pytest.mark.parametrize("verb", ["write", "delete"])
def test_the_delegate_may_grant_and_remove_eight_roles(role: str, verb: str) -> None:
    """To anybody: the condition looks at nothing but the role."""
    model = model_of(held("ann", DELEGATE, VAULT))
    for principal_type in ("User", "Group", "ServicePrincipal"):
        about = {
            ROLE_ID: BY_NAME[role].id,
            f"{ROLE_ASSIGNMENTS}:PrincipalId": EVERYONE,
            f"{ROLE_ASSIGNMENTS}:PrincipalType": principal_type,
        }
        action = f"{ROLE_ASSIGNMENTS}/{verb}"
        request, resource = (about, {}) if verb == "write" else ({}, about)
        query = AccessQuery("ann", VAULT, action=action, request=request, resource=resource)
        decision = model.decide(query)
        assert decision.allowed is (role in GRANTABLE)
        (reason,) = decision.reasons
        (condition,) = reason.conditions
        assert condition.of == "role definition"
        assert condition.explanation is not None
        assert condition.explanation.met is (role in GRANTABLE)
        if role not in GRANTABLE:
            assert f"({role}), not among" in decision.to_text(300)
        kind = "granted by" if role in GRANTABLE else "not granted: the condition is not met of"
        assert f"{kind} {DELEGATE}" in decision.to_text()


def test_the_delegate_has_no_other_way_to_grant() -> None:
    model = model_of(held("ann", DELEGATE, VAULT))
    owner = {ROLE_ID: BY_NAME["Owner"].id}
    for verb in ("write", "delete"):
        action = f"{ROLE_ASSIGNMENTS}/{verb}"
        for query in (
            AccessQuery("ann", VAULT, action=action),
            AccessQuery("ann", VAULT, action=action, principal=owner),
            AccessQuery("ann", VAULT, action=action, environment=owner),
            AccessQuery("ann", VAULT, action=action, request=owner, resource=owner),
        ):
            assert not model.decide(query)
    wrong_side = AccessQuery(
        "ann",
        VAULT,
        action=f"{ROLE_ASSIGNMENTS}/write",
        resource={ROLE_ID: BY_NAME["Key Vault Reader"].id},
    )
    assert not model.decide(wrong_side)


def test_what_the_delegate_can() -> None:
    model = model_of(held("ann", DELEGATE, VAULT))
    (holding,) = model.what_can("ann", VAULT).holdings
    write, delete, rest = holding.cases
    assert (rest.action, rest.standing, rest.condition) == (None, Standing.UNCONDITIONAL, None)
    for case, verb, source in ((write, "write", "Request"), (delete, "delete", "Resource")):
        assert case.action == f"{ROLE_ASSIGNMENTS}/{verb}"
        assert case.standing is Standing.CONDITIONAL
        assert case.condition is not None
        assert case.condition.startswith(f"@{source}[{ROLE_ID}] ForAnyOfAnyValues:GuidEquals {{")
        assert isinstance(case.remains, Comparison)
        assert isinstance(case.remains.right, SetLiteral)
        names = {role_called(item) for item in case.remains.right.items}
        assert names == GRANTABLE


def role_called(guid: Literal) -> str:
    return next(role.name for role in built_in_roles() if role.id == guid.value)


@pytest.mark.parametrize("role", sorted(BY_NAME))
def test_what_the_delegate_can_role_by_role(role: str) -> None:
    model = model_of(held("ann", DELEGATE, VAULT))
    about = {ROLE_ID: BY_NAME[role].id}
    capabilities = model.what_can("ann", VAULT, request=about, resource=about)
    standings = [case.standing for case in capabilities.holdings[0].cases]
    expected = Standing.UNCONDITIONAL if role in GRANTABLE else Standing.NEVER
    assert standings == [expected, expected, Standing.UNCONDITIONAL]


def test_what_can_goes_through_groups_and_scopes() -> None:
    model = model_of(
        held("team", "Reader"),
        held("ann", "Key Vault Secrets User", VAULT),
        held("ann", "Owner", f"{SUBSCRIPTION}/resourceGroups/rg10"),
        held("ann", "Owner", eligible=True),
    )
    capabilities = model.what_can("ann", f"{VAULT}/secrets/x", groups=["TEAM"])
    assert {one.role.name for one in capabilities.holdings} == {"Reader", "Key Vault Secrets User"}
    (aside,) = json.loads(json.dumps(capabilities.to_json()))["setAside"]
    assert aside["role"]["name"] == "Owner"
    assert aside["reason"] == "it is eligible and not activated"


@pytest.mark.parametrize(
    ("entry", "blocked"),
    [
        (Permission(actions=("*",), data_actions=("*",)), True),
        (Permission(data_actions=("Microsoft.KeyVault/*",)), True),
        (Permission(data_actions=("*/ACTION",)), True),
        (Permission(actions=("*",)), False),
        (Permission(data_actions=("*/getSecret/action",)), False),
        (Permission(data_actions=("*",), not_data_actions=("a/b",)), False),
        (Permission(data_actions=("*",), condition=CI_ONLY, condition_version="2.0"), False),
        (Permission(data_actions=("*",), condition="?", condition_version="2.0"), True),
    ],
)
def test_what_can_is_blocked_where_a_denial_covers_it_all(entry: Permission, blocked: bool) -> None:
    model = model_of(
        held("ann", "Key Vault Secrets User"), deny_assignments=[denial("ann", entry=entry)]
    )
    capabilities = model.what_can("ann", VAULT)
    ((rest,),) = [holding.cases for holding in capabilities.holdings]
    assert (rest.standing is Standing.BLOCKED) is blocked
    assert [one.name for one in capabilities.denials] == ["lock"]


def test_what_can_blocks_named_actions_one_by_one() -> None:
    only_write = Permission(actions=(f"{ROLE_ASSIGNMENTS}/write",))
    model = model_of(held("ann", DELEGATE), deny_assignments=[denial(EVERYONE, entry=only_write)])
    (holding,) = model.what_can("ann", VAULT).holdings
    assert [case.standing for case in holding.cases] == [
        Standing.BLOCKED,
        Standing.CONDITIONAL,
        Standing.UNCONDITIONAL,
    ]


def test_a_condition_in_the_positive_form_leaves_no_other_action() -> None:
    condition = f"ActionMatches{{'{GET_SECRET}'}} AND {CI_ONLY}"
    (holding,) = model_of(filtered("ann", condition)).what_can("ann", VAULT).holdings
    assert [(case.action, case.standing) for case in holding.cases] == [
        (GET_SECRET, Standing.CONDITIONAL),
        (None, Standing.NEVER),
    ]
    assert holding.cases[0].plane is Plane.DATA
    assert holding.cases[0].condition == CI_ONLY


def test_what_a_condition_names_and_no_request_can_is_passed_over() -> None:
    condition = f"!(ActionMatches{{'a b', '/x/', '{READ}'}}) OR {CI_ONLY}"
    model = model_of(filtered("ann", condition, "Owner"))
    (holding,) = model.what_can("ann", VAULT).holdings
    assert [case.action for case in holding.cases] == [READ, None]


def test_what_is_left_means_what_the_condition_means() -> None:
    """For every role that the delegate's condition may be asked about."""
    (entry,) = BY_NAME[DELEGATE].permissions
    assert entry.condition is not None
    condition = azcond.parse(entry.condition)
    known = azcond.Request(f"{ROLE_ASSIGNMENTS}/write")
    rest = reduce(condition.ast, known)
    assert not isinstance(rest, bool)
    for role in built_in_roles():
        request = azcond.Request(f"{ROLE_ASSIGNMENTS}/write", request={ROLE_ID: role.id})
        met = bool(azcond.evaluate(condition, request))
        assert met is (role.name in GRANTABLE)
        assert bool(azcond.evaluate(azcond.Condition("", rest), request)) is met
