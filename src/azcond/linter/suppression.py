"""Comments that silence findings: `azcond: ignore[SEC301] reason`, in the comments of a file.

A comment on lines of its own is about what follows it, one after code about its line, and
`ignore-file` about all of the file. Only whole codes count: a comment that names none, or one
that there is not, silences nothing, and says so. What keeps a condition from being read cannot
be silenced, because nobody knows what else there is to find.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from azcond._dataclasses import dataclass, field
from azcond.containers import Comment
from azcond.diagnostics import Diagnostic
from azcond.linter.host_rules.unused_suppression import (
    report_blocking,
    report_malformed,
    report_unknown,
    report_unused,
)
from azcond.linter.rules import rules_by_code
from azcond.linter.selection import Selection
from azcond.source import Source, Span

_DIRECTIVE = re.compile(
    r"\bazcond:[ \t]*(?P<word>ignore(?:-file)?)[ \t]*\[(?P<codes>[^\[\]\r\n]*)\]"
)
_LIKE_IGNORE = r"(?:ign|igo|igr|ing[no]|inor)[\w-]*"
_MEANT = re.compile(
    rf"""
      \bazcond
      (?: [ \t]*(?P<colon>:)[ \t]*(?:no-?qa|nolint|suppress|disable|skip|allow|{_LIKE_IGNORE})
        | [ \t-]+(?:ignore\b|{_LIKE_IGNORE}(?=[ \t]*(?:[\[(=:]|[a-z]{{3}}\d|-->|\*/|$)))
      )
      [^\s\[]*(?:[ \t]*\[[^\[\]\r\n]*\]?)?""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
"""What is meant to silence something. Without a colon that is so only where a comment begins with
it: others speak of azcond.
"""
_WORD = re.compile(r"\w")
_BLANK = " \t"
_REST_OF_LINE = re.compile(r"[ \t]*(?:\r\n|\r|\n|\Z)")
_CODE = re.compile(r"[^\s,]+(?:[ \t]+[^\s,]+)*")


class _Listed(NamedTuple):
    """A code of a comment as it is written, and its place in the file."""

    code: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Directive:
    """One `azcond: ignore[…]`, and which of its codes have silenced something."""

    comment: Comment
    span: Span
    covers: Span
    listed: tuple[_Listed, ...]
    used: set[str] = field(default_factory=set)


class Suppressions:
    """The comments of one file that silence findings, and what they have silenced so far."""

    def __init__(self, comments: Iterable[Comment], source: Source) -> None:
        self._source = source
        self._directives: list[_Directive] = []
        self._malformed: list[Span] = []
        self.count = 0
        for comment in comments:
            self._read(comment)
        self._by_code: dict[str, list[_Directive]] = {}
        for directive in self._directives:
            for code in {listed.code for listed in directive.listed}:
                self._by_code.setdefault(code, []).append(directive)

    def _read(self, comment: Comment) -> None:
        start, end = comment.span
        text = self._source.text
        taken = []
        for found in _DIRECTIVE.finditer(text, start, end):
            taken.append(Span(*found.span()))
            whole = found["word"] == "ignore-file"
            covers = Span(0, len(text)) if whole else comment.covers
            at = found.start("codes")
            listed = tuple(
                _Listed(code[0], Span(at + code.start(), at + code.end()))
                for code in _CODE.finditer(found["codes"])
            )
            if listed:
                self._directives.append(_Directive(comment, taken[-1], covers, listed))
            else:
                self._malformed.append(taken[-1])
        for found in _MEANT.finditer(text, start, end):
            is_said = found["colon"] is not None or not _WORD.search(text, start, found.start())
            if is_said and not any(one.start <= found.start() < one.end for one in taken):
                self._malformed.append(Span(*found.span()))

    def hides(self, span: Span, code: str) -> bool:
        """Whether a finding at a place of the file is silenced, which then counts as used.

        It is where it starts inside of what a comment with its code covers. Not to be asked of what
        keeps a condition from being read.
        """
        hidden = False
        for directive in self._by_code.get(code, ()):
            covers = directive.covers
            if covers.start <= span.start < covers.end:
                directive.used.add(code)
                hidden = True
        self.count += hidden
        return hidden

    def findings(
        self, selection: Selection, unread: Sequence[tuple[Span, str]] = ()
    ) -> list[Diagnostic]:
        """IAC707 for what silenced nothing, in text order; asked after all findings have been.

        `unread` are the places and the codes of what keeps conditions from being read. Of codes
        that are not on in this run nobody knows whether they are needed, and of others that cover
        such a place neither.
        """
        found = [report_malformed(self._source, span) for span in self._malformed]
        for directive in self._directives:
            found += self._unneeded(directive, selection, unread)
        return sorted(found, key=lambda one: one.span)

    def _unneeded(
        self, directive: _Directive, selection: Selection, unread: Sequence[tuple[Span, str]]
    ) -> Iterator[Diagnostic]:
        known = rules_by_code()
        for listed in directive.listed:
            if listed.code not in known:
                yield report_unknown(self._source, listed.span, listed.code)
        blocking = {code for span, code in unread if _meet(directive.covers, span)}
        for listed in directive.listed:
            if listed.code in blocking:
                yield report_blocking(self._source, listed.span, listed.code)
        if blocking:
            return
        unused = [
            listed
            for listed in directive.listed
            if listed.code in known
            and listed.code not in directive.used
            and is_on(selection, listed.code)
        ]
        if not unused:
            return
        is_whole = len(unused) == len(directive.listed)
        span = directive.span if is_whole else unused[0].span
        removed = self._removed(directive) if is_whole else None
        kept = [listed.code for listed in directive.listed if listed not in unused]
        codes = Span(directive.listed[0].span.start, directive.listed[-1].span.end)
        yield report_unused(
            self._source,
            span,
            [listed.code for listed in unused],
            (removed, "") if removed is not None else (codes, ", ".join(kept)),
        )

    def _removed(self, directive: _Directive) -> Span:
        """What to take out with a whole directive: the comment, with its line if that is all there
        is on it; only the directive where the comment says other things.
        """
        text, comment = self._source.text, directive.comment
        if "\n" in comment.text or len(_DIRECTIVE.findall(comment.text)) > 1:
            return directive.span
        if _DIRECTIVE.match(comment.text) is None:
            return directive.span
        start, end = comment.span
        while start and text[start - 1] in _BLANK:
            start -= 1
        rest = _REST_OF_LINE.match(text, end)
        if rest is None:
            return comment.span
        starts_line = not start or text[start - 1] in "\r\n"
        return Span(start, rest.end() if starts_line else end)


def is_on(selection: Selection, code: str) -> bool:
    """Whether findings of a rule are shown in a run, if they are as severe as usual."""
    rule = rules_by_code()[code]
    if rule.opt_in:
        return selection.asks_for(code)
    return bool(selection.apply([Diagnostic(code, rule.severity, "", Span(0, 0), 1, 1)]))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
