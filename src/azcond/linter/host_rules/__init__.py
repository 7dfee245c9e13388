"""One module per rule about what stands around conditions in a file; see `linter.rules`."""

from __future__ import annotations

MODULES = (
    "condition_version",
    "duplicate_assignment",
    "granted_elsewhere",
    "host_escapes",
    "pim_principal",
    "principal_type",
    "rendered_list",
    "text_only_change",
    "too_long",
    "unconditional_delegation",
    "unexplained_role",
    "unresolved",
    "unused_suppression",
)
"""The modules here."""
