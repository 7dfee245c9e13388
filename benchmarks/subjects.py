"""The texts and requests that are measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CONDITIONS = Path(__file__).parent.parent / "fixtures" / "conditions"
ROLES = CONDITIONS.parent / "roles"
KEY_VAULT_FILE = CONDITIONS / "key-vault-data-access-administrator.cond"

_ASSIGNMENTS = "Microsoft.Authorization/roleAssignments"
_ROLE = f"{_ASSIGNMENTS}:RoleDefinitionId"
_BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"


def key_vault_condition() -> str:
    """The condition of the Key Vault Data Access Administrator, 955 characters."""
    return KEY_VAULT_FILE.read_text(encoding="utf-8").strip()


def _request(verb: str, role: object = None) -> dict[str, Any]:
    request: dict[str, Any] = {
        "action": f"{_ASSIGNMENTS}/{verb}",
        "request": {},
        "resource": {},
    }
    if role is not None:
        request["resource" if verb == "delete" else "request"][_ROLE] = role
    return request


KEY_VAULT_REQUESTS: tuple[dict[str, Any], ...] = (
    _request("write", "21090545-7ca7-4776-b22c-e363652d74d2"),
    _request("write", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
    _request("delete", "00482a5a-887f-4fb3-b363-3b7fe8e74483"),
    {"action": "Microsoft.KeyVault/vaults/read", "request": {}, "resource": {}},
)
"""A listed role granted, another one granted, a listed one removed, an unrelated action."""

EXTRA_REQUESTS: tuple[dict[str, Any], ...] = (
    _request("delete", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
    _request("write", "4633458B-17DE-408A-B874-0445C86B69E6"),
    _request("write"),
    _request("delete"),
    _request("write", "Owner"),
    _request("WRITE", ["21090545-7ca7-4776-b22c-e363652d74d2"]),
    _request("read", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
)
"""More that the floor must decide as the program does before it is measured."""


def clauses_condition(characters: int) -> str:
    """Many clauses of the usual shape, of about that length."""
    clauses: list[str] = []
    length = 0
    while length < characters or not clauses:
        number = len(clauses)
        verb = ("read", "write", "delete")[number % 3]
        clauses.append(
            f"((!(ActionMatches{{'{_BLOBS}/{verb}'}})) OR "
            f"(@Resource[{_BLOBS}:path] StringLike 'team-{number}/*' AND "
            f"@Resource[{_BLOBS}/tags:Cost<$key_case_sensitive$>] "
            f"ForAnyOfAnyValues:StringEquals {{'a{number}', 'b{number}', 'c{number}'}}))"
        )
        length += len(clauses[-1]) + len(" AND ")
    return " AND ".join(clauses)


def list_condition(characters: int) -> str:
    """One comparison with a long list of GUIDs, of about that length."""
    head = f"@Request[{_ROLE}] ForAnyOfAnyValues:GuidEquals "
    count = max(1, (characters - len(head)) // len("00000000-0000-4000-8000-000000000000, "))
    guids = (f"00000000-0000-4000-8000-{number:012x}" for number in range(count))
    return f"{head}{{{', '.join(guids)}}}"


def roles_document(count: int) -> str:
    """The shipped role definitions over and over, as many as that, each with a GUID of its own."""
    shipped = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(ROLES.glob("*.json"))
    ]
    roles = [
        {**shipped[number % len(shipped)], "name": f"00000000-0000-4000-8000-{number:012x}"}
        for number in range(count)
    ]
    return json.dumps(roles)
