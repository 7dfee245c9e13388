"""What is wrong inside an attribute reference; like `mending`, for the tokens that start it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from azcond.diagnostics import Edit, Fix
from azcond.operators import QUANTIFIERS, RELATIONS, relation_named
from azcond.parser.building import source_named
from azcond.parser.recovery import token_wording
from azcond.parser.recovery.findings import rewriting
from azcond.parser.recovery.hints import foreign_operator, nearest_source
from azcond.parser.recovery.patterns import BARE, NO_WIDTH_RUN, terminal_of
from azcond.source import Span

if TYPE_CHECKING:
    from azcond.parser.recovery.scanner import Mender, Scan

_ID_REST = re.compile(r"[^\[\]\r\n]*+\]")
_OPERATORS = "|".join([*(row.name for row in RELATIONS), *(row.name for row in QUANTIFIERS)])
_ID_END = re.compile(
    r"[\r\n'\"(){}\[\],]|@\w+[ \t]*\[|"
    rf"(?<![ \t])[ \t]++(?=(?:and|or)\b|&&|\|\||[=!<>~]|{_OPERATORS})",
    re.IGNORECASE,
)
"""Where an id without its closing bracket most likely ends."""


def _attribute(scan: Scan, match: re.Match[str]) -> int:
    name, _, rest = match[0][1:].partition("[")
    _check_source(scan, name.strip(), match.start() + 1)
    _check_id(scan, rest[:-1], match.end() - len(rest), match)
    return scan.emit("ATTRIBUTE", *match.span())


def _check_source(scan: Scan, name: str, start: int) -> None:
    if source_named(name):
        return
    near = nearest_source(name)
    end = start + len(name)
    fix = rewriting(start, end, near, safe=False) if near else None
    at = start if name else start - 1
    scan.findings.report(token_wording.unknown_source(name, near), at, end, fix)


def _check_id(scan: Scan, identifier: str, start: int, match: re.Match[str]) -> None:
    if not identifier.strip():
        scan.findings.report(token_wording.EMPTY_ID, *match.span())
        return
    if identifier.isprintable():
        return
    odd = [index for index, character in enumerate(identifier) if not character.isprintable()]
    edits = [Edit(Span(start + at, start + at + 1), _blank(identifier[at])) for at in odd]
    fix = Fix("replace the invisible characters", tuple(edits), safe=True)
    first = start + odd[0]
    problem = token_wording.invisible_character(
        identifier[odd[0]], where="in the id of an attribute"
    )
    scan.findings.report(problem, first, first + 1, fix)


def _blank(character: str) -> str:
    """What to write in the place of an invisible character: nothing if it has no width."""
    return "" if NO_WIDTH_RUN.match(character) or character in "\r\n" else " "


def _at(scan: Scan, match: re.Match[str]) -> int:
    start = match.start()
    name, _, rest = match[0][1:].partition("[")
    bracket = match.end() - len(rest) - 1
    if name[:1].isspace():
        plain = f"@{name.strip()}"
        fix = rewriting(start, bracket, plain, safe=True)
        scan.findings.report(token_wording.BLANK_AFTER_AT, start, bracket, fix)
    else:
        _check_source(scan, name.strip(), start + 1)
    if not rest:
        return _unclosed_id(scan, start, bracket)
    _check_id(scan, rest[:-1], bracket + 1, match)
    return scan.emit("ATTRIBUTE", *match.span())


def _unclosed_id(scan: Scan, start: int, bracket: int) -> int:
    match = _ID_END.search(scan.text, bracket + 1)
    end = match.start() if match else len(scan.text)
    scan.findings.report(token_wording.UNCLOSED_ID, bracket, bracket + 1)
    if scan.text[end : end + 1] == "@" and not scan.text[bracket + 1 : end].strip():
        return end
    return scan.emit("ATTRIBUTE", start, end)


def _at_nested(scan: Scan, match: re.Match[str]) -> int:
    scan.findings.report(token_wording.BRACKET_IN_ID, *match.span())
    return scan.emit("ATTRIBUTE", *match.span())


def _at_word(scan: Scan, match: re.Match[str]) -> int:
    if match[0] == "@":
        scan.findings.report(token_wording.unexpected_character("@"), *match.span())
        return match.end()
    scan.findings.report(token_wording.missing_id(match[0].strip()), *match.span())
    return scan.emit("ATTRIBUTE", *match.span())


def _no_at(scan: Scan, match: re.Match[str]) -> int:
    source = source_named(match[0].rstrip("[ \t"))
    assert source is not None, match[0]
    start, bracket = match.start(), match.end() - 1
    fix = Fix("write `@`", (Edit(Span(start, start), "@"),), safe=True)
    scan.findings.report(token_wording.missing_at(source.value), start, bracket, fix)
    rest = _ID_REST.match(scan.text, bracket + 1)
    if rest is None:
        return _unclosed_id(scan, start, bracket)
    return scan.emit("ATTRIBUTE", start, rest.end())


def _index(scan: Scan, match: re.Match[str]) -> int:
    word = match[0].partition("[")[0]
    kind = terminal_of(word) or BARE
    if kind != "WORD" or relation_named(word) or foreign_operator(word):
        return scan.emit(kind, match.start(), match.start() + len(word))
    _check_source(scan, word, match.start())
    return scan.emit("ATTRIBUTE", *match.span())


ATTRIBUTE_MENDERS: dict[str, Mender] = {
    "ATTRIBUTE": _attribute,
    "AT": _at,
    "AT_NESTED": _at_nested,
    "AT_WORD": _at_word,
    "NO_AT": _no_at,
    "INDEX": _index,
}
"""By the group of the token pattern."""
