"""Decisions, case by case, and the reasons they give."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from azcond import AzcondError
from azcond.access import (
    AccessModel,
    AccessQuery,
    DenyAssignment,
    Outcome,
    Permission,
    Plane,
    ProblemKind,
    RoleAssignment,
    RoleDefinition,
)
from azcond.access.built_in import built_in_roles
from azcond.access.planes import assume_plane
from azcond.errors import AccessDataError, RequestError
from conftest import FIXTURES

GROUPS: list[dict[str, Any]] = json.loads((FIXTURES / "access" / "decisions.json").read_text())
CASES = [
    pytest.param(group["model"], query, id=f"{group['about']}-{number}")
    for group in GROUPS
    for number, query in enumerate(group["queries"], 1)
]

SUBSCRIPTION = "/subscriptions/aaaaaaaa-0000-4000-8000-000000000001"
VAULT = f"{SUBSCRIPTION}/resourceGroups/rg1/providers/Microsoft.KeyVault/vaults/pay"
GET_SECRET = "Microsoft.KeyVault/vaults/secrets/getSecret/action"  # noqa: S105  # an action
READ = "Microsoft.KeyVault/vaults/read"
PURGE = "Microsoft.KeyVault/locations/deletedVaults/purge/action"
NAME = "Microsoft.KeyVault/vaults/secrets:name"
CI_ONLY = f"@Resource[{NAME}] StringStartsWith 'ci-'"
EVERYONE = "00000000-0000-0000-0000-000000000000"


def assignment(role: str, scope: str = SUBSCRIPTION, **more: Any) -> RoleAssignment:
    return RoleAssignment(more.pop("who", "ann"), role, scope, **more)


def conditional(condition: str, version: str | None = "2.0") -> RoleAssignment:
    return assignment("Key Vault Secrets User", condition=condition, condition_version=version)


def model_of(*assignments: RoleAssignment, **more: Any) -> AccessModel:
    return AccessModel(built_in_roles(), assignments, **more)


def denial(scope: str = SUBSCRIPTION, **more: Any) -> DenyAssignment:
    everything = Permission(actions=("*",), data_actions=("*",))
    return DenyAssignment(scope, (everything,), (EVERYONE,), **more)


@pytest.mark.parametrize(("model", "query"), CASES)
def test_decisions(model: dict[str, Any], query: dict[str, Any]) -> None:
    asked = {name: value for name, value in query.items() if name != "allowed"}
    decision = AccessModel.from_json(**model).decide(AccessQuery(**asked))
    assert decision.allowed is query["allowed"]
    assert decision.to_json()["allowed"] is query["allowed"]
    verdict = "ALLOWED" if query["allowed"] else "NOT ALLOWED"
    assert decision.to_text().startswith(f"{verdict}   ")


def test_reasons_name_what_grants_and_what_would() -> None:
    model = model_of(
        conditional(CI_ONLY),
        assignment("Key Vault Contributor", who="team", principal_name="Team Pay"),
        assignment("Owner", eligible=True),
        assignment("No Such Role"),
    )
    refused = model.decide(
        AccessQuery("ann", VAULT, data_action=GET_SECRET, resource={NAME: "pay"})
    )
    assert [(one.role.name, one.outcome) for one in refused.reasons] == [
        ("Key Vault Secrets User", Outcome.CONDITION),
        ("No Such Role", Outcome.SET_ASIDE),
    ]
    told = refused.reasons[0].conditions[0].explanation
    assert told is not None
    assert not told.met
    assert "started with 'ci-'" in refused.to_text()
    purge = model.decide(AccessQuery("ann", VAULT, action=PURGE, groups=["team"]))
    assert [(one.role.name, one.outcome) for one in purge.reasons] == [
        ("Owner", Outcome.SET_ASIDE),
        ("No Such Role", Outcome.SET_ASIDE),
        ("Key Vault Contributor", Outcome.NOT_ACTIONS),
    ]
    for part in ("it is eligible and not activated", "notActions exclude it", "Team Pay"):
        assert part in purge.to_text()


def test_a_denial_is_told_beside_what_it_takes_away() -> None:
    model = model_of(assignment("Owner"), deny_assignments=[denial(name="blueprint lock")])
    decision = model.decide(AccessQuery("ann", VAULT, action=READ))
    assert not decision
    assert [one.name for one in decision.denied_by] == ["blueprint lock"]
    assert [one.role.name for one in decision.granted_by] == ["Owner"]
    assert "denied by blueprint lock" in decision.to_text()
    assert decision.to_json()["deniedBy"][0]["name"] == "blueprint lock"


def test_reasons_as_json_are_plain() -> None:
    decision = model_of(conditional(CI_ONLY)).decide(
        AccessQuery("ann", VAULT, data_action=GET_SECRET, resource={NAME: "pay"})
    )
    document = json.loads(json.dumps(decision.to_json()))
    (reason,) = document["reasons"]
    assert reason["outcome"] == "condition not met"
    assert reason["conditions"][0]["explanation"]["met"] is False


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (conditional("@Resource[x] StringEqual 'y'"), "does not parse"),
        (conditional(" "), "does not parse"),
        (conditional(CI_ONLY, "1.0"), "its conditionVersion is `1.0`, not `2.0`"),
        (conditional(CI_ONLY, None), "its conditionVersion is missing"),
        (assignment("Nothing"), "its role `Nothing` is unknown"),
    ],
)
def test_what_grants_nothing_is_a_problem_with_its_reason(given: RoleAssignment, told: str) -> None:
    model = model_of(given)
    (problem,) = model.problems
    assert problem.kind is ProblemKind.NOTHING_GRANTED
    assert told in problem.message
    decision = model.decide(AccessQuery("ann", VAULT, data_action=GET_SECRET))
    assert not decision.allowed
    assert decision.reasons[0].outcome is Outcome.SET_ASIDE
    assert told in decision.to_text()


@pytest.mark.parametrize(
    "scope",
    [
        *("", "subscriptions/x", "//", "/subscriptions//x", " /subscriptions/x"),
        *(
            "/subscriptions/x ",
            "/subscriptions",
            "/subscriptions/",
            "/subscriptions/x/resourceGroups",
        ),
        *("/subscriptions/x/resourceGroups/y/providers", "/providers"),
        *("/providers/Microsoft.Management/managementGroups/", "/subscriptions/x/providers/a.b/c"),
    ],
)
def test_what_is_no_scope_grants_nothing_and_denies_everything(scope: str) -> None:
    query = AccessQuery("ann", VAULT, action=READ)
    granted = model_of(assignment("Owner", scope))
    assert not granted.decide(query)
    assert [one.kind for one in granted.problems] == [ProblemKind.UNREAD]
    denied = model_of(assignment("Owner"), deny_assignments=[denial(scope)])
    assert not denied.decide(query)
    assert [one.kind for one in denied.problems] == [ProblemKind.UNREAD]


@pytest.mark.parametrize(
    "scope",
    [
        *(
            "/",
            "/subscriptions/x",
            "/subscriptions/x/",
            "/subscriptions/x/resourceGroups/providers",
        ),
        *("/providers/Microsoft.aadiam", "/unheard/of"),
        "/subscriptions/x/resourceGroups/r/providers/a.b/c/d/providers/Microsoft.Insights",
        "/subscriptions/x/providers/a.b/c/d/e/f",
    ],
)
def test_scopes_at_which_something_can_be_assigned(scope: str) -> None:
    model = model_of(assignment("Owner", scope))
    assert not model.problems
    assert model.decide(AccessQuery("ann", scope, action=READ))


def test_an_ambiguous_name_grants_nothing() -> None:
    roles = [
        RoleDefinition("1", "Vaults", (Permission(actions=("*",)),)),
        RoleDefinition("2", "vaults", (Permission(actions=("*/read",)),)),
    ]
    model = AccessModel(roles, [assignment("Vaults"), assignment("2", who="bob")])
    assert not model.decide(AccessQuery("ann", VAULT, action=READ))
    assert model.decide(AccessQuery("bob", VAULT, action=READ))
    assert "stands for several roles" in model.problems[0].message


def test_the_same_role_given_twice_is_one_role() -> None:
    model = AccessModel([*built_in_roles(), *built_in_roles()], [assignment("Reader")])
    assert not model.problems
    assert model.decide(AccessQuery("ann", VAULT, action=READ))


def test_a_faulty_condition_of_a_role_voids_its_entry() -> None:
    entries = (
        Permission(actions=("*",), condition="nonsense", condition_version="2.0"),
        Permission(actions=("*/read",)),
    )
    model = AccessModel([RoleDefinition("r", "R", entries)], [assignment("R")])
    assert model.decide(AccessQuery("ann", VAULT, action=READ))
    decision = model.decide(AccessQuery("ann", VAULT, action=PURGE))
    assert not decision
    assert [one.outcome for one in decision.reasons] == [Outcome.SET_ASIDE]
    assert "permissions[0]" in model.problems[0].where


def test_an_old_version_in_a_role_is_evaluated_and_remarked() -> None:
    entry = Permission(data_actions=("*",), condition=CI_ONLY, condition_version="1.0")
    model = AccessModel([RoleDefinition("r", "R", (entry,))], [assignment("R")])
    assert [one.kind for one in model.problems] == [ProblemKind.REMARK]
    for name, allowed in (("ci-1", True), ("pay", False)):
        query = AccessQuery("ann", VAULT, data_action=GET_SECRET, resource={NAME: name})
        assert model.decide(query).allowed is allowed


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"action": READ, "data_action": READ},
        {"action": ""},
        {"action": 5},
        {"action": "Microsoft.KeyVault/*"},
        {"action": READ, "principal_id": ""},
        {"action": READ, "principal_id": None},
        {"action": READ, "scope": "subscriptions/x"},
        {"action": READ, "scope": None},
        {"action": READ, "scope": "/subscriptions//x"},
        {"action": READ, "groups": "team"},
        {"action": READ, "groups": [5]},
        {"action": READ, "groups": [""]},
        {"action": READ, "resource": {NAME: object()}},
        {"action": READ, "suboperation": ""},
    ],
)
def test_questions_that_cannot_be_asked(arguments: dict[str, Any]) -> None:
    given = {"principal_id": "ann", "scope": VAULT, **arguments}
    with pytest.raises((AccessDataError, RequestError)) as raised:
        AccessQuery(**given)
    assert isinstance(raised.value, AzcondError)
    assert str(raised.value)


@pytest.mark.parametrize(
    "hierarchy",
    [{SUBSCRIPTION: ["top"]}, {"sub": ["/x"]}, {SUBSCRIPTION: [SUBSCRIPTION.upper()]}],
)
def test_hierarchies_that_cannot_be_taken(hierarchy: dict[str, list[str]]) -> None:
    with pytest.raises(AccessDataError):
        model_of(hierarchy=hierarchy)


def test_a_circle_of_management_groups_ends() -> None:
    first, second = (f"/providers/Microsoft.Management/managementGroups/{name}" for name in "ab")
    model = model_of(hierarchy={first: [second], second: [first]})
    assert set(model.chain(first.lower())) >= {first.lower(), second.lower(), "/"}


def test_what_is_not_known_is_said() -> None:
    group = "/providers/Microsoft.Management/managementGroups/top"
    model = model_of(assignment("Reader", group), assignment("No Such Role"))
    query = AccessQuery("ann", VAULT, action=READ)
    role, place = model.decide(query).gaps
    assert "`No Such Role`" in role
    assert f"`{group}`" in place
    assert "not known: " in model.decide(query).to_text()
    placed = model_of(assignment("Reader", group), hierarchy={SUBSCRIPTION: []})
    assert placed.decide(query).gaps == ()
    assert model.decide(AccessQuery("bob", VAULT, action=READ)).gaps == ()


def test_a_denial_of_unknown_place_makes_an_answer_doubtful() -> None:
    group = "/providers/Microsoft.Management/managementGroups/top"
    query = AccessQuery("ann", VAULT, action=READ)
    owner = assignment("Owner")
    doubtful = model_of(owner, deny_assignments=[denial(group)]).decide(query)
    assert doubtful.allowed
    assert [group in gap for gap in doubtful.gaps] == [True]
    for model in (
        model_of(owner, deny_assignments=[denial(group)], hierarchy={SUBSCRIPTION: []}),
        model_of(owner, deny_assignments=[denial(group, exclude_principals=("ann",))]),
        model_of(owner, assignment("No Such Role"), assignment("Reader", group)),
    ):
        assert model.decide(query).allowed
        assert model.decide(query).gaps == ()
    denied = model_of(assignment("Nothing"), deny_assignments=[denial(), denial(group)])
    assert denied.decide(query).gaps == ()


def test_principals_go_by_their_names() -> None:
    model = model_of(
        assignment("Reader", principal_name="Ann"),
        assignment("Owner", principal_name="Ann"),
        assignment("Owner", who="bob", principal_name="ANN"),
        assignment("Owner", who="carol"),
    )
    assert model.principals_called("ann") == ("ann", "bob")
    assert model.name_of("BOB") == "ANN"
    assert model.name_of("carol") is model.name_of("nobody") is None


@pytest.mark.parametrize(
    ("action", "plane"),
    [
        (GET_SECRET, Plane.DATA),
        (GET_SECRET.upper(), Plane.DATA),
        ("Microsoft.KeyVault/vaults/keys/wrap/action", Plane.DATA),
        (
            "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/filter/action",
            Plane.DATA,
        ),
        ("Microsoft.Authorization/roleAssignments/write", Plane.MANAGEMENT),
        (READ, Plane.MANAGEMENT),
        ("Contoso.Widgets/widgets/read", Plane.MANAGEMENT),
    ],
)
def test_the_plane_of_an_action_is_assumed(action: str, plane: Plane) -> None:
    assert assume_plane(action, model_of().roles) is plane


def test_decisions_from_many_threads_agree() -> None:
    model = model_of(conditional(CI_ONLY), assignment("Reader", who="bob"))
    queries = [
        AccessQuery("ann", VAULT, data_action=GET_SECRET, resource={NAME: f"{start}-{number}"})
        for number in range(200)
        for start in ("ci", "pay")
    ]
    with ThreadPoolExecutor(8) as pool:
        assert (
            list(pool.map(lambda query: model.decide(query).allowed, queries))
            == [True, False] * 200
        )
