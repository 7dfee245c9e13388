"""What a demand on the paths of blobs comes to for listing them, which has only a prefix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azcond.ast import (
    And,
    Attribute,
    AttributeSource,
    Comparison,
    Expression,
    Literal,
    Or,
    leaves,
)
from azcond.formatter import format_expression
from azcond.linter.chains import joined
from azcond.linter.questions import BLOBS, LIST, PATH, READ, can_ask, reads
from azcond.linter.role_sets import literals_of
from azcond.operators import LIKE, STARTS, like_segments

_PREFIX = f"@Request[{BLOBS}:prefix]"


def listing_clause(parts: Sequence[Expression]) -> str | None:
    """A clause for listing blobs that fits a demand on reading them; nothing where none is plain.

    Paths become prefixes; of the rest, what listing cannot answer is left out.
    """
    demands: list[str] = []
    for part in parts:
        for operand in joined(part, And):
            demand = _demand(operand)
            if demand is None:
                return None
            demands += demand
    if not any(demand.startswith((_PREFIX, f"({_PREFIX}")) for demand in demands):
        return None
    target = f"ActionMatches{{'{READ}'}} AND SubOperationMatches{{'{LIST}'}}"
    return f"(!({target}) OR ({' AND '.join(demands)}))"


def _demand(operand: Expression) -> list[str] | None:
    """What to demand of a listing instead; an empty list for nothing, `None` for unknown."""
    if not any(reads(leaf, PATH, AttributeSource.RESOURCE) for leaf in leaves(operand)):
        return [format_expression(operand)] if can_ask(READ, [operand], LIST) else []
    prefixes: list[str] = []
    for branch in joined(operand, Or):
        found = list(_prefixes(branch)) if isinstance(branch, Comparison) else []
        if not found:
            return None
        prefixes += found
    tests = [f"{_PREFIX} {text}" for text in dict.fromkeys(prefixes)]
    return [tests[0]] if len(tests) == 1 else [f"({' OR '.join(tests)})"]


def _prefixes(comparison: Comparison) -> Iterator[str]:
    """The tests of the prefix that go with a test of the path; none unless all values have one."""
    operator, operand = comparison.operator, comparison.right
    relation = operator.relation
    if not isinstance(comparison.left, Attribute) or relation.is_negative:
        return
    if operator.quantifier is not None and operator.quantifier.over_right is all:
        return
    literals = literals_of(operand)
    folders = [_folder(comparison, literal) for literal in literals]
    if all(folders):
        suffix = "IgnoreCase" if relation.ignore_case else ""
        for folder in folders:
            quoted = str(folder).replace("'", "\\'")
            yield f"StringStartsWith{suffix} '{quoted}'"


def _folder(comparison: Comparison, literal: Literal) -> str:
    """The folders that a path has to begin with, up to the last `/`."""
    value = str(literal.value)
    if comparison.operator.relation.predicate is LIKE:
        first = like_segments(value)[0][:1]
        value = (first[0] or "") if first else ""
    elif comparison.operator.relation.predicate is STARTS and not value.endswith("/"):
        return value
    return value[: value.rfind("/") + 1]
