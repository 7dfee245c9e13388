"""What is wrong inside one token: it is reported, and an ordinary token goes on to the parser.

Each function takes the scan and the match of one group of the token pattern, and gives the
position to go on from.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from azcond.parser.building import MAX_INTEGER_DIGITS
from azcond.parser.recovery import token_wording
from azcond.parser.recovery.findings import rewriting
from azcond.parser.recovery.hints import foreign_operator
from azcond.parser.recovery.patterns import BARE, CURLY, DASHES, FOREIGN, NO_WIDTH_RUN, terminal_of
from azcond.parser.recovery.quotes import LOOKS_LIKE_CODE, likely_end, runs_away
from azcond.source import Span

if TYPE_CHECKING:
    from azcond.parser.recovery.scanner import Mender, Scan

_ANY_DASH = re.compile(f"[{DASHES}]")


# Characters


def _invisible(scan: Scan, match: re.Match[str]) -> int:
    character = match[0][0]
    _report_invisible(scan, character, Span(*match.span()), match[0].count(character))
    return match.end()


def _report_invisible(scan: Scan, character: str, span: Span, count: int) -> None:
    blank = "" if NO_WIDTH_RUN.match(character) else " "
    fix = rewriting(*span, blank, safe=True)
    scan.findings.report(token_wording.invisible_character(character, count), *span, fix)


def _comment(scan: Scan, match: re.Match[str]) -> int:
    fix = rewriting(*match.span(), " ", safe=True)
    scan.findings.report(token_wording.COMMENT, *match.span(), fix)
    return match.end()


def _escapes(scan: Scan, match: re.Match[str]) -> int:
    if scan.is_first("escapes"):
        scan.findings.report(token_wording.escapes(match[0]), *match.span())
    return match.end()


def _history(scan: Scan, match: re.Match[str]) -> int:
    start, end = match.span()
    fix = rewriting(start, end, "!", safe=True)
    scan.findings.report(token_wording.HISTORY, start, end, fix)
    return scan.emit("NOT", start, end, "!")


def _other(scan: Scan, match: re.Match[str]) -> int:
    character = match[0][0]
    meant = unicodedata.normalize("NFKC", character)
    if not character.isprintable():
        _report_invisible(scan, character, Span(*match.span()), len(match[0]))
        return match.end()
    kind = None if character.isascii() else terminal_of(meant)
    if kind is None:
        scan.findings.report(token_wording.unexpected_character(character), *match.span())
        return match.end()
    start = match.start()
    fix = rewriting(start, start + 1, meant, safe=True)
    scan.findings.report(token_wording.lookalike(character, meant), start, start + 1, fix)
    return scan.emit(kind, start, start + 1, meant)


# Strings


def _string(scan: Scan, match: re.Match[str]) -> int:
    start, end = match.span()
    if runs_away(scan.text, start, end):
        return _broken(scan, start, start + 1, end - 1)
    return scan.emit("STRING", start, end)


def _doubled(scan: Scan, match: re.Match[str]) -> int:
    scan.findings.report(token_wording.DOUBLED_QUOTE, *match.span())
    return scan.emit("STRING", *match.span())


def _apostrophe(scan: Scan, match: re.Match[str]) -> int:
    scan.findings.report(token_wording.APOSTROPHE, *match.span())
    return scan.emit("STRING", *match.span())


def _wrapped(scan: Scan, match: re.Match[str]) -> int:
    start, end = match.span()
    fix = rewriting(start, end, match[0][1:-1], safe=True)
    scan.findings.report(token_wording.WRAPPED_STRING, start, end, fix)
    return scan.emit("STRING", start, end)


def _escaped(scan: Scan, match: re.Match[str]) -> int:
    if scan.is_first("escaped quotes"):
        scan.findings.report(token_wording.ESCAPED_QUOTES, *match.span())
    return scan.emit("STRING", *match.span())


def _requoted(scan: Scan, match: re.Match[str]) -> int:
    start, end = match.span()
    if runs_away(scan.text, start, end):
        return _unclosed(scan, start, end - 1)
    quoted = match[0].removeprefix("\\")
    content = quoted[1:-1] if quoted == match[0] else quoted[1:-1].removesuffix("\\")
    straight = "'" + content.replace("'", "\\'") + "'"
    fix = rewriting(start, end, straight, safe=True)
    scan.findings.report(token_wording.foreign_quotes(quoted[0], straight), start, end, fix)
    return scan.emit("STRING", start, end, straight)


def _open_quote(scan: Scan, match: re.Match[str]) -> int:
    return _broken(scan, *match.span(), match.endpos)


def _broken(scan: Scan, start: int, end: int, limit: int) -> int:
    """A quote that opens nothing: it closes the word before it, or its string is never closed."""
    last = scan.lexemes[-1] if scan.lexemes else None
    if last is None or last.end != start or last.kind not in ("WORD", "INTEGER", BARE):
        return _unclosed(scan, start, limit)
    scan.findings.report(token_wording.missing_opening_quote(last.text), last.start, end)
    scan.lexemes.pop()
    return scan.emit("STRING", last.start, end)


def _unclosed(scan: Scan, start: int, limit: int) -> int:
    quote = scan.text[start : start + 2].removeprefix("\\")[0]
    if LOOKS_LIKE_CODE.match(scan.text, start + 1):
        fix = rewriting(start, start + 1, "", safe=False)
        scan.findings.report(token_wording.unclosed_string(quote), start, start + 1, fix)
        return start + 1
    end = likely_end(scan.text, start, limit)
    if end > start + 1 and scan.text[end - 1] in CURLY:
        straight = "'" + scan.text[start + 1 : end - 1] + "'"
        fix = rewriting(start, end, straight, safe=True)
        problem = token_wording.foreign_quotes(scan.text[end - 1], straight)
        scan.findings.report(problem, start, end, fix)
        return scan.emit("STRING", start, end, straight)
    fix = rewriting(end, end, "'", safe=False)
    scan.findings.report(
        token_wording.unclosed_string(quote), start, start + 1, fix if quote == "'" else None
    )
    return scan.emit("STRING", start, end)


# Words and values


def _value(scan: Scan, match: re.Match[str]) -> int:
    start, end = match.span()
    text = match[0]
    if foreign_operator(text):
        return scan.emit(FOREIGN, start, end)
    plain = _ANY_DASH.sub("-", text)
    kind = terminal_of(plain) or BARE
    if plain != text and kind != BARE:
        dash = next(_ANY_DASH.finditer(text))
        fix = rewriting(start, end, plain, safe=True)
        at = start + dash.start()
        scan.findings.report(token_wording.lookalike(dash[0], "-"), at, at + 1, fix)
    return _integer(scan, match) if kind == "INTEGER" else scan.emit(kind, start, end)


def _integer(scan: Scan, match: re.Match[str]) -> int:
    start, end = match.span()
    if end - start > MAX_INTEGER_DIGITS:
        scan.findings.report(token_wording.long_integer(), start, end)
    return scan.emit("INTEGER", start, end)


def _bare(scan: Scan, match: re.Match[str]) -> int:
    return scan.emit(BARE, *match.span())


def _foreign(scan: Scan, match: re.Match[str]) -> int:
    return scan.emit(FOREIGN, *match.span())


def _split(scan: Scan, match: re.Match[str]) -> int:
    for run in NO_WIDTH_RUN.finditer(scan.text, *match.span()):
        _report_invisible(scan, run[0][0], Span(*run.span()), len(run[0]))
    text = NO_WIDTH_RUN.sub("", match[0])
    return scan.emit(terminal_of(text) or BARE, *match.span(), text)


def _one(scan: Scan, match: re.Match[str]) -> int:
    return scan.emit("AND" if match[0] == "&" else "OR", *match.span())


MENDERS: dict[str, Mender] = {
    "INVISIBLE": _invisible,
    "COMMENT": _comment,
    "HISTORY": _history,
    "ESCAPES": _escapes,
    "OTHER": _other,
    "STRING": _string,
    "DOUBLED": _doubled,
    "APOSTROPHE": _apostrophe,
    "WRAPPED": _wrapped,
    "ESCAPED": _escaped,
    "DOUBLE": _requoted,
    "CURLY_DOUBLE": _requoted,
    "CURLY": _requoted,
    "OPEN_QUOTE": _open_quote,
    "VALUE": _value,
    "INTEGER": _integer,
    "TEMPLATE": _bare,
    "URL": _bare,
    "CLOCK": _bare,
    "OTHER_WORD": _bare,
    "METHOD": _foreign,
    "COMPARED": _foreign,
    "SPLIT": _split,
    "ONE": _one,
}
"""By the group of the token pattern."""
