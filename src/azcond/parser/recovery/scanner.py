"""Turns any text into tokens that the parser can be fed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from azcond.parser.recovery.attributes import ATTRIBUTE_MENDERS
from azcond.parser.recovery.mending import MENDERS
from azcond.parser.recovery.patterns import Lexeme, single_characters, token_pattern

if TYPE_CHECKING:
    from azcond.parser.recovery.findings import Findings
    from azcond.source import Span


class Scan:
    """One scan of one range of a text."""

    def __init__(self, text: str, findings: Findings) -> None:
        self.text = text
        self.findings = findings
        self.lexemes: list[Lexeme] = []
        self._noted: set[str] = set()

    def run(self, span: Span) -> list[Lexeme]:
        """The tokens of the range; fewer once the findings are full."""
        match_at, singles = token_pattern().match, single_characters()
        text, lexemes = self.text, self.lexemes
        position, end = span
        while position < end and not self.findings.full:
            while single := singles.get(text[position]):
                lexemes.append(Lexeme(single, text[position], position, position + 1))
                position += 1
                if position == end:
                    return lexemes
            match = match_at(text, position, end)
            assert match is not None, position
            kind = match.lastgroup or ""
            if kind == "BLANK":
                position = match.end()
            elif mend := _MENDERS.get(kind):
                position = mend(self, match)
            else:
                start, position = match.span()
                lexemes.append(Lexeme(kind, match[0], start, position))
        return self.lexemes

    def emit(self, kind: str, start: int, end: int, text: str | None = None) -> int:
        """Add a token, written as it stands unless `text` says otherwise; gives its end."""
        shown = self.text[start:end] if text is None else text
        self.lexemes.append(Lexeme(kind, shown, start, end))
        return end

    def is_first(self, subject: str) -> bool:
        """Whether a mistake that runs through a whole text is met for the first time."""
        first = subject not in self._noted
        self._noted.add(subject)
        return first


Mender = Callable[[Scan, re.Match[str]], int]
"""Takes the scan and what the token pattern matched; gives the position to go on from."""

_MENDERS: dict[str, Mender] = MENDERS | ATTRIBUTE_MENDERS
"""By the group of the token pattern; what is not here is an ordinary token."""
