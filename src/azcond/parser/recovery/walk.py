"""The walk over the tokens of a refused text: its state, and what every step may do.

Each mistake is reported once, then mended by feeding the parser what was most likely meant, so
that the parser goes on and one mistake does not bring others with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, ParamSpec

from azcond.operators import quantifier_named, relation_named
from azcond.parser.recovery import wording
from azcond.parser.recovery.findings import Findings, Problem, rewriting
from azcond.parser.recovery.hints import foreign_operator, other_dialect
from azcond.parser.recovery.patterns import BARE, END, FOREIGN, LBRACKET, RBRACKET, Lexeme
from azcond.parser.recovery.steps import Place, Steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from azcond.operators import Relation

P = ParamSpec("P")

PAIRS = {"LPAR": "RPAR", "LBRACE": "RBRACE", LBRACKET: RBRACKET}
OPENERS = frozenset(PAIRS)
CLOSERS = frozenset(PAIRS.values())
CONNECTIVES = frozenset({"AND", "OR"})
LITERALS = frozenset({"STRING", "INTEGER", "BOOLEAN", "GUID"})
WORDS = frozenset({"WORD", BARE})
TESTS = frozenset({"ACTION_MATCHES", "SUBOPERATION_MATCHES", "EXISTS"})
VALUES = LITERALS | WORDS
NEVER_VALUES = TESTS | {"NOT"}


class Bracket(NamedTuple):
    """An opener that waits for its closer.

    `closer` is what the parser is fed then: nothing where the parser never saw the opener.
    """

    lexeme: Lexeme
    closer: str | None
    before: Place


class Walk:
    """Where the walk stands, and the comparison it is in."""

    def __init__(self, lexemes: list[Lexeme], findings: Findings, *, whole: bool) -> None:
        self.text = findings.source.text
        end = Lexeme(END, "", len(self.text), len(self.text))
        self.lexemes = lexemes
        self.lexemes.extend([end] * 4)
        self.index = 0
        self.findings = findings
        self.whole = whole
        self.steps = Steps()
        self.brackets: list[Bracket] = []
        self.open_count = dict.fromkeys(CLOSERS, 0)
        self.operand: Lexeme | None = None
        self.operator: Lexeme | None = None
        self.relation: Relation | None = None
        self.test: Lexeme | None = None
        self.lenient = False
        self._flawed = -1
        self._unmatched: dict[str, list[int]] = {}

    # Tokens

    @property
    def token(self) -> Lexeme:
        """The token the walk stands at."""
        return self.lexemes[self.index]

    @property
    def previous(self) -> Lexeme | None:
        """The token before it."""
        return self.lexemes[self.index - 1] if self.index else None

    def peek(self, distance: int = 1) -> Lexeme:
        """A token further on; the end repeats itself."""
        return self.lexemes[min(self.index + distance, len(self.lexemes) - 1)]

    def take(self, count: int = 1) -> None:
        """Go on over tokens; an error reported at one of them counts for what follows."""
        flawed = self.after_error
        self.index += count
        if flawed:
            self.excuse()

    def joined(self, first: Lexeme, last: Lexeme, kind: str = END) -> Lexeme:
        """One token from the start of one to the end of another."""
        return Lexeme(kind, self.text[first.start : last.end], first.start, last.end)

    # Errors

    def blame(
        self,
        problem: Problem,
        first: Lexeme,
        last: Lexeme | None = None,
        *,
        write: str | None = None,
        safe: bool = False,
    ) -> None:
        """Report an error over one token or a range of them; the fix is to `write` that instead."""
        start, end = first.start, (last or first).end
        fix = None if write is None else rewriting(start, end, write, safe=safe)
        self.findings.report(problem, start, end, fix)
        self.excuse()

    def suspect(
        self, lexeme: Lexeme, say: Callable[P, Problem], *words: P.args, **more: P.kwargs
    ) -> None:
        """Report an error, unless one right before explains it; only then is it put in words."""
        if not self.after_error:
            self.blame(say(*words, **more), lexeme)

    @property
    def after_error(self) -> bool:
        """Whether what stands right before was reported, so that its effects here are known."""
        return self._flawed == self.index

    def excuse(self) -> None:
        """Do not report what is missing right here."""
        self._flawed = self.index

    # Parser

    def advance(self, *kinds: str) -> None:
        """Feed the parser and go on to the next token."""
        self.steps.feed(*kinds)
        self.index += 1

    def mend(self, kind: str) -> None:
        """The same after an error, which also explains what is missing next."""
        self.steps.feed(kind)
        self.take()

    def enter(self, opener: str, closer: str) -> None:
        """Open a bracket for the parser, whatever bracket stands in the text."""
        self._push(closer)
        self.steps.feed(opener)
        self.index += 1

    def enter_quietly(self) -> None:
        """Open a bracket that the parser is not told of."""
        self._push(None)
        self.take()

    def _push(self, closer: str | None) -> None:
        token = self.lexemes[self.index]
        self.brackets.append(Bracket(token, closer, self.steps.place))
        self.open_count[PAIRS[token.kind]] += 1

    def pop(self) -> Bracket:
        """Take the innermost bracket off."""
        bracket = self.brackets.pop()
        self.open_count[PAIRS[bracket.lexeme.kind]] -= 1
        return bracket

    def report_incomplete(self) -> None:
        """Report what the expression at hand lacks, unless an error right before explains it."""
        if self.after_error:
            return
        previous = self.previous
        match self.steps.place:
            case Place.EXPRESSION if previous and previous.kind in (*CONNECTIVES, "NOT"):
                self.blame(wording.nothing_on_the_right(previous.text), previous)
            case Place.OPERATOR if self.operand:
                attribute = self.operand.kind == "ATTRIBUTE"
                problem = wording.lone_operand(self.operand.text, attribute=attribute)
                self.blame(problem, self.operand)
            case Place.VALUE if self.operator:
                self.blame(wording.missing_value(self.operator.text), self.operator)
            case Place.BRACES if self.test:
                self.blame(wording.braces_expected(self.test.text), self.test)
            case Place.PRESENCE if self.test:
                self.blame(wording.attribute_expected(), self.test)
            case _:
                pass

    def conclude(self) -> None:
        """Report what the expression at hand lacks, and have the parser take it as whole."""
        self.report_incomplete()
        if self.steps.place in (Place.PRESENCE, Place.CLOSING) and self.brackets:
            bracket = self.brackets[-1]
            if bracket.before is Place.PRESENCE:
                # Completing the test closes its parenthesis too.
                self.brackets[-1] = Bracket(bracket.lexeme, None, bracket.before)
        self.steps.complete(Place.DONE)

    @property
    def set_is_closed(self) -> bool:
        """Whether the set at hand is closed further on."""
        return self.unmatched("RBRACE") >= self.open_count["RBRACE"]

    def give_up_set(self) -> None:
        """Report a brace that is not closed before code goes on, and close it."""
        while self.brackets:
            bracket = self.pop()
            if bracket.closer == "RBRACE":
                self.blame(wording.unclosed(bracket.lexeme.text), bracket.lexeme)
                break
        self.steps.complete(Place.DONE)

    # Looking ahead

    def unmatched(self, closer: str) -> int:
        """How many closers of a kind, from here on, close what was opened before."""
        if closer not in self._unmatched:
            self._unmatched[closer] = self._count_unmatched(closer)
        return self._unmatched[closer][self.index]

    def _count_unmatched(self, closer: str) -> list[int]:
        counts = [0] * len(self.lexemes)
        unmatched = 0
        for index in range(len(self.lexemes) - 1, -1, -1):
            kind = self.lexemes[index].kind
            if kind == closer:
                unmatched += 1
            elif PAIRS.get(kind) == closer and unmatched:
                unmatched -= 1
            counts[index] = unmatched
        return counts

    def skip(self, *stops: str) -> None:
        """Go on to a connective, a closer or the end at the present depth of brackets."""
        depth = 0
        while (kind := self.token.kind) != END:
            if depth == 0 and (kind in CONNECTIVES or kind in CLOSERS or kind in stops):
                break
            depth += (kind in OPENERS) - (kind in CLOSERS)
            self.index += 1
        self.excuse()

    def skip_group(self) -> None:
        """Go on from an opener to behind its closer."""
        depth = 0
        while (kind := self.token.kind) != END:
            depth += (kind in OPENERS) - (kind in CLOSERS)
            self.index += 1
            if depth == 0:
                break
        self.excuse()

    def words_end(self, start: int) -> int:
        """The index after a run of bare words; an operator ends it."""
        end = start + 1
        while self.lexemes[end].kind in WORDS and not self.is_operator(end):
            end += 1
        return end

    def is_operator(self, index: int) -> bool:
        """Whether an operator stands at an index, of this language or of another."""
        lexeme = self.lexemes[index]
        if lexeme.kind == FOREIGN:
            return True
        if lexeme.kind != "WORD":
            return False
        word = lexeme.text
        known = relation_named(word) or quantifier_named(word) or foreign_operator(word)
        return bool(known or other_dialect(word)) or (
            self.lexemes[index + 1].kind == "COLON" and self.lexemes[index + 2].kind == "WORD"
        )
