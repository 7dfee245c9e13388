"""Whether a text is meant as a condition: files have much else under that name.

What decides is vocabulary, not syntax, so that broken attempts are recognised too.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(
    r"""
      @\s*(?:environment|principal|request|resource)\s*\[
    | \b(?:environment|principal|request|resource)\s*\[\s*[a-z][^\]'"\[]*[/:]
    | \b(?:action|suboperation)matches\b
    | \bfor(?:any|all)of(?:any|all)(?:values?)?\b
    | \b(?:bool|datetime|guid|numeric|string)
      (?:not)?(?:equals?|like|startswith|greaterthan|lessthan)(?:equals|ignorecase)*\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

_LIKELY_WHOLE = re.compile(
    r"\s*[(!@]|\s*(?:exists|not|action|suboperation|for|\{\s*[^\s\"]|')", re.IGNORECASE
)


def looks_like_condition(text: str) -> bool:
    """Whether a text uses the words of Azure's condition language (conditions-format)."""
    return _SIGNS.search(text) is not None


def opens_like_condition(text: str) -> bool:
    """Whether a text, of which nothing else tells what it is, is a condition from its start."""
    return _LIKELY_WHOLE.match(text) is not None and looks_like_condition(text)
