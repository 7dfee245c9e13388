"""The roles of Defender for IoT: its documented matrix, derived from the role definitions.

`documented.json` is the table of the page as it stands. `mapping.json` says which Azure actions a
row needs and why, and lists each cell that comes out otherwise or is not decided by Azure roles.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from azcond.access import AccessModel, AccessQuery, RoleAssignment
from azcond.access.built_in import built_in_roles
from conftest import FIXTURES, Golden

README = FIXTURES.parent / "README.md"
FOLDER = FIXTURES / "defender-iot"
DOCUMENTED: dict[str, Any] = json.loads((FOLDER / "documented.json").read_text(encoding="utf-8"))
MAPPING: dict[str, Any] = json.loads((FOLDER / "mapping.json").read_text(encoding="utf-8"))
ROLES: list[str] = DOCUMENTED["roles"]
ROWS: list[dict[str, Any]] = DOCUMENTED["rows"]
NEEDS: dict[str, list[str]] = {row["action"]: row["needs"] for row in MAPPING["rows"]}
CELLS = {(cell["action"], cell["role"]): cell for cell in MAPPING["cells"]}

SUBSCRIPTION = "/subscriptions/0b6e1c35-6f5d-4a0f-8c64-6a3c9f0a7a11"
SITE = f"{SUBSCRIPTION}/providers/Microsoft.IoTSecurity/locations/global/sites/plant-7"
SCOPES = {
    "Apply per subscription only": [SUBSCRIPTION],
    "Apply per subscription or site": [SUBSCRIPTION, SITE],
}


def can(role: str, needs: list[str], *, assigned_at: str, asked_at: str) -> bool:
    model = AccessModel(built_in_roles(), [RoleAssignment("someone", role, assigned_at)])
    queries = [AccessQuery("someone", asked_at, action=action) for action in needs]
    return all(model.decide(query).allowed for query in queries)


def derived(row: dict[str, Any], role: str) -> bool | None:
    """What the role definitions give, the same at every scope kind; `None` if nothing there can."""
    needs = NEEDS[row["action"]]
    if not needs:
        return None
    (outcome,) = {
        can(role, needs, assigned_at=scope, asked_at=scope) for scope in SCOPES[row["scope"]]
    }
    return outcome


def test_the_table_is_the_documented_one() -> None:
    assert ROLES == ["Security Reader", "Security Admin", "Contributor", "Owner"]
    assert len(ROWS) == 19
    marks = Counter(mark for row in ROWS for mark in row["marks"].values())
    assert set(marks) == {"✔", "-"}
    assert Counter(row["scope"] for row in ROWS) == {
        "Apply per subscription only": 12,
        "Apply per subscription or site": 7,
    }
    assert sum(row["enterprise_iot"] for row in ROWS) == 6


def test_every_row_is_mapped_with_a_reason() -> None:
    assert [row["action"] for row in MAPPING["rows"]] == [row["action"] for row in ROWS]
    assert all(row["reason"].endswith(".") for row in MAPPING["rows"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["action"])
@pytest.mark.parametrize("role", ROLES)
def test_a_cell_is_as_documented_or_says_why_not(row: dict[str, Any], role: str) -> None:
    outcome = derived(row, role)
    cell = CELLS.get((row["action"], role))
    agrees = outcome is (row["marks"][role] == "✔")
    if outcome is None:
        assert cell is not None
        assert cell["kind"] == "not decided"
    elif not agrees:
        assert cell is not None
        assert cell["kind"] == "disagrees"
    else:
        assert cell is None or cell["kind"] == "doubtful"
    assert cell is None or cell["reason"].endswith(".")


def test_the_doubtful_cell_is_doubtful() -> None:
    """The role can do what the portal may ask for instead."""
    ((_, role),) = [key for key, cell in CELLS.items() if cell["kind"] == "doubtful"]
    other = ["Microsoft.Security/iotSensors/downloadResetPassword/action"]
    assert can(role, other, assigned_at=SUBSCRIPTION, asked_at=SUBSCRIPTION)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_at_a_site_gives_nothing_at_the_subscription(role: str) -> None:
    for needs in NEEDS.values():
        if needs:
            assert not can(role, needs, assigned_at=SITE, asked_at=SUBSCRIPTION)
            at_site = can(role, needs, assigned_at=SITE, asked_at=SITE)
            assert can(role, needs, assigned_at=SUBSCRIPTION, asked_at=SITE) is at_site


def matrix() -> str:
    """The resulting table, as the README shows it."""
    lines = [f"| Action | Scope | {' | '.join(ROLES)} |", f"|---|---|{'---|' * len(ROLES)}"]
    notes: list[str] = []
    for row in ROWS:
        scope = row["scope"].removeprefix("Apply per ")
        cells = [_shown(row, role, notes) for role in ROLES]
        lines.append(f"| {row['action']} | {scope} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", *(f"{at}. {text}" for at, text in enumerate(notes, 1))]) + "\n"


def _shown(row: dict[str, Any], role: str, notes: list[str]) -> str:
    outcome = derived(row, role)
    mark = {True: "✔", False: "-", None: "n/a"}[outcome]
    cell = CELLS.get((row["action"], role))
    if cell is None:
        return mark
    if cell["reason"] not in notes:
        notes.append(cell["reason"])
    number = notes.index(cell["reason"]) + 1
    documented = "" if cell["kind"] == "doubtful" else f", documented {row['marks'][role]}"
    return f"{mark}{documented} ({number})"


def test_the_resulting_table_is_that_of_the_readme(golden: Golden) -> None:
    begin, end = "<!-- defender for iot -->\n", "<!-- end of defender for iot -->\n"
    before, found, rest = README.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    assert found
    assert closed
    golden(README, f"{before}{begin}{matrix()}{end}{after}")
