"""How much a finding matters, in the words of each system that shows findings."""

from __future__ import annotations

from typing import NamedTuple

from azcond.diagnostics import Severity


class Level(NamedTuple):
    """What one severity is called elsewhere.

    `security` is the `security-severity` of a rule that is about security, which GitHub shows as
    critical above 9.0, high from 7.0, medium from 4.0 and low below ("SARIF support for code
    scanning"). GitLab keeps its `blocker` for what could not be read ("Code Quality").
    """

    sarif: str
    problem: str
    security: str
    github: str
    gitlab: str
    azure: str


LEVELS: dict[Severity, Level] = {
    Severity.ERROR: Level("error", "error", "8.8", "error", "critical", "error"),
    Severity.SECURITY: Level("error", "error", "8.1", "error", "major", "error"),
    Severity.WARNING: Level("warning", "warning", "5.5", "warning", "minor", "warning"),
    Severity.INFO: Level("note", "recommendation", "3.1", "notice", "info", "warning"),
}
"""Every severity. What makes a run fail is an error or a warning everywhere."""
