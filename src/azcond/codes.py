"""The code, name and usual severity of every finding of the parser and of the checker.

A code never changes meaning and is never used again for another. A finding may be reported below
the severity that stands here where its case is harmless; `title` says what the code is about.
"""

from __future__ import annotations

from azcond._dataclasses import dataclass
from azcond.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """One row: the code, a name for people and for file names, the usual severity, the subject."""

    code: str
    slug: str
    severity: Severity
    title: str


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_ROWS = (
    Code("SYN001", "syntax-error", _ERROR, "text that does not follow the grammar"),
    Code("SYN002", "unbalanced-bracket", _ERROR, "unbalanced bracket or quote"),
    Code("SYN003", "unknown-operator", _ERROR, "unknown operator"),
    Code("SYN004", "illegal-quantifier", _ERROR, "quantifier unknown or not for this relation"),
    Code("SYN005", "foreign-operator", _ERROR, "operator of another language"),
    Code("SYN006", "string-quotes", _ERROR, "quotes that do not delimit a string, or are escaped"),
    Code("SYN007", "invisible-character", _ERROR, "invisible or control character"),
    Code("SYN008", "shell-escape", _ERROR, "escape of a shell that is part of the text"),
    Code("SYN009", "lost-dollar", _ERROR, "attribute suffix damaged by a shell"),
    Code("SYN010", "mixed-and-or", _WARNING, "AND and OR mixed without parentheses"),
    Code("SYN011", "empty-condition", _ERROR, "empty condition or empty set"),
    Code("SYN012", "set-comma", _ERROR, "comma missing or trailing in a set"),
    Code("TYP101", "unknown-attribute", _WARNING, "attribute that no documentation page lists"),
    Code("TYP102", "wrong-source", _ERROR, "attribute source not valid for the guarded action"),
    Code("TYP103", "wrong-relation", _ERROR, "relation does not fit the type of its operand"),
    Code("TYP104", "malformed-guid", _ERROR, "malformed GUID"),
    Code("TYP105", "outside-domain", _ERROR, "value that the attribute never has"),
    Code("TYP106", "bad-date-time", _ERROR, "bad date-time"),
    Code("TYP107", "bad-literal", _ERROR, "decimal number, or quoted number or boolean"),
    Code("TYP108", "set-without-quantifier", _ERROR, "set under a relation without quantifier"),
    Code("TYP109", "quantified-scalar", _WARNING, "quantifier with a single bare value"),
    Code("TYP110", "role-by-name", _ERROR, "role given as name, path or URL"),
    Code("TYP111", "unknown-role", _INFO, "role that the catalogue does not know"),
    Code(
        "TYP112", "literal-wildcard", _WARNING, "wildcard under a relation that takes it literally"
    ),
    Code("TYP113", "like-without-wildcard", _INFO, "pattern relation without a wildcard"),
    Code("TYP114", "literal-on-the-left", _WARNING, "literal on the left, or on both sides"),
    Code("TYP115", "mixed-set", _ERROR, "values of several types in one set"),
    Code("ACT201", "unknown-action", _WARNING, "action that the catalogue does not know"),
    Code("ACT202", "unconditional-action", _WARNING, "action that takes no condition"),
    Code("ACT203", "unknown-suboperation", _ERROR, "suboperation not defined for the action"),
    Code("ACT204", "deprecated-suboperation", _WARNING, "deprecated suboperation"),
    Code("ACT210", "attribute-not-offered", _ERROR, "attribute that the action does not have"),
    Code(
        "ACT211", "no-common-attribute", _ERROR, "one clause for actions without common attribute"
    ),
    Code("LIM601", "too-long", _ERROR, "condition longer than Azure accepts"),
)

CODES: dict[str, Code] = {row.code: row for row in _ROWS}
"""Every row by its code."""
