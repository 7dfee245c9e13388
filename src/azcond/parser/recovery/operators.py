"""What stands for an operator behind a left operand, where it is none of this language."""

from __future__ import annotations

from azcond.kinds import Kind
from azcond.operators import AT_MOST, EQUAL, Relation, quantifier_named, relation_named
from azcond.parser.recovery import wording
from azcond.parser.recovery.hints import (
    ForeignOperator,
    documented_form,
    foreign_operator,
    nearest_quantifier,
    nearest_relation,
    other_dialect,
)
from azcond.parser.recovery.patterns import BARE, LBRACKET, Lexeme
from azcond.parser.recovery.values import is_null, kind_of, literal_kind
from azcond.parser.recovery.walk import LITERALS, OPENERS, TESTS, Walk

_EQUALITY = ForeignOperator(EQUAL)
_LONGEST_PHRASE = 6
_BEGINS_VALUE = LITERALS | OPENERS | {"ATTRIBUTE"}


def read_operator(walk: Walk) -> None:
    """What stands behind a left operand."""
    token = walk.token
    match token.kind:
        case "WORD":
            _read_word(walk)
        case "FOREIGN":
            _read_foreign(walk, foreign_operator(token.text) or _EQUALITY, 1)
        case "NOT":
            _read_not(walk)
        case "EXISTS" if walk.peek().kind != "ATTRIBUTE":
            walk.blame(wording.POSTFIX_EXISTS, token)
            walk.steps.feed("WORD", "STRING")
            walk.take()
        case "COLON":
            walk.suspect(token, wording.unexpected, token.text, "an operator")
            walk.take()
        case "BARE" if walk.peek().kind in _BEGINS_VALUE:
            _read_unknown(walk)
        case "BARE" | "STRING" | "INTEGER" | "BOOLEAN" | "GUID" | "ATTRIBUTE":
            _read_missing(walk)
        case _:
            walk.conclude()


def _read_word(walk: Walk) -> None:
    token, following = walk.token, walk.peek()
    second = following.text if following.kind == "WORD" else ""
    if following.kind == "COLON":
        _read_quantified(walk)
    elif relation := relation_named(token.text):
        _take_operator(walk, token, relation)
    elif quantifier := quantifier_named(token.text):
        joined = relation_named(second)
        last = following if joined else token
        meant = joined or _equality_of(walk, 1)
        form = f"{quantifier.name}:{meant.name}"
        say = wording.quantifier_separator if joined else wording.bare_quantifier
        walk.blame(say(quantifier.name, meant.name), token, last, write=form)
        _take_operator(walk, last, meant)
    elif second and (relation := relation_named(token.text + second)):
        problem = wording.split_operator(f"{token.text} {second}", relation.name)
        walk.blame(problem, token, following, write=relation.name)
        _take_operator(walk, following, relation)
    elif instead := other_dialect(token.text):
        walk.blame(wording.other_dialect(token.text, instead), token)
        _take_operator(walk, token, None)
    elif phrase := _phrase(walk):
        _read_foreign(walk, *phrase)
    else:
        _read_unknown(walk)


def _take_operator(walk: Walk, last: Lexeme, relation: Relation | None) -> None:
    """Take everything up to a token as the operator; no relation: nobody knows what it compares."""
    first = walk.token
    walk.operator, walk.relation = walk.joined(first, last), relation
    walk.lenient = relation is None
    walk.steps.feed("WORD")
    walk.take(walk.lexemes.index(last, walk.index) - walk.index + 1)


def _equality_of(walk: Walk, distance: int) -> Relation:
    """The equality of the kind of value that follows, or of the left operand."""
    kind = kind_of(walk, walk.index + distance) or _left_kind(walk) or Kind.STRING
    form = documented_form(_EQUALITY, kind, before_set=False)[0]
    relation = relation_named(form)
    assert relation is not None, form
    return relation


def _left_kind(walk: Walk) -> Kind | None:
    return literal_kind(walk.operand) if walk.operand else None


# Quantifiers


def _read_quantified(walk: Walk) -> None:
    """A word and a colon."""
    token, colon, third = walk.token, walk.peek(), walk.peek(2)
    if third.kind == "WORD":
        _read_pair(walk, third)
        return
    relation = relation_named(token.text)
    if relation:
        walk.blame(wording.unexpected(":", "a value"), colon)
    elif quantifier := quantifier_named(token.text):
        meant = _equality_of(walk, 2).name
        form = f"{quantifier.name}:{meant}"
        walk.blame(wording.bare_quantifier(quantifier.name, meant), token, colon, write=form)
    else:
        _blame_quantifier(walk)
    _take_operator(walk, colon, relation)


