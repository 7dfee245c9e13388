"""Everything known about a condition text: what is wrong, how bad that is, and what mends it."""

from azcond.linter.engine import lint
from azcond.linter.fixing import fix

__all__ = ["fix", "lint"]
