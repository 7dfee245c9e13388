"""The table of output formats. The module of a format is imported when it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import NamedTuple, cast

from azcond.reports.finding import Finding, Outcome
from azcond.reports.style import Style

Report = Callable[[Iterable[Finding], Outcome, Style], Iterator[str]]
"""The lines of a report, from the findings and what is known of the run once they are taken."""


class Format(NamedTuple):
    """One row: the module below `azcond.reports`, what it is for, and whether people read it."""

    module: str
    about: str
    for_people: bool = False


FORMATS: dict[str, Format] = {
    "full": Format("full", "with the code (default)", for_people=True),
    "concise": Format("concise", "one line each", for_people=True),
    "grouped": Format("grouped", "one line each, below the name of the file", for_people=True),
    "json": Format("document", "one JSON document"),
    "json-lines": Format("json_lines", "one JSON object each"),
    "sarif": Format("sarif", "SARIF 2.1.0, for code scanning"),
    "github": Format("github", "annotations of GitHub Actions"),
    "gitlab": Format("gitlab", "GitLab Code Quality"),
    "junit": Format("junit", "JUnit XML"),
    "azure": Format("azure", "logging commands of Azure Pipelines"),
    "markdown": Format("markdown", "a summary for the page of a job"),
}
"""Every format by its name."""


def report_named(name: str) -> Report:
    """The report of a format. Raises `KeyError` for another name."""
    module = import_module(f"azcond.reports.{FORMATS[name].module}")
    return cast("Report", module.report_lines)
