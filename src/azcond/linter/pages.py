"""The pages of Microsoft's documentation that the rules stand on, by the names used here."""

from __future__ import annotations

_RBAC = "https://learn.microsoft.com/azure/role-based-access-control/"
_BLOBS = "https://learn.microsoft.com/azure/storage/blobs/"

PAGES: dict[str, str] = {
    **{
        name: _RBAC + name
        for name in (
            "built-in-roles",
            "conditions-authorization-actions-attributes",
            "conditions-faq",
            "conditions-format",
            "conditions-overview",
            "conditions-troubleshoot",
            "delegate-role-assignments-examples",
            "delegate-role-assignments-overview",
            "delegate-role-assignments-portal",
            "deny-assignments",
            "overview",
            "role-assignments-template",
            "role-definitions",
        )
    },
    **{
        name: _BLOBS + name
        for name in (
            "storage-auth-abac-attributes",
            "storage-auth-abac-examples",
            "storage-auth-abac-security",
        )
    },
    "container-registry-rbac-abac-repository-permissions": (
        "https://learn.microsoft.com/azure/container-registry/"
        "container-registry-rbac-abac-repository-permissions"
    ),
    "granular-rbac-log-analytics": (
        "https://learn.microsoft.com/azure/azure-monitor/logs/granular-rbac-log-analytics"
    ),
    "queues-auth-abac-attributes": (
        "https://learn.microsoft.com/azure/storage/queues/queues-auth-abac-attributes"
    ),
    "resource-name-rules": (
        "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules"
    ),
    "rbac-abac": "https://learn.microsoft.com/azure/key-vault/general/rbac-abac",
}
"""The address of every page."""
