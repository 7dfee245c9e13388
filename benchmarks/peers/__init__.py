"""The libraries that a user could pick instead, each used at its best, on the same decisions.

No peer is needed for anything but this comparison. One that is not installed is a row saying so.
"""
