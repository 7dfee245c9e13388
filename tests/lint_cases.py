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


def found_in(case: dict[str, Any], codes: frozenset[str]) -> list[tuple[str, str, str]]:
    """Code, severity and text of the findings that have one of the codes."""
    condition = case["condition"]
    found = [one for one in look(case) if one.code in codes]
    return sorted((one.code, str(one.severity), condition[slice(*one.span)]) for one in found)


def expected_in(case: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The same of what a case lists."""
    return sorted((one["code"], one["severity"], one["text"]) for one in case["findings"])


def missing_words(case: dict[str, Any]) -> list[str]:
    """What the messages should say and do not."""
    messages = [one.message for one in look(case)]
    wanted = [one["message"] for one in case["findings"] if "message" in one]
    return [words for words in wanted if not any(words in message for message in messages)]


def fixed(case: dict[str, Any]) -> tuple[str, set[str]]:
    """The text after all fixes, and the codes of the case that are still found above info."""
    text = fix(case["condition"], unsafe=True, role=role_of_case(case), entry=case.get("entry"))
    left = {one.code for one in look(case, text) if one.severity is not Severity.INFO}
    return text, left & {one["code"] for one in case["findings"]}
