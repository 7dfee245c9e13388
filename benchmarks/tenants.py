"""Tenants of any size, and questions about them; the same from run to run."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from azcond.access import AccessQuery, Permission, RoleAssignment, RoleDefinition
from azcond.access.documents import read_roles

ROLES = 928
QUERIES = 400
CONDITIONAL = 0.05
_EXCLUDED = 0.2
SMALLEST = 1_000
HELD = 4
"""How many assignments a principal holds, on average."""

_CHECKOUT = Path(__file__).parent.parent
_DATA = Path(os.environ.get("AZCOND_DATA", _CHECKOUT.parent / "shared" / "data"))
_FOREIGN = "Contoso.Widgets/widgets/read"
_VAULTS = "providers/Microsoft.KeyVault/vaults"
_NAME = "Microsoft.KeyVault/vaults/secrets:name"


class Tenant(NamedTuple):
    """What a caller has, and what is asked.

    `common` are questions about the same assignments in tenants of every size, `own` are questions
    about assignments all over this one.
    """

    assignments: list[RoleAssignment]
    common: tuple[AccessQuery, ...]
    own: tuple[AccessQuery, ...]


@cache
def role_definitions() -> tuple[RoleDefinition, ...]:
    """The built-in roles of Azure where a copy is at hand, roles of their size otherwise."""
    served = _DATA / "built-in-roles.json"
    if served.is_file():
        return tuple(read_roles(json.loads(served.read_text(encoding="utf-8")))[0])
    rng = Random(ROLES)  # noqa: S311  # no secret
    return tuple([_role(number, rng) for number in range(ROLES)])


def _role(number: int, rng: Random) -> RoleDefinition:
    verbs = ("read", "write", "delete", "*", "*/read", "list/action")
    patterns = [
        f"Microsoft.Service{rng.randrange(60)}/kind{rng.randrange(9)}/{rng.choice(verbs)}"
        for _ in range(rng.randrange(1, 24))
    ]
    excluded = [pattern for pattern in patterns[:2] if rng.random() < _EXCLUDED]
    permission = Permission(tuple(patterns), tuple(excluded))
    return RoleDefinition(_guid(0xB0, number), f"Role {number}", (permission,))


def _guid(kind: int, number: int) -> str:
    return f"{number:08x}-0000-4000-80{kind:02x}-{number:012x}"


def tenant(count: int) -> Tenant:
    """So many assignments: each principal holds a few, most of them far down the tree.

    The first `SMALLEST` are the same in every tenant, and stand scattered among the others.
    """
    common, core = _draw(SMALLEST, SMALLEST)
    own, others = _draw(count, count - SMALLEST) if count > SMALLEST else (common, [])
    assignments = [*core, *others]
    Random(count).shuffle(assignments)  # noqa: S311  # no secret
    return Tenant(assignments, common, own)


def _draw(size: int, count: int) -> tuple[tuple[AccessQuery, ...], list[RoleAssignment]]:
    """Assignments like those of a tenant of some size, and questions about them."""
    rng, roles = Random(size), role_definitions()  # noqa: S311  # no secret
    assignments = [_assignment(rng, size, roles) for _ in range(count)]
    chosen = rng.choices(assignments, k=QUERIES)
    return tuple([_query(rng, size, one, roles) for one in chosen]), assignments


def _principal(rng: Random, count: int) -> str:
    """Principals of tenants of different sizes are different ones."""
    return _guid(0xA0 + len(str(count)), rng.randrange(max(1, count // HELD)))


def _assignment(rng: Random, count: int, roles: tuple[RoleDefinition, ...]) -> RoleAssignment:
    role = roles[rng.randrange(len(roles))]
    condition = condition_text(rng.randrange(1 + count // 1000))
    filtered = rng.random() < CONDITIONAL
    return RoleAssignment(
        _principal(rng, count),
        f"/providers/Microsoft.Authorization/roleDefinitions/{role.id}",
        _scope(rng, count),
        condition if filtered else None,
        "2.0" if filtered else None,
    )


def _scope(rng: Random, count: int) -> str:
    scope = f"/subscriptions/{_guid(0x50 + len(str(count)), rng.randrange(1 + count // 2000))}"
    depth = rng.random()
    if depth > 0.15:  # noqa: PLR2004  # the share of whole subscriptions
        scope += f"/resourceGroups/group-{rng.randrange(200)}"
    if depth > 0.6:  # noqa: PLR2004  # the share above single resources
        scope += f"/{_VAULTS}/vault-{rng.randrange(20)}"
    return scope


def condition_text(number: int) -> str:
    """One of many conditions that differ in a value."""
    return f"@Resource[{_NAME}] StringStartsWith 'team-{number}-'"


def _query(
    rng: Random, count: int, assignment: RoleAssignment, roles: tuple[RoleDefinition, ...]
) -> AccessQuery:
    """A question that has to do with an assignment, or with nothing."""
    guid = assignment.role.rpartition("/")[2]
    granted = next(role for role in roles if role.id == guid).permissions[0].actions
    action = rng.choice(granted).replace("*", "thing").strip(" /") if granted else _FOREIGN
    return AccessQuery(
        assignment.principal_id if rng.random() < 0.8 else _principal(rng, count),  # noqa: PLR2004
        f"{assignment.scope}/secrets/one" if "vaults" in assignment.scope else assignment.scope,
        action=action,
        groups=[_principal(rng, count) for _ in range(2)],
        resource={_NAME: f"team-{rng.randrange(1 + count // 1000)}-secret"},
    )
