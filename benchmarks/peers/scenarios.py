"""The scenarios by title."""

from __future__ import annotations

from benchmarks.mixed import mixed
from benchmarks.scenarios import key_vault, storage

SCENARIOS = {make().title: make for make in (key_vault, storage, mixed)}
