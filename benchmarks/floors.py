"""The least that the same work could cost in Python: what the figures of azcond stand against."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks import subjects

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
_KEY_VAULT_ROLES = frozenset(subjects.KEY_VAULT_ROLES)


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
