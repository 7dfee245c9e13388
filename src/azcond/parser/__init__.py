"""Text to `Condition`, or `ConditionSyntaxError` with every error found."""

from __future__ import annotations

from azcond.ast import MAX_DEPTH, Condition, Expression, children
from azcond.errors import ConditionSyntaxError
from azcond.parser.engine import parse_valid

__all__ = ["parse"]


def parse(text: str) -> Condition:
    """Parse the text of a role assignment condition.

    Takes time linear in the length of the text, whatever it holds. Raises `ConditionSyntaxError`
    with one or more diagnostics (at most 100) for a text that is not a condition. Source of the
    behaviour: conditions-format.
    """
    tree = parse_valid(text)
    if tree is None or _is_too_deep(tree):
        # Only a text that does not parse pays for looking into why.
        from azcond.parser.recovery import find_syntax_errors  # noqa: PLC0415

        raise ConditionSyntaxError(find_syntax_errors(text, tree))
    return Condition(text, tree)


def _is_too_deep(tree: Expression) -> bool:
    level: list[Expression] = [tree]
    for _ in range(MAX_DEPTH + 1):
        level = [child for node in level for child in children(node)]
        if not level:
            return False
    return True
