"""Cases that show what rules find: a condition, perhaps the role it is for, and every finding."""

from __future__ import annotations

import json
from typing import Any

from azcond import Diagnostic, Severity
from azcond.access.documents import read_roles
from azcond.access.known import BUILT_IN
from azcond.access.models import RoleDefinition
from azcond.linter.engine import lint
from azcond.linter.fixing import fix
from conftest import FIXTURES


def read_cases(name: str) -> dict[str, dict[str, Any]]:
    """The cases of `fixtures/lint/<name>.json` by their names."""
    document = json.loads((FIXTURES / "lint" / f"{name}.json").read_text("utf-8"))
    cases = {case["name"]: case for case in document["cases"]}
    assert len(cases) == len(document["cases"])
    return cases


def role_of_case(case: dict[str, Any]) -> RoleDefinition | None:
    """The role of a case: a built-in one by its name, or a definition of its own."""
    role = case.get("role")
    if isinstance(role, dict):
        (definition,), problems = read_roles([role])
        assert not problems
        return definition
    found = BUILT_IN.find(role) if role else None
    assert found is not None or not role
    return found


def look(case: dict[str, Any], text: str | None = None) -> list[Diagnostic]:
    """What is found in the condition of a case, or in another text in its place."""
    condition = case["condition"] if text is None else text
    return lint(condition, role=role_of_case(case), entry=case.get("entry"))


def check_case(case: dict[str, Any], codes: frozenset[str]) -> None:
    """Findings with these codes are exactly those listed; a fix removes what it is said to."""
    condition = case["condition"]
    found = [one for one in look(case) if one.code in codes]
    shown = [(one.code, str(one.severity), condition[slice(*one.span)]) for one in found]
    expected = [(one["code"], one["severity"], one["text"]) for one in case["findings"]]
    assert sorted(shown) == sorted(expected)
    for one in case["findings"]:
        if "message" in one:
            assert any(one["message"] in diagnostic.message for diagnostic in found)
    if "fixed" in case:
        fixed = fix(condition, unsafe=True, role=role_of_case(case), entry=case.get("entry"))
        assert fixed == case["fixed"]
        left = {one.code for one in look(case, fixed) if one.severity is not Severity.INFO}
        assert not left & {one["code"] for one in case["findings"]}
