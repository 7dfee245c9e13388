"""What the members of JSON objects are called around conditions.

The REST API, Azure PowerShell and Terraform spell the same names in three ways: `principalId`,
`PrincipalId`, `principal_id`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from azcond.containers.model import Fact


class _Folded(dict[str, str]):
    """Names without case and underscores, each worked out once."""

    def __missing__(self, name: str) -> str:
        folded = self[name] = name.lower().replace("_", "")
        return folded


Names = Mapping[str, str]
"""The names of an object as it spells them, by what they are called without case and underscores.
"""


def names_of(members: Iterable[str]) -> Names:
    """The names of an object."""
    return {name.lower().replace("_", ""): name for name in members}


def folding() -> Mapping[str, str]:
    """What makes folding the same names over and over cheap."""
    return _Folded()


CONDITION = "condition"
BESIDE_A_CONDITION = frozenset(
    {
        "conditionversion",
        "dataactions",
        "notactions",
        "notdataactions",
        "principalid",
        "roledefinitionid",
        "roledefinitionidorname",
        "roledefinitionname",
    }
)
OF_A_ROLE = frozenset({"assignablescopes", "permissions", "rolename", "roletype"})
OF_PIM = frozenset(
    {
        "linkedroleeligibilityscheduleid",
        "membertype",
        "requesttype",
        "roleassignmentscheduleid",
        "roleassignmentschedulerequestid",
        "roleeligibilityscheduleid",
        "roleeligibilityschedulerequestid",
        "scheduleinfo",
        "targetroleassignmentscheduleid",
        "targetroleeligibilityscheduleid",
    }
)
DECLARING = frozenset({"type", "value", "defaultvalue", "metadata", "reference"})
"""What an object has that declares a parameter, or gives it a value."""

FACT_NAMES: Mapping[Fact, tuple[str, ...]] = {
    Fact.ROLE: ("roledefinitionid", "roledefinitionname", "roledefinitionidorname"),
    Fact.VERSION: ("conditionversion",),
    Fact.PRINCIPAL: ("principalid", "objectid"),
    Fact.PRINCIPAL_TYPE: ("principaltype", "objecttype"),
    Fact.SCOPE: ("scope",),
    Fact.DESCRIPTION: ("description",),
}
"""Under which names facts are given."""

_SPELLED = {
    Fact.ROLE: "role definition id",
    Fact.VERSION: "condition version",
    Fact.PRINCIPAL: "principal id",
    Fact.PRINCIPAL_TYPE: "principal type",
    Fact.SCOPE: "scope",
    Fact.DESCRIPTION: "description",
}


def spelled(fact: Fact, siblings: Iterable[str]) -> str:
    """The name of a fact beside other names, as those are spelled."""
    first, *others = _SPELLED[fact].split()
    names = list(siblings)
    if any("_" in name for name in names):
        return "_".join([first, *others])
    if any(name[:1].isupper() for name in names[:1]):
        first = first.capitalize()
    return "".join([first, *(word.capitalize() for word in others)])


def is_given(members: Mapping[str, Any], names: Names, wanted: Iterable[str]) -> bool:
    """Whether one of these names has a plain value."""
    return any(
        name in names and not isinstance(members[names[name]], dict | list) for name in wanted
    )
