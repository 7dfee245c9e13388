"""Paths as other systems compare them with those they know."""

from __future__ import annotations

import os


def plain_path(path: str) -> str:
    """A path without `./` and the like, and with `/` on every system."""
    return os.path.normpath(path).replace(os.sep, "/")
