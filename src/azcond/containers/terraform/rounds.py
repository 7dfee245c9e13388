"""Blocks that stand for several things, one for each entry of a map or a set (Terraform, "The
for_each Meta-Argument").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azcond.containers.objects import Object
from azcond.containers.recognising import looks_like_condition
from azcond.containers.terraform.expressions import Expressions
from azcond.containers.terraform.loops import each_of
from azcond.containers.values import Null, Text, Value

_MOST_ROUNDS = 200
"""A block that is there more often is read once, as one of which the entries are not known."""


def find_rounds(
    expressions: Expressions, found: Object
) -> Iterator[tuple[Object, Mapping[str, Value]]]:
    """A block once for each entry, with what `each` stands for there, where every entry is told and
    has a condition of its own; otherwise just the block.
    """
    rounds = dict(_rounds(expressions, found))
    for key, bound in rounds.items():
        yield found._replace(name=f'{found.name}["{key}"]'), bound
    if not rounds:
        yield found, {}


def _rounds(expressions: Expressions, found: Object) -> Iterator[tuple[str, Mapping[str, Value]]]:
    nodes = {one.member.name: one.node for one in found.attributes if found.is_block}
    condition, for_each = nodes.get("condition"), nodes.get("for_each")
    if condition is None or for_each is None:
        return
    written = expressions.file.tree.written(condition)
    if "each." not in written or looks_like_condition(written):  # one text for all entries
        return
    place = expressions.file.tree.span(for_each)
    each = each_of(expressions.evaluate(for_each), place) or {}
    bound = {key: {"each": one} for key, one in each.items()}
    values = [expressions.evaluate_with(one, condition) for one in bound.values()]
    if len(bound) <= _MOST_ROUNDS and all(isinstance(one, Text | Null) for one in values):
        yield from bound.items()
