"""Conditions in the scripts of shells: what they assign, and the texts that they put together."""
