"""Putting other conditions into a file, where nothing else changes.

A change is worked out as edits of the file and then checked: the file is read again, and has to
hold the wanted conditions and, beside them, what it held before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from azcond.containers.model import Contents, EmbeddedCondition, Host
from azcond.diagnostics import Edit
from azcond.errors import ConditionSyntaxError
from azcond.source import Span

_TOKEN = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.DOTALL)
_MOST_TOKENS = 20_000
"""Longer texts are compared by their ends only, which takes time in proportion to them."""

_CRLF = "\r\n"


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """A text with some edits, which must not overlap."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += (text[at : edit.span.start], edit.replacement)
        at = max(at, edit.span.end)
    return "".join([*parts, text[at:]])


def rewrite(
    text: str, wanted: Mapping[int, str], read: Callable[[str], Contents]
) -> tuple[str, frozenset[int]]:
    """The text of a file with other texts for some of its conditions, given by their numbers.

    `read` finds what is in a file. A condition stays where a change of it would touch what is not
    known, or what comes from another place; gives the numbers of those that were changed too.
    """
    together = _rewrite(text, wanted, read)
    if together is not None:
        return together, frozenset(wanted)
    changed = set()
    for number, new in wanted.items():
        alone = _rewrite(text, {number: new}, read)
        if alone is not None:
            text = alone
            changed.add(number)
    return text, frozenset(changed)


def _rewrite(text: str, wanted: Mapping[int, str], read: Callable[[str], Contents]) -> str | None:
    contents = read(text)
    expected = [
        (wanted.get(number, condition.text), _expressions(condition))
        for number, condition in enumerate(contents.conditions)
    ]
    for compare in (_differences, _everything):
        changed = _changed(text, contents, wanted, compare)
        after = None if changed is None else read(changed)
        if after is not None and _are_wanted(after.conditions, expected):
            return changed if len(after.unread) == len(contents.unread) else None
    return None


def _are_wanted(
    found: Sequence[EmbeddedCondition], wanted: Sequence[tuple[str, tuple[str, ...]]]
) -> bool:
    """Whether conditions have these texts and holes; line breaks may be those of the file."""
    return len(found) == len(wanted) and all(
        _expressions(one) == expressions
        and _plain(one.text) == _plain(text)
        and _safer(one.text, text) == one.text
        for one, (text, expressions) in zip(found, wanted, strict=True)
    )


def _plain(text: str) -> str:
    return text.replace(_CRLF, "\n")


def _expressions(condition: EmbeddedCondition) -> tuple[str, ...]:
    """What is not known of a condition, in order."""
    return tuple([hole.expression for hole in condition.holes])


def _changed(
    text: str,
    contents: Contents,
    wanted: Mapping[int, str],
    compare: Callable[[str, str], Iterator[Edit]],
) -> str | None:
    """The text of a file with the edits that a comparison finds, if they can all be made there."""
    edits: set[Edit] = set()
    for number, new in wanted.items():
        condition = contents.conditions[number]
        changes = [
            _before_line_break(condition.text, edit) for edit in compare(condition.text, new)
        ]
        moved = condition.edits_in_file(changes)
        if len(moved) != len(changes):
            return None
        edits.update(moved)
    if _CRLF in text.partition("\n")[0] + "\n":
        edits = {Edit(e.span, _plain(e.replacement).replace("\n", _CRLF)) for e in edits}
    return apply_edits(text, edits)


def _everything(old: str, new: str) -> Iterator[Edit]:
    """One edit, for where smaller ones would meet what stands beside them in another meaning."""
    yield Edit(Span(0, len(old)), new)


def _differences(old: str, new: str) -> Iterator[Edit]:
    """The edits that make one text of another."""
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(one) + len(other) > _MOST_TOKENS:
        yield from _between_the_ends(old, new)
        return
    from difflib import SequenceMatcher  # noqa: PLC0415  # slow to load, and seldom needed

    at = 0
    starts = [0, *(at := at + len(token) for token in one)]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            yield Edit(Span(starts[start], starts[end]), "".join(other[first:last]))


def _before_line_break(text: str, edit: Edit) -> Edit:
    """The same edit with the line break at its end left alone.

    What follows that may be indentation that the text does not have, or no part of it. Lines that
    are inserted after a line break are inserted before it instead, which comes to the same.
    """
    (start, end), new = edit.span, edit.replacement
    for line_break in (_CRLF, "\n"):
        size = len(line_break)
        has_empty_line = new[:-size].endswith("\n")  # which has no indentation either
        if new.endswith(line_break) and text.endswith(line_break, 0, end) and not has_empty_line:
            if start <= end - size:
                return Edit(Span(start, end - size), new[:-size])
            if start == end:
                return Edit(Span(start - size, end - size), line_break + new[:-size])
    return edit


def _between_the_ends(old: str, new: str) -> Iterator[Edit]:
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    if old != new:
        yield Edit(Span(start, len(old) - end), new[start : len(new) - end])


def lay_out(condition: EmbeddedCondition, layout: Callable[[str], str]) -> str:
    """A condition's text after a layout (`azcond.format` or `azcond.minify`), fit for its file.

    The text keeps its indentation and the blanks around it, unless that would change a string that
    holds a line break; a file that is one condition keeps just whether it ends in a line break.
    Raises what the layout raises.
    """
    plain = layout(condition.text)
    lead, trail = blanks_around(condition)
    indent = lead.rpartition("\n")[2]
    indented = f"\n{indent}".join(plain.split("\n"))
    return with_line_breaks_of(condition.text, lead + _safer(indented, plain) + trail)


def blanks_around(condition: EmbeddedCondition) -> tuple[str, str]:
    """What stands before and after a condition in its literal, and is to stay there."""
    text = condition.text
    if condition.host is Host.CONDITION:
        return "", "\n" if text.endswith("\n") else ""
    core = text.strip()
    start = text.index(core)
    return text[:start], text[start + len(core) :]


def with_line_breaks_of(text: str, new: str) -> str:
    """A new text with the kind of line break that the old one has, if that keeps its meaning."""
    if _CRLF not in text.partition("\n")[0] + "\n":
        return new
    return _safer(_plain(new).replace("\n", _CRLF), new)


def _safer(changed: str, text: str) -> str:
    """The changed text if it is still the same condition, otherwise the text."""
    from azcond.parser import parse  # noqa: PLC0415  # not on the way to finding conditions

    if changed == text:
        return text
    try:
        return changed if parse(changed) == parse(text) else text
    except ConditionSyntaxError:
        return changed