def _read_pair(walk: Walk, last: Lexeme) -> None:
    """Two words and a colon between them."""
    first = walk.token
    quantifier, relation = quantifier_named(first.text), relation_named(last.text)
    swapped, inner = quantifier_named(last.text), relation_named(first.text)
    if quantifier and relation:
        if not relation.quantifiable:
            problem = wording.illegal_pair(quantifier.name, relation.name)
            walk.blame(problem, first, last, write=relation.name)
    elif swapped and inner:
        form = f"{swapped.name}:{inner.name}"
        problem = wording.quantifier_separator(swapped.name, inner.name)
        walk.blame(problem, first, last, write=form)
        relation = inner
    else:
        if not quantifier:
            _blame_quantifier(walk)
        if not relation:
            relation = _blame_relation(walk, 2)
    _take_operator(walk, last, relation)


def _blame_quantifier(walk: Walk) -> None:
    word = walk.token
    near = nearest_quantifier(word.text)
    walk.blame(wording.unknown_quantifier(word.text, near), word, write=near)


def _blame_relation(walk: Walk, distance: int) -> Relation | None:
    """Report an unknown relation; gives the one that was most likely meant."""
    word = walk.peek(distance)
    if instead := other_dialect(word.text):
        walk.blame(wording.other_dialect(word.text, instead), word)
        return None
    near = nearest_relation(word.text)
    name = near.name if near else None
    kind = _equality_of(walk, distance + 1).kind
    walk.blame(wording.unknown_operator(word.text, name, kind), word, write=name)
    return near


def _read_unknown(walk: Walk) -> None:
    token = walk.token
    if token.text.lower().startswith("for") and nearest_quantifier(token.text):
        _blame_quantifier(walk)
        _take_operator(walk, token, None)
    else:
        _take_operator(walk, token, _blame_relation(walk, 0))


# Missing and misplaced


def _read_not(walk: Walk) -> None:
    if phrase := _phrase(walk):
        _read_foreign(walk, *phrase)
        return
    following = walk.peek()
    relation = relation_named(following.text) if following.kind == "WORD" else None
    walk.blame(wording.infix_not(relation.negation if relation else None), walk.token)
    walk.take()


def _read_missing(walk: Walk) -> None:
    """An operand right behind the left operand."""
    token = walk.token
    if walk.is_operator(walk.index + 1) or walk.peek().kind in TESTS:
        walk.conclude()
        return
    walk.suspect(token, wording.missing_operator, _equality_of(walk, 0).name)
    walk.operator, walk.relation, walk.lenient = None, None, True
    walk.steps.feed("WORD")
    if token.kind == BARE:
        walk.mend("STRING")


# Operators of other languages


def _phrase(walk: Walk) -> tuple[ForeignOperator, int] | None:
    """An operator of another language in one or more words, such as `not in`."""
    words = [walk.peek(distance) for distance in range(_LONGEST_PHRASE)]
    for count in range(_LONGEST_PHRASE, 0, -1):
        part = words[:count]
        if all(word.kind in ("WORD", "NOT", "OR") and word.text.isalpha() for word in part):
            phrase = "".join([word.text.lower() for word in part])
            foreign = foreign_operator(phrase) or foreign_operator(phrase.removeprefix("is"))
            if foreign:
                return foreign, count
    return None


def _read_foreign(walk: Walk, foreign: ForeignOperator, count: int) -> None:
    first, last, after = walk.token, walk.peek(count - 1), walk.peek(count)
    if walk.operand and walk.after_error and is_null(walk.operand):
        _take_operator(walk, last, None)
    elif is_null(after):
        attribute = walk.operand.text if walk.operand else "@Source[id]"
        text = walk.joined(first, after).text
        denied = foreign.predicate is not EQUAL
        walk.blame(wording.foreign_null_test(text, attribute, denied=denied), first, after)
        walk.steps.feed("WORD", "STRING")
        walk.take(count + 1)
    else:
        _blame_foreign(walk, foreign, count)
        _take_operator(walk, last, None)
        if first.text.lower() == "between" and walk.peek().kind == "AND":
            # `between 1 and 5`: the connective is part of the mistake.
            walk.steps.feed("STRING")
            walk.take(3)


def _blame_foreign(walk: Walk, foreign: ForeignOperator, count: int) -> None:
    first, last, after = walk.token, walk.peek(count - 1), walk.peek(count)
    in_parentheses = after.kind == "LPAR" and walk.peek(count + 2).kind == "COMMA"
    before_set = in_parentheses or after.kind in ("LBRACE", LBRACKET)
    kind = kind_of(walk, walk.index + count) or _left_kind(walk)
    forms = documented_form(foreign, kind, before_set=before_set)
    note = " before a set in braces" if ":" in forms[0] and after.kind != "LBRACE" else ""
    exact = len(forms) == 1 and "'" not in forms[0]
    if first.text.lower() == "between":
        upper = documented_form(ForeignOperator(AT_MOST), kind, before_set=False)
        note, exact = f" and `{upper[0]}`, joined by `AND`", False
    problem = wording.foreign_operator(walk.joined(first, last).text, forms, note)
    walk.blame(problem, first, last, write=forms[0] if exact else None)
