"""One module per rule about what stands around conditions in a file; see `linter.rules`."""

from __future__ import annotations

MODULES = ("condition_version",)
"""The modules here."""
