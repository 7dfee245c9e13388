"""What `terraform show -json` says of a plan or a state (Terraform, "JSON Output Format").

A plan says the same several times: what is, what is to be, and what changes. Only the last is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from azcond.jsontext import Path


class Planned(NamedTuple):
    """A part of a plan or a state that is read, and what is known about the resource there."""

    path: Path
    before: Any = None
    unknown: Path | None = None
    address: str = ""


def find_planned(root: Any) -> tuple[Planned, ...] | None:
    """What is to be read of a document; nothing unless it is a plan or a state."""
    if not isinstance(root, dict) or not isinstance(root.get("format_version"), str):
        return None
    if isinstance(root.get("resource_changes"), list):
        return tuple(_changes(root["resource_changes"]))
    for name in ("planned_values", "values", "prior_state"):
        if isinstance(root.get(name), dict):
            return (Planned((name,)),)
    return None


def is_generated(root: Any) -> bool:
    """Whether Terraform writes a document and nobody else does: a plan or a state, in any form."""
    return find_planned(root) is not None or (isinstance(root, dict) and "lineage" in root)


def _changes(changes: list[Any]) -> Iterator[Planned]:
    for index, resource in enumerate(changes):
        change = resource.get("change") if isinstance(resource, dict) else None
        if isinstance(change, dict) and isinstance(change.get("after"), dict):
            path: Path = ("resource_changes", index, "change", "after")
            unknown = change.get("after_unknown")
            is_unknown = isinstance(unknown, dict) and unknown.get("condition") is True
            yield Planned(
                path,
                change.get("before"),
                (*path[:-1], "after_unknown", "condition") if is_unknown else None,
                str(resource.get("address", "")),
            )
