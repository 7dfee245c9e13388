"""What relations test, on comparable values: the Python function and its spelling in Python."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from azcond._dataclasses import dataclass
from azcond.operators.like import like_pattern


@dataclass(frozen=True, slots=True)
class Predicate:
    """A two-valued test. `source` spells it over `{left}` and `{right}` for generated code."""

    holds: Callable[[Any, Any], bool]
    source: str


def _starts(left: str, right: str) -> bool:
    return left.startswith(right)


def _not_starts(left: str, right: str) -> bool:
    return not left.startswith(right)


def _like(left: str, right: str) -> bool:
    return like_pattern(right).matches(left)


def _not_like(left: str, right: str) -> bool:
    return not like_pattern(right).matches(left)


EQUAL = Predicate(operator.eq, "{left} == {right}")
NOT_EQUAL = Predicate(operator.ne, "{left} != {right}")
LESS = Predicate(operator.lt, "{left} < {right}")
AT_MOST = Predicate(operator.le, "{left} <= {right}")
MORE = Predicate(operator.gt, "{left} > {right}")
AT_LEAST = Predicate(operator.ge, "{left} >= {right}")
STARTS = Predicate(_starts, "{left}.startswith({right})")
NOT_STARTS = Predicate(_not_starts, "not {left}.startswith({right})")
LIKE = Predicate(_like, "like({left}, {right})")
NOT_LIKE = Predicate(_not_like, "not like({left}, {right})")
