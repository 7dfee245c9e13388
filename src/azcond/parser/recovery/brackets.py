"""Opening and closing brackets, and telling a wrong closer from a missing one."""

from __future__ import annotations

from azcond.parser.recovery import token_wording, wording
from azcond.parser.recovery.findings import LIMIT, rewriting
from azcond.parser.recovery.patterns import LBRACKET, RBRACKET
from azcond.parser.recovery.steps import Place
from azcond.parser.recovery.walk import (
    CLOSERS,
    CONNECTIVES,
    LITERALS,
    NEVER_VALUES,
    OPENERS,
    PAIRS,
    VALUES,
    WORDS,
    Bracket,
    Walk,
)

_ENDS_VALUE = CLOSERS | CONNECTIVES | {"COMMA"}
_BEGINS_TEST = NEVER_VALUES | {"LPAR"}


# Openers


def _open_expression(walk: Walk) -> None:
    if walk.token.kind == "LPAR":
        while walk.token.kind == "LPAR":
            walk.enter("LPAR", "RPAR")
        return
    token, following = walk.token, walk.peek()
    if following.kind in _BEGINS_TEST or (
        following.kind == "ATTRIBUTE" and walk.peek(2).kind != "COMMA"
    ):
        walk.blame(wording.unexpected(token.text, "`(`"), token)
        walk.enter("LPAR", "RPAR")
    elif token.kind == LBRACKET and following.kind in WORDS and walk.peek(2).kind == RBRACKET:
        walk.operand = walk.joined(token, walk.peek(2), "ATTRIBUTE")
        walk.blame(token_wording.unknown_source("", None), walk.operand)
        walk.steps.feed("ATTRIBUTE")
        walk.take(3)
    else:
        if token.kind == LBRACKET:
            walk.blame(wording.LIST_IN_BRACKETS, token)
        walk.enter("LBRACE", "RBRACE")


def _open_without_operator(walk: Walk) -> None:
    if walk.peek().kind in _BEGINS_TEST:
        walk.conclude()
        return
    if walk.is_operator(walk.index + 1):
        walk.blame(wording.unexpected(walk.token.text, "an operator"), walk.token)
        walk.enter_quietly()
        return
    walk.suspect(walk.token, wording.missing_operator, "StringEquals")
    walk.operator, walk.relation, walk.lenient = None, None, True
    walk.steps.feed("WORD")


def _open_value(walk: Walk) -> None:
    token, following, third = walk.token, walk.peek(), walk.peek(2)
    known = walk.lenient or walk.after_error
    if token.kind == "LBRACE":
        walk.enter("LBRACE", "RBRACE")
    elif token.kind == LBRACKET:
        if not known:
            walk.blame(wording.LIST_IN_BRACKETS, token)
        walk.enter("LBRACE", "RBRACE")
    elif following.kind in VALUES:
        if not known and third.kind == "RPAR":
            walk.blame(wording.OPERAND_IN_PARENTHESES, token, third)
        elif not known:
            walk.blame(wording.SET_IN_PARENTHESES, token)
        walk.enter("LBRACE", "RBRACE")
    elif following.kind == "ATTRIBUTE":
        if not known:
            walk.blame(wording.OPERAND_IN_PARENTHESES, token)
        walk.enter_quietly()
    elif following.kind in _BEGINS_TEST:
        walk.conclude()
    else:
        walk.report_incomplete()
        walk.steps.feed("STRING")
        walk.skip_group()


def _open_patterns(walk: Walk) -> None:
    if walk.token.kind != "LBRACE" and not walk.after_error and walk.test:
        walk.blame(wording.braces_expected(walk.test.text), walk.token)
    walk.enter("LBRACE", "RBRACE")


def _open_presence(walk: Walk) -> None:
    token = walk.token
    if token.kind == "LPAR" and walk.steps.accepts("LPAR"):
        walk.enter("LPAR", "RPAR")
        return
    walk.suspect(token, wording.unexpected, token.text, "an attribute reference")
    if walk.peek().kind == "ATTRIBUTE":
        walk.enter_quietly()
    else:
        walk.steps.feed("ATTRIBUTE")
        walk.skip_group()


def _open_after_attribute(walk: Walk) -> None:
    walk.blame(wording.attribute_expected(), walk.token)
    walk.skip_group()


def _open_nested(walk: Walk) -> None:
    if walk.steps.place is Place.LIST:
        walk.steps.feed("COMMA")
    if not walk.after_error:
        token = walk.token
        wanted = wording.unexpected(token.text, "a value") if token.kind == "LPAR" else None
        walk.blame(wanted or wording.NESTED_SET, token)
    while walk.token.kind in OPENERS:
        walk.enter_quietly()


def _open_after_expression(walk: Walk) -> None:
    token = walk.token
    if token.kind == "LPAR" or walk.peek().kind in _BEGINS_TEST:
        if not walk.after_error:
            walk.blame(wording.MISSING_CONNECTIVE, token)
        walk.steps.feed("AND")
        return
    walk.suspect(token, wording.after_expression, token.text)
    walk.skip_group()


OPENINGS = {
    Place.EXPRESSION: _open_expression,
    Place.OPERATOR: _open_without_operator,
    Place.VALUE: _open_value,
    Place.BRACES: _open_patterns,
    Place.PRESENCE: _open_presence,
    Place.CLOSING: _open_after_attribute,
    Place.ITEM: _open_nested,
    Place.LIST: _open_nested,
    Place.DONE: _open_after_expression,
}
"""What to do with an opener, by the place where it stands."""


