"""The grammar, and the tables that are prepared from it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from azcond._grammar import grammar_text, prepared_text
from azcond.operators import QUANTIFIERS, RELATIONS
from azcond.parser.tables import from_document, prepare_tables, to_document

PREPARED = Path(__file__).parents[1] / "grammar" / "condition.tables.json"


def test_prepared_tables_are_those_of_the_grammar(pytestconfig: pytest.Config) -> None:
    document = to_document(prepare_tables(grammar_text()))
    if pytestconfig.getoption("--update-fixtures"):
        PREPARED.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    prepared = prepared_text()
    assert prepared is not None
    assert json.loads(prepared) == document, "run `pytest --update-fixtures`"
    assert list(json.loads(prepared)["terminals"]) == list(document["terminals"])


def test_tables_survive_their_json_form() -> None:
    tables = prepare_tables(grammar_text())
    assert from_document(json.loads(json.dumps(to_document(tables)))) == tables


def test_the_grammar_spells_no_relation_and_no_quantifier() -> None:
    words = {word.lower() for word in re.findall(r"\w+", grammar_text())}
    names = {row.name.lower() for row in (*RELATIONS, *QUANTIFIERS)}
    assert not words & names


@pytest.mark.parametrize("letter", ["ſ", "K"])  # a long s and a Kelvin sign fold to ASCII letters
def test_words_are_ascii(letter: str) -> None:
    terminals = prepare_tables(grammar_text()).terminals
    for name in ("EXISTS", "WORD", "ACTION_MATCHES"):
        assert not re.match(terminals[name], f"exi{letter}ts")
