"""The texts and requests that are measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CONDITIONS = Path(__file__).parent.parent / "fixtures" / "conditions"
ROLES = CONDITIONS.parent / "roles"
KEY_VAULT_FILE = CONDITIONS / "key-vault-data-access-administrator.cond"
KEY_VAULT_ROLE_FILE = ROLES / "key-vault-data-access-administrator.json"

ASSIGNMENTS = "Microsoft.Authorization/roleAssignments"
ROLE_ATTRIBUTE = f"{ASSIGNMENTS}:RoleDefinitionId"
BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"


KEY_VAULT_ROLES = (
    "00482a5a-887f-4fb3-b363-3b7fe8e74483",
    "a4417e6f-fecd-4de8-b567-7b0420556985",
    "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
    "e147488a-f6f5-4113-8e2d-b22465e65bf6",
    "12338af0-0e69-4776-bea7-57ae8d297424",
    "21090545-7ca7-4776-b22c-e363652d74d2",
    "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
    "4633458b-17de-408a-b874-0445c86b69e6",
)
"""The roles that this condition lets one grant and remove."""


def key_vault_condition() -> str:
    """The condition of the Key Vault Data Access Administrator, 955 characters."""
    return KEY_VAULT_FILE.read_text(encoding="utf-8").strip()


def _request(verb: str, role: object = None) -> dict[str, Any]:
    request: dict[str, Any] = {
        "action": f"{ASSIGNMENTS}/{verb}",
        "request": {},
        "resource": {},
    }
    if role is not None:
        request["resource" if verb == "delete" else "request"][ROLE_ATTRIBUTE] = role
    return request


KEY_VAULT_REQUESTS: tuple[dict[str, Any], ...] = (
    _request("write", "21090545-7ca7-4776-b22c-e363652d74d2"),
    _request("write", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
    _request("delete", "00482a5a-887f-4fb3-b363-3b7fe8e74483"),
    {"action": "Microsoft.KeyVault/vaults/read", "request": {}, "resource": {}},
)
"""A listed role granted, another one granted, a listed one removed, an unrelated action."""

KEY_VAULT_MORE_REQUESTS = (
    _request("delete", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
    _request("write", "a4417e6f-fecd-4de8-b567-7b0420556985"),
    _request("delete", "4633458b-17de-408a-b874-0445c86b69e6"),
)
"""More that everybody must answer rightly before being measured."""

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
            f"((!(ActionMatches{{'{BLOBS}/{verb}'}})) OR "
            f"(@Resource[{BLOBS}:path] StringLike 'team-{number}/*' AND "
            f"@Resource[{BLOBS}/tags:Cost<$key_case_sensitive$>] "
            f"ForAnyOfAnyValues:StringEquals {{'a{number}', 'b{number}', 'c{number}'}}))"
        )
        length += len(clauses[-1]) + len(" AND ")
    return " AND ".join(clauses)


def list_condition(characters: int) -> str:
    """One comparison with a long list of GUIDs, of about that length."""
    head = f"@Request[{ROLE_ATTRIBUTE}] ForAnyOfAnyValues:GuidEquals "
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