# Closers


def close_bracket(walk: Walk) -> None:
    """A closer, in any place."""
    token = walk.token
    if not walk.brackets:
        walk.blame(wording.stray(token.text), token, write="")
        walk.take()
    elif PAIRS[walk.brackets[-1].lexeme.kind] == token.kind:
        _close(walk, walk.pop())
        walk.take()
    else:
        _close_mismatched(walk)


def _close_mismatched(walk: Walk) -> None:
    """A closer of another kind than the innermost opener: what the rest closes tells what it is.

    Either closers of inner brackets are missing before it, or it is one too many, or it stands in
    the place of the innermost bracket's own closer.
    """
    token, opener = walk.token, walk.brackets[-1].lexeme
    line, column = walk.findings.source.line_column(opener.start)
    problem = wording.mismatched(token.text, opener.text, line, column)
    own, inner = token.kind, PAIRS[opener.kind]
    if 0 < walk.unmatched(own) <= walk.open_count[own]:
        walk.blame(problem, token)
        while PAIRS[walk.brackets[-1].lexeme.kind] != own:
            _close(walk, walk.pop())
            walk.excuse()
    elif walk.unmatched(inner) >= walk.open_count[inner]:
        walk.blame(wording.one_too_many(problem), token, write="")
        walk.take()
        return
    else:
        walk.blame(problem, token, write=wording.CLOSER[opener.text])
    _close(walk, walk.pop())
    walk.take()


def _close(walk: Walk, bracket: Bracket) -> None:
    if bracket.closer == "RBRACE":
        _close_set(walk, bracket)
    elif bracket.closer == "RPAR":
        _close_group(walk, bracket)


def _close_set(walk: Walk, bracket: Bracket) -> None:
    token, previous = walk.token, walk.previous
    if walk.steps.place is Place.ITEM and previous and not walk.after_error:
        if previous is bracket.lexeme:
            walk.blame(wording.EMPTY_SET, previous, token)
        elif previous.kind == "COMMA":
            walk.blame(wording.unwanted_comma("trailing"), previous, write="", safe=True)
    walk.steps.complete(Place.LIST)
    walk.steps.feed("RBRACE")
    if bracket.before is Place.EXPRESSION:
        walk.operand = walk.joined(bracket.lexeme, token)


def _close_group(walk: Walk, bracket: Bracket) -> None:
    token, place = walk.token, walk.steps.place
    if walk.previous is bracket.lexeme and not walk.after_error:
        walk.blame(wording.EMPTY_PARENTHESES, bracket.lexeme, token)
    alone = walk.index >= 2 and walk.lexemes[walk.index - 2] is bracket.lexeme  # noqa: PLR2004  # `(`, operand
    if place is Place.OPERATOR and alone and walk.is_operator(walk.index + 1):
        walk.blame(wording.OPERAND_IN_PARENTHESES, bracket.lexeme, token)
        walk.steps.complete(Place.DONE)
        walk.steps.feed("RPAR")
        walk.index += 1
        walk.skip()
        walk.index -= 1
        walk.excuse()
        return
    walk.report_incomplete()
    if bracket.before is Place.PRESENCE:
        if walk.steps.place is Place.PRESENCE:
            walk.steps.feed("ATTRIBUTE")
        walk.steps.feed("RPAR")
    else:
        walk.steps.complete(Place.DONE)
        walk.steps.feed("RPAR")


# Connectives and the end


def connect(walk: Walk) -> None:
    """AND or OR, in any place."""
    token, place = walk.token, walk.steps.place
    if place is Place.EXPRESSION:
        _connect_nothing(walk)
        return
    if place in (Place.ITEM, Place.LIST):
        if walk.set_is_closed or _separates_values(walk):
            walk.blame(wording.wrong_separator(token.text), token)
            if place is Place.LIST:
                walk.steps.feed("COMMA")
            walk.take()
            return
        walk.give_up_set()
    elif place is Place.CLOSING:
        walk.blame(wording.attribute_expected(), token)
    walk.conclude()
    if token.text in ("&", "|"):
        walk.blame(wording.single_connective(token.text), token)
    walk.advance(token.kind)


def _connect_nothing(walk: Walk) -> None:
    token, previous = walk.token, walk.previous
    if not walk.after_error:
        if previous and previous.kind in (*CONNECTIVES, "NOT"):
            walk.blame(wording.two_connectives(previous.text, token.text), token)
        else:
            walk.blame(wording.nothing_on_the_left(token.text), token)
    walk.take()


def _separates_values(walk: Walk) -> bool:
    return walk.peek().kind in LITERALS and walk.peek(2).kind in _ENDS_VALUE


def finish(walk: Walk) -> None:
    """The end of the text."""
    if not walk.steps.started and not walk.brackets:
        return
    if not walk.brackets or walk.previous is not walk.brackets[-1].lexeme:
        walk.report_incomplete()
    end = walk.token.start
    for bracket in walk.brackets[:LIMIT]:
        opener = bracket.lexeme
        fix = None
        if len(walk.brackets) == 1:
            fix = rewriting(end, end, wording.CLOSER[opener.text], safe=False)
        walk.findings.report(wording.unclosed(opener.text), opener.start, opener.end, fix)
