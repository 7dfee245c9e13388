"""A file that is one condition."""

from __future__ import annotations

from collections.abc import Callable

from azcond.containers.model import Contents, EmbeddedCondition

_CRLF = "\r\n"


def find_in_plain(text: str) -> Contents:
    """The whole text as one condition; blank text too, which then is a finding."""
    return Contents((EmbeddedCondition(text, None, _same),))


def _same(offset: int) -> int:
    return offset


def lay_out_plain(text: str, layout: Callable[[str], str]) -> str:
    """The text of the file after a layout (`azcond.format` or `azcond.minify`) of its condition.

    The file keeps its kind of line break, unless that would change a string that holds one, and
    its line break at the end, or the lack of it. Raises what the layout raises.
    """
    laid_out = layout(text)
    line_break = _CRLF if _CRLF in text.partition("\n")[0] + "\n" else "\n"
    if line_break == _CRLF:
        laid_out = _with_crlf(laid_out)
    return laid_out + (line_break if text.endswith("\n") else "")


def _with_crlf(text: str) -> str:
    from azcond.parser import parse  # noqa: PLC0415  # not on the way to finding conditions

    candidate = text.replace(_CRLF, "\n").replace("\n", _CRLF)
    return candidate if parse(candidate) == parse(text) else text
