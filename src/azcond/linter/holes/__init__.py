"""Conditions that a file tells only in part: what can be said of them, mended and laid out.

A hole is filled with several texts that differ as much as what may stand there; what holds for
every one of them holds whatever is deployed.
"""
