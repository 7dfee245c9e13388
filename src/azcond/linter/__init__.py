"""Everything known about a condition text: what is wrong, how bad that is, and what mends it."""
