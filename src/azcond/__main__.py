"""`python -m azcond`."""

from __future__ import annotations

import sys

from azcond.cli import main

if __name__ == "__main__":
    sys.exit(main())
