"""Rules as SARIF describes them, with the properties that GitHub shows and sorts by."""

from __future__ import annotations

from typing import Any

from azcond.diagnostics import Severity
from azcond.linter.pages import PAGES
from azcond.linter.rule import Mends, Rule
from azcond.linter.rules import rules_by_code
from azcond.reports.levels import LEVELS
from azcond.reports.rules import rule_page
from azcond.reports.style import Style

_SECURITY_FAMILY = "SEC"
_FAMILIES = {
    "ACT": "actions",
    "COR": "correctness",
    "IAC": "host-file",
    "LIM": "limits",
    "SEC": "security",
    "STY": "style",
    "SYN": "syntax",
    "TYP": "types",
}


def rule_descriptor(code: str) -> dict[str, Any]:
    """The `reportingDescriptor` of a rule."""
    rule = rules_by_code()[code]
    descriptor = {
        "id": rule.code,
        "name": rule.slug,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {
            "text": "\n".join(rule_page(rule, Style())),
            "markdown": _markdown(rule),
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity].sarif},
        "properties": _properties(rule),
    }
    page = PAGES.get(rule.page, rule.page)
    if page.startswith("https://"):
        descriptor["helpUri"] = page
    return descriptor


def _properties(rule: Rule) -> dict[str, Any]:
    level = LEVELS[rule.severity]
    is_security = rule.severity is Severity.SECURITY or rule.code.startswith(_SECURITY_FAMILY)
    tags = {"azure", _FAMILIES[rule.code[:3]], *(["security"] if is_security else [])}
    properties: dict[str, Any] = {
        "tags": sorted(tags),
        # What the parser and the checker report is a fact of the language; the rules judge.
        "precision": "very-high" if rule.find is None else "high",
        "problem.severity": level.problem,
    }
    if is_security:
        properties["security-severity"] = level.security
    return properties


def _markdown(rule: Rule) -> str:
    fix = "" if rule.mends is Mends.NO else f"\n\nFix: {rule.mends}. {rule.fix}"
    return (
        f"{rule.why}\n\nFires on{_for(rule.role)}:\n\n{_code(rule.bad)}\n\n"
        f"Instead{_for(rule.good_role or rule.role)}:\n\n{_code(rule.good)}{fix}"
    )


def _for(role: str | None) -> str:
    return f", for the role {role}" if role else ""


def _code(text: str) -> str:
    body = text.strip("\n")
    fence = "```"
    while fence in body:
        fence += "`"
    return f"{fence}\n{body}\n{fence}"
