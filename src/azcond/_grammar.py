"""The grammar of the condition language and the tables prepared from it."""

from __future__ import annotations

from azcond._resources import read_resource


def grammar_text() -> str:
    """The text of `condition.lark`, also from a zipped wheel."""
    return read_resource("grammar", "condition.lark").decode("utf-8")


def prepared_text() -> str | None:
    """The tables prepared from the grammar, as JSON; nothing where they have not been made."""
    try:
        return read_resource("grammar", "condition.tables.json").decode("utf-8")
    except FileNotFoundError:
        return None
