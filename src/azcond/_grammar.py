"""Loads the grammar: from the package when installed, from the checkout otherwise."""

from __future__ import annotations

import pkgutil
from pathlib import Path


def grammar_text() -> str:
    """The text of `condition.lark`, also from a zipped wheel."""
    return _read("condition.lark").decode("utf-8")


def prepared_text() -> str | None:
    """The tables prepared from the grammar, as JSON; nothing where they have not been made."""
    try:
        return _read("condition.tables.json").decode("utf-8")
    except FileNotFoundError:
        return None


def _read(name: str) -> bytes:
    try:
        data = pkgutil.get_data("azcond", f"grammar/{name}")
    except OSError:
        data = None
    return data if data is not None else (_CHECKOUT / name).read_bytes()


_CHECKOUT = Path(__file__).parents[2] / "grammar"
