"""The least that the same work could cost in Python: what the figures of azcond stand against."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Token = tuple[str | None, str, int]

_TOKENS = re.compile(
    r"(?P<PUNCTUATION>[(){},:!]|&&|\|\|)"
    r"|(?P<GUID>[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12})"
    r"|(?P<WORD>[a-zA-Z]\w*)"
    r"|(?P<INTEGER>-?\d+)"
    r"|(?P<STRING>'[^']*')"
    r"|(?P<ATTRIBUTE>@\w+\[[^]]*\])"
)


def tokenize(text: str, scan: Callable[[str], Any] = _TOKENS.finditer) -> list[Token]:
    """Kind, text and start of every token, in one pass of one regular expression."""
    return [(match.lastgroup, match[0], match.start()) for match in scan(text)]


_WRITE = "microsoft.authorization/roleassignments/write"
_DELETE = "microsoft.authorization/roleassignments/delete"
_ROLE = "Microsoft.Authorization/roleAssignments:RoleDefinitionId"
_KEY_VAULT_ROLES = frozenset(
    {
        "00482a5a-887f-4fb3-b363-3b7fe8e74483",
        "a4417e6f-fecd-4de8-b567-7b0420556985",
        "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
        "e147488a-f6f5-4113-8e2d-b22465e65bf6",
        "12338af0-0e69-4776-bea7-57ae8d297424",
        "21090545-7ca7-4776-b22c-e363652d74d2",
        "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
        "4633458b-17de-408a-b874-0445c86b69e6",
    }
)


def key_vault_decision(request: Mapping[str, Any]) -> bool:
    """The Key Vault condition as a person would write it for a plain dict."""
    action = request["action"].lower()
    if action == _WRITE:
        role = request["request"].get(_ROLE)
    elif action == _DELETE:
        role = request["resource"].get(_ROLE)
    else:
        return True
    if type(role) is str:
        return role.lower() in _KEY_VAULT_ROLES
    if type(role) is list:
        return any(type(one) is str and one.lower() in _KEY_VAULT_ROLES for one in role)
    return False
