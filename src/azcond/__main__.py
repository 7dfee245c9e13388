"""`python -m azcond`."""

from __future__ import annotations

import sys

from azcond.cli import run

if __name__ == "__main__":
    sys.exit(run())
