"""The grammar in the form that parsing runs on: one regular expression and one LALR table.

Lark makes both from `condition.lark` (`prepare_tables`). They ship prepared beside the grammar,
so that a parse neither imports Lark nor analyses the grammar; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from azcond._dataclasses import dataclass
from azcond._grammar import grammar_text, prepared_text

Reduction = tuple[str, int, str]
"""The `Builder` method to run ("" passes the value on), how many values it takes, and the rule."""

Row = Mapping[str, "int | Reduction"]
"""What to do in one state, by terminal (shift to a state, or reduce) or rule (go to a state)."""

END = "$END"
"""The terminal after the last token."""

START_RULE = "condition"


@dataclass(frozen=True, slots=True)
class Tables:
    """Patterns by terminal, in the order to try them; state 0 is the start, `accept` the end."""

    terminals: Mapping[str, str]
    ignored: frozenset[str]
    rows: tuple[Row, ...]
    accept: int


@cache
def tables() -> Tables:
    """The prepared tables; made anew from the grammar if they are not there."""
    prepared = prepared_text()
    if not prepared:
        return prepare_tables(grammar_text())
    import json  # noqa: PLC0415  # a program may import the parser and parse nothing

    return from_document(json.loads(prepared))


def from_document(document: Mapping[str, Any]) -> Tables:
    """The tables from their JSON form."""
    rows = tuple(
        [
            {name: do if type(do) is int else tuple(do) for name, do in row.items()}
            for row in document["rows"]
        ]
    )
    return Tables(document["terminals"], frozenset(document["ignored"]), rows, document["accept"])


def to_document(made: Tables) -> dict[str, Any]:
    """The JSON form of the tables, the same for the same grammar."""
    return {
        "terminals": dict(made.terminals),
        "ignored": sorted(made.ignored),
        "accept": made.accept,
        "rows": [dict(row) for row in made.rows],
    }


def prepare_tables(grammar: str) -> Tables:
    """The tables of a grammar, with states numbered in the order in which they are reached."""
    from lark import Lark  # noqa: PLC0415  # only to make the tables
    from lark.parsers.lalr_analysis import Shift  # noqa: PLC0415

    lark = Lark(grammar, start=START_RULE, parser="lalr", lexer="basic", maybe_placeholders=False)
    table = lark.parse_interactive("").parser_state.parse_conf.parse_table

    def entry(action: Any, argument: Any) -> int | Reduction:
        if action is Shift:
            return numbers.setdefault(argument, len(numbers))
        passes = argument.options.expand1 and argument.alias is None
        name = "" if passes else str(argument.alias or argument.origin.name)
        return name, len(argument.expansion), str(argument.origin.name)

    numbers: dict[Any, int] = {table.start_states[START_RULE]: 0}
    rows: list[Row] = []
    while len(rows) < len(numbers):
        actions = table.states[list(numbers)[len(rows)]]
        rows.append({str(name): entry(*actions[name]) for name in sorted(actions)})
    terminals = sorted(lark.terminals, key=lambda terminal: (-terminal.priority, terminal.name))
    patterns = {each.name: each.pattern.to_regexp() for each in terminals}
    accept = numbers[table.end_states[START_RULE]]
    return Tables(patterns, frozenset(lark.ignore_tokens), tuple(rows), accept)
