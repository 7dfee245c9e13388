"""Loads the grammar text: from the package when installed, from the checkout otherwise."""

from __future__ import annotations

import pkgutil
from pathlib import Path

_NAME = "grammar/condition.lark"


def grammar_text() -> str:
    """The text of `condition.lark`, also from a zipped wheel."""
    try:
        data = pkgutil.get_data("azcond", _NAME)
    except OSError:
        data = None
    if data is None:
        data = (Path(__file__).parents[2] / _NAME).read_bytes()
    return data.decode("utf-8")
