"""Finds data that stands outside of the package in a checkout and inside of it when installed."""

from __future__ import annotations

import pkgutil
from pathlib import Path

_IN_THE_CHECKOUT = {"roles": "fixtures/roles"}
"""The folders that are called otherwise in the checkout; pyproject.toml says the same."""


def read_resource(folder: str, name: str) -> bytes:
    """The content of a data file, also from a zipped wheel. Raises `OSError` without it."""
    try:
        data = pkgutil.get_data("azcond", f"{folder}/{name}")
    except OSError:
        data = None
    if data is None:
        checkout = Path(__file__).parents[2]
        data = (checkout / _IN_THE_CHECKOUT.get(folder, folder) / name).read_bytes()
    return data
