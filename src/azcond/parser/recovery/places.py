"""The walk over all tokens of a text: which reader takes the next one."""

from __future__ import annotations

from azcond.parser.recovery.brackets import OPENINGS, close_bracket, connect, finish
from azcond.parser.recovery.expressions import read_after_expression, read_expression
from azcond.parser.recovery.functions import read_after_presence, read_braces, read_presence
from azcond.parser.recovery.operators import read_operator
from azcond.parser.recovery.patterns import END
from azcond.parser.recovery.sets import read_item, read_list
from azcond.parser.recovery.steps import Place
from azcond.parser.recovery.values import read_value
from azcond.parser.recovery.walk import CLOSERS, CONNECTIVES, OPENERS, Walk

_READERS = {
    Place.EXPRESSION: read_expression,
    Place.OPERATOR: read_operator,
    Place.VALUE: read_value,
    Place.BRACES: read_braces,
    Place.PRESENCE: read_presence,
    Place.CLOSING: read_after_presence,
    Place.ITEM: read_item,
    Place.LIST: read_list,
    Place.DONE: read_after_expression,
}


def find_errors(walk: Walk) -> None:
    """Report what is wrong with a whole text. Each step takes a token or feeds the table."""
    lexemes, findings = walk.lexemes, walk.findings
    while (kind := lexemes[walk.index].kind) != END and not findings.full:
        if kind in OPENERS:
            OPENINGS[walk.steps.place](walk)
        elif kind in CLOSERS:
            close_bracket(walk)
        elif kind in CONNECTIVES:
            connect(walk)
        else:
            _READERS[walk.steps.place](walk)
    if walk.whole:
        finish(walk)
