"""Rules for reading: the page of one, the list of all, the table in the README, and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import indent, wrap
from typing import Any

from azcond.linter.pages import PAGES
from azcond.linter.rule import Mends, Rule
from azcond.reports.style import Style

_MOST_LINES = 40
"""Of an example that is about its length, only the beginning is shown."""

_NEEDS = {
    "condition": "the text of the condition",
    "catalogue": "the documented actions, attributes and roles",
    "role": "the role that the condition is for",
    "host": "the file that the condition stands in",
}


def rule_page(rule: Rule, style: Style) -> list[str]:
    """Everything about one rule."""
    file = f", in {rule.example_file}" if rule.example_file else ""
    role = f", for the role {rule.role}" if rule.role else file
    good_role = rule.good_role or rule.role
    other = f", for the role {good_role}" if good_role else file
    off = "; off unless it is selected" if rule.opt_in else ""
    width = min(style.width, 100)
    return [
        f"{style.strong(rule.code)} {rule.slug}: {rule.title}",
        f"{style.severity(rule.severity, rule.severity)}; needs {_NEEDS[rule.needs]}{off}",
        "",
        *wrap(rule.why, width),
        "",
        style.strong(f"Fires on{role}:"),
        *_example(rule.bad, width),
        "",
        style.strong(f"Instead{other}:"),
        *_example(rule.good, width),
        "",
        *wrap(f"Fix: {_fix(rule)}", width),
        f"Documentation: {PAGES.get(rule.page, rule.page)}",
    ]


def _fix(rule: Rule) -> str:
    match rule.mends:
        case Mends.NO:
            return "none; what to write depends on what was meant."
        case Mends.SAFE:
            return f"safe (azcond lint --fix). {rule.fix}"
        case Mends.UNSAFE:
            return f"unsafe (azcond lint --unsafe-fixes). {rule.fix}"


def _example(text: str, width: int) -> list[str]:
    lines = [
        f"{line[: width * 4]}…" if len(line) > width * 4 else line
        for line in text.strip("\n").split("\n")
    ]
    return [indent(line, "  ") for line in lines[:_MOST_LINES]]


def rule_list(rules: Iterable[Rule]) -> list[str]:
    """A line for each rule."""
    return [
        f"{rule.code}  {rule.severity:<8}  {_mark(rule):<10}  {rule.title}".rstrip()
        for rule in rules
    ]


def _mark(rule: Rule) -> str:
    return "" if rule.mends is Mends.NO else f"{rule.mends} fix"


def rule_table(rules: Iterable[Rule]) -> str:
    """The table for the README, in Markdown."""
    rows = [
        f"| {rule.code} | {rule.title} | {rule.severity}{', off' if rule.opt_in else ''} | "
        f"{'' if rule.mends is Mends.NO else rule.mends} |"
        for rule in rules
    ]
    return "\n".join(["| code | finds | severity | fix |", "|---|---|---|---|", *rows]) + "\n"


def rule_document(rule: Rule) -> dict[str, Any]:
    """One rule for programs."""
    return {
        "code": rule.code,
        "slug": rule.slug,
        "title": rule.title,
        "severity": rule.severity.value,
        "needs": rule.needs.value,
        "why": rule.why,
        "opt_in": rule.opt_in,
        "example_file": rule.example_file,
        "bad": rule.bad,
        "good": rule.good,
        "role": rule.role,
        "good_role": rule.good_role or rule.role,
        "fix": None if rule.mends is Mends.NO else rule.mends.value,
        "fix_reason": rule.fix or None,
        "page": PAGES.get(rule.page, rule.page),
        "since": rule.since,
    }
