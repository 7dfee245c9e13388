"""The tests `ActionMatches`, `SubOperationMatches` and `Exists`, misspelt or misused."""

from __future__ import annotations

from azcond.parser.recovery import wording
from azcond.parser.recovery.hints import means_exists, nearest, other_dialect
from azcond.parser.recovery.patterns import FOREIGN, Lexeme
from azcond.parser.recovery.steps import Place
from azcond.parser.recovery.values import read_call
from azcond.parser.recovery.walk import NEVER_VALUES, VALUES, Walk

_WITH_PATTERNS = ("ActionMatches", "SubOperationMatches")
_INSTEAD_OF_BRACES = VALUES | {FOREIGN, "COLON"}


# A word where an expression starts


def read_word_before_attribute(walk: Walk) -> None:
    """`Exist @Resource[x]`, `NotExists @Resource[x]`, `if @Resource[x] …`."""
    token = walk.token
    if other_dialect(token.text) or means_exists(token.text):
        _take_as_exists(walk)
    elif nearest(token.text, ["NOT"]):
        walk.blame(wording.misspelt_word(token.text, "NOT"), token, write="NOT")
        walk.take()
    else:
        walk.suspect(token, wording.expected_expression, token.text)
        walk.take()


def _take_as_exists(walk: Walk) -> None:
    token = walk.token
    if instead := other_dialect(token.text):
        walk.blame(wording.other_dialect(token.text, instead), token)
    else:
        walk.blame(wording.unknown_function(token.text, "Exists"), token, write="Exists")
    walk.test = token
    walk.mend("EXISTS")


def read_word_before_parenthesis(walk: Walk) -> None:
    """`Exist(@Resource[x])`, `ToLower(@Resource[x]) …`, `StringContains(…)`."""
    token = walk.token
    if means_exists(token.text):
        _take_as_exists(walk)
    elif nearest(token.text, ["NOT"]):
        walk.blame(wording.misspelt_word(token.text, "NOT"), token, write="NOT")
        walk.take()
    else:
        read_call(walk)
        walk.operand = None
        walk.steps.feed("STRING")
        if not walk.is_operator(walk.index):
            walk.steps.complete(Place.DONE)


def function_meant(walk: Walk, last: Lexeme) -> str | None:
    """The test that one or two words before a brace were to be."""
    text = walk.joined(walk.token, last).text
    return nearest("".join(text.split()), _WITH_PATTERNS)


def read_word_before_brace(walk: Walk, last: Lexeme) -> None:
    """`ActionMatch{…}`, `Action Matches{…}`."""
    word, near = walk.joined(walk.token, last), function_meant(walk, last)
    walk.blame(wording.unknown_function(word.text, near), word, write=near)
    walk.test = word
    walk.steps.feed("ACTION_MATCHES")
    walk.take(1 if last is walk.token else 2)


# Behind the name of a test


def read_braces(walk: Walk) -> None:
    """Anything but a bracket after `ActionMatches`."""
    token = walk.token
    if token.kind not in _INSTEAD_OF_BRACES:
        walk.conclude()
        return
    walk.suspect(token, wording.braces_expected, walk.test.text if walk.test else token.text)
    if walk.is_operator(walk.index) or token.kind == "COLON":
        walk.take()
    else:
        walk.steps.complete(Place.DONE)
        walk.index += 1
        walk.skip()


def read_presence(walk: Walk) -> None:
    """What stands after `Exists`, or after the parenthesis there."""
    token = walk.token
    if token.kind == "ATTRIBUTE":
        walk.operator = None
        walk.advance("ATTRIBUTE")
    elif token.kind in NEVER_VALUES:
        walk.conclude()
    else:
        walk.suspect(token, wording.attribute_expected, token.text)
        walk.steps.feed("ATTRIBUTE")
        if token.kind in VALUES:
            walk.index = walk.words_end(walk.index)
            walk.excuse()
            if walk.token.kind == "LPAR":
                walk.skip_group()


def read_after_presence(walk: Walk) -> None:
    """Anything but `)` after `Exists (@Resource[x]`."""
    walk.suspect(walk.token, wording.attribute_expected)
    walk.skip()
