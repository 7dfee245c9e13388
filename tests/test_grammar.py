"""The grammar, and the tables that are prepared from it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from azcond._grammar import grammar_text, prepared_text
from azcond.operators import QUANTIFIERS, RELATIONS
from azcond.parser.tables import from_document, prepare_tables, to_document
from conftest import Golden

PREPARED = Path(__file__).parents[1] / "grammar" / "condition.tables.json"


def test_prepared_tables_are_those_of_the_grammar(golden: Golden) -> None:
    document = to_document(prepare_tables(grammar_text()))
    golden(PREPARED, json.dumps(document, indent=1) + "\n")
    assert prepared_text() == PREPARED.read_text(encoding="utf-8")


def test_tables_survive_their_json_form() -> None:
    tables = prepare_tables(grammar_text())
    assert from_document(json.loads(json.dumps(to_document(tables)))) == tables


def test_the_grammar_spells_no_relation_and_no_quantifier() -> None:
    words = {word.lower() for word in re.findall(r"\w+", grammar_text())}
    names = {row.name.lower() for row in RELATIONS} | {row.name.lower() for row in QUANTIFIERS}
    assert not words & names


@pytest.mark.parametrize("letter", ["\u017f", "\u212a"], ids=["long s", "Kelvin sign"])
def test_letters_that_fold_to_ascii_are_not_ascii(letter: str) -> None:
    terminals = prepare_tables(grammar_text()).terminals
    assert not re.match(terminals["EXISTS"], f"exi{letter}ts")
    assert not re.fullmatch(terminals["WORD"], f"a{letter}")
