"""An explanation as lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from azcond.ast import Attribute, operand_attributes
from azcond.explanation.model import Explanation, GroupStep, Step
from azcond.explanation.remedy_wording import remedy_lines
from azcond.explanation.values import Names
from azcond.explanation.wording import (
    LEGEND,
    TRUTH_WORDS,
    alternatives_text,
    clause_text,
    empty_clause_text,
    leaf_text,
    readings_lines,
    request_text,
    uncovered_lines,
    value_lines,
    verdict_text,
)

_MAX_INDENT = 40
_LEAST_WIDTH = 40
_TRUTH_WIDTH = max(map(len, TRUTH_WORDS.values()))


def render(explanation: Explanation, width: int) -> str:
    """The whole explanation; only values and identifiers longer than a line exceed `width`."""
    names = Names(_attributes(explanation))
    asked = request_text(explanation.action, explanation.suboperation)
    lines = [f"{verdict_text(explanation.verdict)}   {asked}", ""]
    is_marked = any(not step.decided for clause in explanation.clauses for step in clause.steps)
    numbered = enumerate(explanation.clauses, 1)
    for _, group in groupby(numbered, key=lambda pair: pair[1].clause.conjunct):
        alternatives = list(group)
        if len(alternatives) > 1:
            lines.append(alternatives_text(alternatives[0][0], alternatives[-1][0]))
        for number, clause in alternatives:
            text = clause_text(clause.clause, explanation.action, explanation.suboperation)
            lines += _wrapped(f"clause {number}  ", text, width)
            if clause.applies and not clause.steps:
                word = TRUTH_WORDS[clause.truth]
                lines.append(f"  {word:{_TRUTH_WIDTH}}  {empty_clause_text(clause.clause)}")
            for step in clause.steps:
                lines += _step_lines(step, explanation, names, width, is_marked=is_marked)
    if is_marked:
        lines.append(LEGEND)
    lines += _closing(explanation, names, width)
    return "\n".join(lines) + "\n"


def _closing(explanation: Explanation, names: Names, width: int) -> list[str]:
    """What follows from it all, behind an empty line."""
    lines = [line for text in uncovered_lines(explanation) for line in _wrapped("", text, width)]
    for at, text in enumerate(remedy_lines(explanation, names)):
        lines += _wrapped("  " if at else "", text, width, hanging=2)
    for text in readings_lines(explanation):
        lines += _wrapped("", text, width)
    return ["", *lines] if lines else []


def _attributes(explanation: Explanation) -> Iterator[Attribute]:
    for step in explanation.leaves:
        yield from operand_attributes(step.leaf)
    for change in explanation.remedy.changes:
        yield from operand_attributes(change.leaf)


def _step_lines(
    step: Step, explanation: Explanation, names: Names, width: int, *, is_marked: bool
) -> list[str]:
    gutter = "> " if is_marked and step.decided else "  "
    indent = " " * min(2 * step.depth, _MAX_INDENT)
    head = f"{gutter}{TRUTH_WORDS[step.truth]:{_TRUTH_WIDTH}}  {indent}"
    if isinstance(step, GroupStep):
        return [head + step.need]
    text = ("NOT " if step.negated else "") + leaf_text(step.leaf, names)
    lines = _wrapped(head, text, width, hanging=2)
    for line in value_lines(step, explanation, names):
        lines += _wrapped(" " * len(head), line, width)
    return lines


def _wrapped(head: str, text: str, width: int, hanging: int = 0) -> list[str]:
    """The text behind the head, going on below where it began or further in."""
    return textwrap.wrap(
        text,
        max(width, len(head) + _LEAST_WIDTH),
        initial_indent=head,
        subsequent_indent=" " * (len(head) + hanging),
        expand_tabs=False,
        replace_whitespace=False,
        break_long_words=False,
        break_on_hyphens=False,
    )
