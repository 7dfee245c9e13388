"""The tables of the README are those of the code."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from azcond.operators import QUANTIFIERS, RELATIONS
from conftest import Golden

README = Path(__file__).parent.parent / "README.md"


def relations() -> list[tuple[str, ...]]:
    rows = [("relation", "compares", "quantified", "true when")]
    rows += [
        (f"`{row.name}`", row.kind.value, "yes" if row.quantifiable else "", row.summary)
        for row in RELATIONS
    ]
    return rows


def quantifiers() -> list[tuple[str, ...]]:
    return [("quantifier", "true when"), *((f"`{row.name}`", row.summary) for row in QUANTIFIERS)]


TABLES: dict[str, Callable[[], list[tuple[str, ...]]]] = {
    "relations": relations,
    "quantifiers": quantifiers,
}


def markdown(rows: list[tuple[str, ...]]) -> str:
    header, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([header, "| --- " * len(rows[0]) + "|", *body])


@pytest.mark.parametrize("name", TABLES)
def test_table(name: str, golden: Golden) -> None:
    between = re.compile(rf"(?<=<!-- table: {name} -->\n).*?(?=\n<!-- end of table -->)", re.DOTALL)
    text = README.read_text(encoding="utf-8")
    assert len(between.findall(text)) == 1
    golden(README, between.sub(lambda _: markdown(TABLES[name]()), text))
