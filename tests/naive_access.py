"""Who may do what, said a second time: a scan over everything, apart from the library.

A tenant is a dict of JSON as Azure serves it; conditions are decided by the oracle. Nothing is
compiled, indexed or remembered. Also here: random tenants and questions that meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import azcond
import oracle

EVERYONE = "00000000-0000-0000-0000-000000000000"

Json = dict[str, Any]


def is_allowed(tenant: Json, query: Json) -> bool:
    """Deny assignments first; then one assignment whose conditions are met is enough."""
    principals = {name.lower() for name in (query["principal"], *query["groups"])}
    scopes = scopes_above(query["scope"], tenant["hierarchy"])
    if any(_denies(denial, query, principals, scopes) for denial in tenant["deny_assignments"]):
        return False
    return any(_grants(one, tenant, query, principals, scopes) for one in tenant["assignments"])


def scopes_above(scope: str, hierarchy: Mapping[str, Sequence[str]]) -> set[str]:
    """The scope and all above it, segment by segment, in lower case."""
    segments = [part for part in scope.lower().split("/") if part]
    found = {"/" + "/".join(segments[:length]) for length in range(len(segments) + 1)}
    for listed, above in hierarchy.items():
        upwards = [name.lower().rstrip("/") for name in (listed, *above)]
        for index, name in enumerate(upwards):
            if name in found:
                found |= set(upwards[index:])
    return found


def _scope(scope: str) -> str:
    return "/" + scope.lower().strip("/")


def _denies(denial: Json, query: Json, principals: set[str], scopes: set[str]) -> bool:
    if _scope(denial["scope"]) not in scopes:
        return False
    if denial["doNotApplyToChildScopes"] and _scope(denial["scope"]) != _scope(query["scope"]):
        return False
    if principals & {one["id"].lower() for one in denial["excludePrincipals"]}:
        return False
    if not {*principals, EVERYONE} & {one["id"].lower() for one in denial["principals"]}:
        return False
    return any(
        _matches(entry, query)
        and (not entry.get("condition") or _verdict(entry["condition"], query) is not False)
        for entry in denial["permissions"]
    )


def _grants(
    assignment: Json, tenant: Json, query: Json, principals: set[str], scopes: set[str]
) -> bool:
    if assignment["principalId"].lower() not in principals:
        return False
    if _scope(assignment["scope"]) not in scopes:
        return False
    if assignment.get("condition"):
        if assignment["conditionVersion"] != "2.0":
            return False
        if _verdict(assignment["condition"], query) is not True:
            return False
    return any(
        _matches(entry, query)
        and (not entry.get("condition") or _verdict(entry["condition"], query) is True)
        for role in tenant["roles"]
        if role["name"].lower() == assignment["roleDefinitionId"].rpartition("/")[2].lower()
        for entry in role["permissions"]
    )


def _matches(entry: Json, query: Json) -> bool:
    actions, not_actions = (
        ("dataActions", "notDataActions") if query["data"] else ("actions", "notActions")
    )
    return _any_of(entry[actions], query) and not _any_of(entry[not_actions], query)


def _any_of(patterns: Sequence[str], query: Json) -> bool:
    action = query["request"]["action"]
    return any(oracle.action_pattern_matches(pattern.strip(), action) for pattern in patterns)


def _verdict(condition: str, query: Json) -> bool | None:
    """The verdict; unknown also for a text that is no condition."""
    try:
        tree = azcond.parse(condition).ast
    except azcond.ConditionSyntaxError:
        return None
    return oracle.decide(tree, query["request"])


# --- random tenants and questions ----------------------------------------------------------

_SUBSCRIPTION = "/subscriptions/S1"
_GROUPS = "/providers/Microsoft.Management/managementGroups"
SCOPES = (
    "/",
    f"{_GROUPS}/Root",
    f"{_GROUPS}/child",
    _SUBSCRIPTION,
    f"{_SUBSCRIPTION}/resourceGroups/rg1",
    f"{_SUBSCRIPTION}/resourceGroups/rg10",
    f"{_SUBSCRIPTION}/resourceGroups/rg1/providers/Microsoft.KeyVault/vaults/pay",
    "/subscriptions/s2",
    "/providers/Microsoft.aadiam",
)
PRINCIPALS = ("ann", "Bob", "team", "crew", "carol")
PATTERNS = (
    "*",
    "*",
    "*/read",
    "Example/*",
    "Example/*",
    "Example/items/read",
    "example/ITEMS/*/read",
    "Example/items/write ",
    "Other/*",
    "*/tags/*",
    "Nothing/at/all",
)
ACTIONS = ("Example/items/read", "Example/items/write", "Example/items/tags/read", "Other/delete")
CONDITIONS = (
    None,
    None,
    "",
    "@Resource[Example/items:name] StringEquals 'red'",
    "!(ActionMatches{'Example/items/read'}) OR @Request[Example/items:size] NumericLessThan 10",
    "NOT @Resource[Example/items:name] StringEquals 'red'",
    "Exists @Request[Example/items:size]",
    "@Resource[Example/items:name StringEquals 'red'",
)
ROLES = tuple(f"0000000{number}-0000-4000-8000-000000000000" for number in range(4))


def _case(rng: Random, text: str) -> str:
    return rng.choice((text, text, text.upper(), text.lower()))


def _some(rng: Random, pool: Sequence[str], least: int, most: int) -> list[str]:
    return rng.sample(pool, rng.randint(least, most))


def _permission(rng: Random, *, with_condition: bool) -> Json:
    entry: Json = {
        "actions": _some(rng, PATTERNS, 1, 2),
        "notActions": _some(rng, PATTERNS[2:], 0, 1),
        "dataActions": _some(rng, PATTERNS, 0, 2),
        "notDataActions": _some(rng, PATTERNS[2:], 0, 1),
    }
    if with_condition:
        entry |= {"condition": rng.choice(CONDITIONS), "conditionVersion": "2.0"}
    return entry


def random_assignment(rng: Random) -> Json:
    role = rng.choice(ROLES)
    return {
        "principalId": _case(rng, rng.choice(PRINCIPALS)),
        "scope": _case(rng, rng.choice(SCOPES)).rstrip("/") + rng.choice(("", "", "/")) or "/",
        "roleDefinitionId": rng.choice(
            (role, f"{_SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{role}")
        ),
        "condition": rng.choice(CONDITIONS),
        "conditionVersion": rng.choice(("2.0", "2.0", "2.0", "1.0")),
    }


def random_denial(rng: Random) -> Json:
    entry = _permission(rng, with_condition=rng.random() < 0.5)
    entry["notActions"] = rng.choice(([], [], entry["notActions"]))
    entry["dataActions"] = rng.choice((["*"], ["Example/*"], entry["dataActions"]))
    names = (*PRINCIPALS, EVERYONE, EVERYONE, EVERYONE)
    return {
        "scope": _case(rng, rng.choice(SCOPES[:5])),
        "permissions": [entry],
        "principals": [{"id": _case(rng, name)} for name in _some(rng, names, 1, 2)],
        "excludePrincipals": [{"id": name} for name in _some(rng, PRINCIPALS, 0, 1)],
        "doNotApplyToChildScopes": rng.random() < 0.3,
    }


def random_tenant(rng: Random) -> Json:
    """A few of everything, so that questions meet something."""
    return {
        "roles": [
            {
                "name": guid,
                "roleName": f"Role {guid[:8]}",
                "permissions": [
                    _permission(rng, with_condition=rng.random() < 0.3)
                    for _ in range(rng.randint(1, 2))
                ],
            }
            for guid in ROLES
        ],
        "assignments": [random_assignment(rng) for _ in range(rng.randint(0, 20))],
        "deny_assignments": [random_denial(rng) for _ in range(rng.choice((0, 1, 2)))],
        "hierarchy": rng.choice(
            ({}, {_SUBSCRIPTION: [f"{_GROUPS}/child/", f"{_GROUPS}/root"]}),
        ),
    }


def random_query(rng: Random) -> Json:
    """A question; `request` is that of the condition oracle."""
    below = rng.choice(("", "/providers/Microsoft.KeyVault/vaults/x/secrets/y", "/"))
    return {
        "principal": _case(rng, rng.choice(PRINCIPALS[:2])),
        "groups": _some(rng, PRINCIPALS[2:], 0, 2),
        "scope": _case(rng, rng.choice((*SCOPES, *SCOPES[3:7]))).rstrip("/") + below or "/",
        "data": rng.random() < 0.4,
        "request": {
            "action": _case(rng, rng.choice(ACTIONS)),
            "resource": {"Example/items:name": rng.choice(("red", "blue", None))},
            "request": rng.choice(({}, {"Example/items:size": 5}, {"Example/items:size": 50})),
            "principal": {},
            "environment": {},
        },
    }
