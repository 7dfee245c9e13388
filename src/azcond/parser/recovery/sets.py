"""What stands between braces, where it is no list of values."""

from __future__ import annotations

from azcond.diagnostics import Edit, Fix
from azcond.operators import relation_named
from azcond.parser.recovery import wording
from azcond.parser.recovery.findings import rewriting
from azcond.parser.recovery.patterns import SEMICOLON
from azcond.parser.recovery.values import read_words
from azcond.parser.recovery.walk import CLOSERS, LITERALS, NEVER_VALUES, OPENERS, WORDS, Walk
from azcond.source import Span


def read_item(walk: Walk) -> None:
    """What stands where a value of a set is due."""
    token = walk.token
    if token.kind in LITERALS:
        if token.kind == "STRING" or walk.steps.accepts(token.kind):
            walk.advance("STRING")
        else:
            walk.blame(wording.pattern_expected(token.text), token)
            walk.mend("STRING")
    elif token.kind in WORDS and not relation_named(token.text):
        walk.steps.feed("STRING")
        read_words(walk, walk.relation if walk.operator else None)
    elif token.kind == "ATTRIBUTE":
        walk.blame(wording.ATTRIBUTE_IN_SET, token)
        walk.mend("STRING")
    elif token.kind == "COMMA":
        _read_commas(walk)
    elif token.kind in NEVER_VALUES and not walk.set_is_closed:
        walk.give_up_set()
    else:
        walk.suspect(token, wording.unexpected, token.text, "a value")
        walk.take()


def _read_commas(walk: Walk) -> None:
    """Commas without a value before them."""
    first, previous = walk.token, walk.previous
    count = 1
    while walk.peek(count).kind == "COMMA":
        count += 1
    last, after = walk.peek(count - 1), walk.peek(count)
    leading = previous is not None and previous.kind in OPENERS
    if leading and previous and after.kind in CLOSERS:
        walk.blame(wording.EMPTY_SET, previous, after)
    elif previous and previous.kind == "COMMA" and after.kind in CLOSERS:
        fix = rewriting(previous.start, last.end, "", safe=True)
        walk.findings.report(wording.unwanted_comma("trailing"), first.start, last.end, fix)
        walk.excuse()
    else:
        where = "leading" if leading else "doubled"
        walk.blame(wording.unwanted_comma(where), first, last, write="", safe=True)
    walk.take(count)


def read_list(walk: Walk) -> None:
    """What stands where a comma or the closing brace is due."""
    token = walk.token
    if token.kind == "COMMA":
        walk.advance("COMMA")
    elif token.kind == SEMICOLON:
        walk.blame(wording.wrong_separator(token.text), token, write=",", safe=True)
        walk.mend("COMMA")
    elif token.kind in LITERALS:
        _report_missing_comma(walk)
        walk.steps.feed("COMMA")
    elif token.kind in NEVER_VALUES or walk.is_operator(walk.index):
        if walk.set_is_closed:
            _pass_over(walk)
        else:
            walk.give_up_set()
    elif token.kind in WORDS or token.kind == "ATTRIBUTE":
        walk.steps.feed("COMMA")
    else:
        _pass_over(walk)


def _report_missing_comma(walk: Walk) -> None:
    token, previous = walk.token, walk.previous
    if walk.after_error or previous is None:
        return
    edit = Edit(Span(previous.end, previous.end), ",")
    fix = Fix("write `,`", (edit,), safe=True)
    walk.findings.report(wording.MISSING_COMMA, token.start, token.end, fix)


def _pass_over(walk: Walk) -> None:
    """Report what is out of place here and go on at the next comma."""
    walk.blame(wording.unexpected(walk.token.text, "`,` or `}`"), walk.token)
    walk.index += 1
    walk.skip("COMMA")
