"""Finds data that stands outside of the package in a checkout and inside of it when installed."""

from __future__ import annotations

import os.path
import pkgutil

_IN_THE_CHECKOUT = {"roles": "fixtures/roles"}
"""The folders that are called otherwise in the checkout; pyproject.toml says the same."""


def read_resource(folder: str, name: str) -> bytes:
    """The content of a data file, also from a zipped wheel. Raises `OSError` without it."""
    try:
        data = pkgutil.get_data("azcond", f"{folder}/{name}")
    except OSError:
        data = None
    if data is None:
        checkout = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        path = os.path.join(checkout, _IN_THE_CHECKOUT.get(folder, folder), name)
        with open(path, "rb") as file:
            data = file.read()
    return data
