"""The tables of the README are those of the code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from azcond.operators import QUANTIFIERS, RELATIONS
from conftest import Golden

README = Path(__file__).parent.parent / "README.md"


def relations() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("relation", "compares", "quantified", "true when")]
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
    begin, end = f"<!-- table: {name} -->\n", "<!-- end of table -->\n"
    before, found, rest = README.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    assert found
    assert closed
    golden(README, f"{before}{begin}{markdown(TABLES[name]())}\n{end}{after}")
