"""What a project can set about how it is linted, beyond which rules are on."""

from __future__ import annotations

from enum import StrEnum

from azcond._dataclasses import dataclass
from azcond.access.known import BUILT_IN, KnownRoles


class Keywords(StrEnum):
    """How AND, OR and NOT are written."""

    WORDS = "words"
    SYMBOLS = "symbols"


@dataclass(frozen=True, slots=True)
class Settings:
    """`roles` are those that rules know; `keywords` is the spelling that STY502 asks for."""

    roles: KnownRoles = BUILT_IN
    keywords: Keywords = Keywords.WORDS


DEFAULTS = Settings()
"""The settings of a project that sets nothing."""
