"""What stands where an expression starts, or right behind one, and does not belong there."""

from __future__ import annotations

from azcond.operators import relation_named
from azcond.parser.recovery import token_wording, wording
from azcond.parser.recovery.functions import (
    function_meant,
    read_word_before_attribute,
    read_word_before_brace,
    read_word_before_parenthesis,
)
from azcond.parser.recovery.hints import (
    means_exists,
    nearest,
    nearest_quantifier,
    nearest_relation,
)
from azcond.parser.recovery.patterns import END, FOREIGN
from azcond.parser.recovery.values import value_problem
from azcond.parser.recovery.walk import CONNECTIVES, LITERALS, NEVER_VALUES, TESTS, WORDS, Walk

_CONNECTIVE_HABITS = {"und": "AND", "et": "AND", "plus": "AND", "oder": "OR", "xor": "OR"}
_NO_OPERAND = NEVER_VALUES | CONNECTIVES | {"LPAR", END}
_NEAR_WORDS = 3
"""How far into a run of bare words a misspelt operator is looked for."""


# Where an expression starts


def read_expression(walk: Walk) -> None:
    """What stands where an operand, a test or `NOT` is due."""
    token = walk.token
    if token.kind == "ATTRIBUTE" or token.kind in LITERALS:
        walk.operand = token
        walk.advance("ATTRIBUTE" if token.kind == "ATTRIBUTE" else "STRING")
    elif token.kind in TESTS:
        walk.test, walk.operator = token, None
        walk.advance(token.kind)
    elif token.kind == "NOT":
        walk.advance("NOT")
    elif token.kind in WORDS:
        _read_word(walk)
    elif token.kind == FOREIGN:
        _read_lost_operand(walk)
    else:
        walk.suspect(token, wording.expected_expression, token.text)
        walk.take()


def _read_lost_operand(walk: Walk) -> None:
    """An operator where an operand or a test is due."""
    token, following = walk.token, walk.peek().kind
    if following in _NO_OPERAND or (following != "COLON" and walk.is_operator(walk.index + 2)):
        walk.suspect(token, wording.expected_expression, token.text)
        walk.take()
        return
    walk.suspect(token, wording.nothing_on_the_left, token.text)
    walk.operand = None
    walk.steps.feed("STRING")


def _read_word(walk: Walk) -> None:
    token, following = walk.token, walk.peek()
    if following.kind == "COLON" and walk.peek(2).kind == "ATTRIBUTE":
        _read_quantifier_in_front(walk)
    elif relation_named(token.text):
        _read_lost_operand(walk)
    elif following.kind == "ATTRIBUTE":
        read_word_before_attribute(walk)
    elif following.kind == "LPAR" and (following.start == token.end or means_exists(token.text)):
        read_word_before_parenthesis(walk)
    elif walk.is_operator(walk.index):
        _read_lost_operand(walk)
    elif following.kind == "LBRACE":
        read_word_before_brace(walk, token)
    elif (
        following.kind == "WORD"
        and walk.peek(2).kind == "LBRACE"
        and function_meant(walk, following)
    ):
        read_word_before_brace(walk, following)
    else:
        _read_words(walk)


def _read_quantifier_in_front(walk: Walk) -> None:
    token, colon = walk.token, walk.peek()
    quantifier = nearest_quantifier(token.text)
    problem = wording.quantifier_in_front(quantifier) if quantifier else None
    walk.blame(problem or wording.expected_expression(token.text), token, colon)
    walk.take(2)


def _read_words(walk: Walk) -> None:
    """A run of bare words: an operand if an operator follows, else nobody knows what."""
    start, end = walk.index, walk.words_end(walk.index)
    is_operand = walk.is_operator(end)
    for index in range(start + 1, min(end, start + 1 + _NEAR_WORDS)):
        if nearest_relation(walk.lexemes[index].text):
            end, is_operand = index, True
            break
    run = walk.joined(walk.token, walk.lexemes[end - 1])
    problem = value_problem(run.text, None)
    if is_operand:
        walk.blame(problem if problem.code != "SYN006" else wording.bare_operand(run.text), run)
        walk.operand = run
        walk.steps.feed("STRING")
        walk.index = end
        walk.excuse()
    else:
        unclear = wording.expected_expression(run.text)
        walk.blame(problem if problem.code == "SYN001" else unclear, run)
        walk.index = end
        walk.skip()


# Right behind an expression


def read_after_expression(walk: Walk) -> None:
    """What stands where a connective, a closing parenthesis or the end is due."""
    token, following = walk.token, walk.peek()
    match token.kind:
        case "COMMA":
            _read_comma(walk)
        case "SEMICOLON" | "COLON" if following.kind == END:
            _read_trailing(walk)
        case "SEMICOLON" | "COLON":
            walk.suspect(token, wording.after_expression, token.text)
            walk.take()
        case "STRING" | "INTEGER" | "BOOLEAN" | "GUID" if not walk.is_operator(walk.index + 1):
            _read_more_values(walk)
        case "WORD" | "BARE" | "FOREIGN":
            _read_word_behind(walk)
        case "ATTRIBUTE" if following.kind not in ("WORD", "NOT", FOREIGN):
            walk.suspect(token, wording.after_expression, token.text)
            walk.take()
        case _:
            if not walk.after_error:
                walk.blame(wording.MISSING_CONNECTIVE, token)
            walk.steps.feed("AND")


def _read_trailing(walk: Walk) -> None:
    walk.blame(token_wording.trailing(walk.token.text), walk.token, write="", safe=True)
    walk.take()


def _read_comma(walk: Walk) -> None:
    following = walk.peek()
    if following.kind == END:
        _read_trailing(walk)
    elif walk.operator and following.kind in LITERALS and not walk.is_operator(walk.index + 2):
        _read_more_values(walk)
    else:
        if not walk.after_error:
            walk.blame(wording.COMMA_AS_CONNECTIVE, walk.token)
        walk.take()


def _read_more_values(walk: Walk) -> None:
    """`StringEquals 'a', 'b'`, or `StringEquals 'a', 'b'}` without the opening brace."""
    start, operator = walk.index, walk.operator
    while walk.token.kind in LITERALS or walk.token.kind == "COMMA":
        walk.index += 1
    end, walk.index = walk.index, start
    last = walk.lexemes[end]
    if last.kind == "RBRACE" and not walk.open_count["RBRACE"]:
        walk.blame(wording.stray(last.text), last)
        end += 1
    elif operator:
        walk.suspect(walk.token, wording.second_value, operator.text, walk.relation)
    else:
        walk.suspect(walk.token, wording.after_expression, walk.token.text)
    walk.index = end
    walk.excuse()


def _read_word_behind(walk: Walk) -> None:
    token, is_operator = walk.token, walk.is_operator(walk.index)
    meant = _CONNECTIVE_HABITS.get(token.text.lower()) or nearest(token.text, ["AND", "OR"])
    if meant and not is_operator:
        walk.blame(wording.misspelt_word(token.text, meant), token, write=meant)
        walk.mend(meant)
        return
    if not is_operator:
        walk.suspect(token, wording.after_expression, token.text)
    elif walk.operator:
        walk.suspect(token, wording.chained, token.text)
    else:
        test = walk.test.text if walk.test else token.text
        walk.suspect(token, wording.test_with_operator, test)
    walk.index += 1
    walk.skip()
