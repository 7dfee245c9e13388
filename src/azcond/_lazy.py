"""Names of a package that are loaded on first use, so that importing it costs next to nothing."""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # importing `typing` costs half as much as starting the interpreter
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def load_on_use(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """A package's `__getattr__`, given the submodule in which each of its names lives."""

    def load(name: str) -> object:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{package}.{home}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load
