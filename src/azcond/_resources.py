"""Finds data that stands outside of the package in a checkout and inside of it when installed."""

from __future__ import annotations

import os.path

TYPE_CHECKING = False  # see `azcond._lazy`
if TYPE_CHECKING:
    from typing import Any

_IN_THE_CHECKOUT = {"roles": "fixtures/roles"}
"""The folders that are called otherwise in the checkout; pyproject.toml says the same."""


def read_packaged(folder: str, name: str) -> bytes:
    """The content of a data file of the package, also from a zipped wheel. Raises `OSError`."""
    loader: Any = __spec__.loader
    data: bytes = loader.get_data(os.path.join(os.path.dirname(__file__), folder, name))
    return data


def read_resource(folder: str, name: str) -> bytes:
    """As `read_packaged`, for a file that stands elsewhere in a checkout."""
    try:
        return read_packaged(folder, name)
    except OSError:
        checkout = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        path = os.path.join(checkout, _IN_THE_CHECKOUT.get(folder, folder), name)
        with open(path, "rb") as file:
            return file.read()
