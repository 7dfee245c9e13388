"""Lays out conditions that a file tells only in part, with their holes where they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import count

from azcond._dataclasses import replace
from azcond.ast import Expression
from azcond.containers import EmbeddedCondition
from azcond.containers.rewriting import lay_out
from azcond.errors import ConditionSyntaxError
from azcond.linter.holes.filled import Filled
from azcond.linter.holes.fillings import EXPRESSIONS, Filler, Filling, Trial
from azcond.linter.holes.places import Form, Place, Position
from azcond.linter.holes.reading import find_places
from azcond.linter.holes.samples import opaque
from azcond.parser import parse
from azcond.source import Span


def lay_out_partly(condition: EmbeddedCondition, layout: Callable[[str], str]) -> str | None:
    """The text of a condition with holes after a layout, `azcond.format` or `azcond.minify`.

    Each hole stays as it is written. Gives nothing where that cannot be done, or where it is not
    certain that the condition stays the same: where a hole is no operand, no value and no part of
    one, or the text around it is not a condition. Raises what the layout raises, but for errors of
    syntax.
    """
    text, holes = condition.text, [hole.span for hole in condition.holes]
    if any(hole.start == hole.end for hole in holes):
        return None
    form = find_places(text, holes)
    stand_ins = [_stand_in(place, form, _free_name(text)) for place in form.places]
    fillings = [one for one in stand_ins if one is not None]
    if len(fillings) != len(holes):
        return None
    filled = replace(condition, text=Filled(text, fillings).text, holes=())
    try:
        laid_out = lay_out(filled, layout)
    except ConditionSyntaxError:
        return None
    restored = _restore(laid_out, fillings, form)
    if restored is None:
        return None
    expressions = [hole.expression for hole in condition.holes]
    is_same = _are_same(form, find_places(*restored), expressions)
    return restored[0] if is_same else None


def _free_name(text: str) -> str:
    """The beginning of names that a text does not have."""
    return next(name for number in count() if (name := f"azcond{number}h") not in text)


_OF_A_VALUE = frozenset({Position.VALUE, Position.MEMBER})
_OF_A_TOKEN = frozenset({Position.TEXT, Position.KEY, Position.REFERENCE})


def _stand_in(place: Place, form: Form, name: str) -> Filling | None:
    """What stands for a hole while its condition is laid out, if possible as long as the hole is;
    a layout keeps it as it is.
    """
    hole = form.holes[place.hole]
    width = hole.end - hole.start
    name = f"{name}{place.hole}z"
    if place.position in _OF_A_TOKEN:
        return Filling(hole, name.ljust(width, "z"))
    if place.position in _OF_A_VALUE:
        return Filling(hole, f"'{name.ljust(width - 2, 'z')}'")
    if place.position is Position.OPERAND:
        return Filling(hole, f"@Resource[{name.ljust(width - 11, 'z')}]")
    if place.position in EXPRESSIONS:
        return Filling(hole, f"Exists @Resource[{name.ljust(width - 18, 'z')}]")
    return None


def _restore(
    laid_out: str, fillings: Sequence[Filling], form: Form
) -> tuple[str, tuple[Span, ...]] | None:
    """A text with the holes in place of what stood for them, and where they are.

    Nothing if they are not all there in their order.
    """
    pieces: list[str] = []
    holes: list[Span] = []
    at = length = 0
    for place, filling in zip(form.places, fillings, strict=True):
        found = laid_out.find(filling.text, at)
        if found < 0:
            return None
        start, end = form.holes[place.hole]
        before, after = ("(", ")") if _is_wrapped(place, form) else ("", "")
        pieces += (laid_out[at:found], before, form.text[start:end], after)
        length += found - at + len(before)
        holes.append(Span(length, length + end - start))
        length += end - start + len(after)
        at = found + len(filling.text)
    return "".join([*pieces, laid_out[at:]]), tuple(holes)


def _is_wrapped(place: Place, form: Form) -> bool:
    """Whether nothing but a hole stands in parentheses; layouts drop those of a single test."""
    if place.position not in EXPRESSIONS:
        return False
    hole = form.holes[place.hole]
    before, after = form.text[: hole.start].rstrip(), form.text[hole.end :].lstrip()
    return before.endswith("(") and after.startswith(")")


def _are_same(form: Form, other: Form, expressions: Sequence[str]) -> bool:
    """Whether two texts with the same holes are the same condition whatever is in these."""
    pairs = list(zip(_readings(form, expressions), _readings(other, expressions), strict=True))
    trees = [(one, _tree(after)) for before, after in pairs if (one := _tree(before)) is not None]
    return bool(trees) and all(one == two for one, two in trees)


def _readings(form: Form, expressions: Sequence[str]) -> list[str]:
    filler = Filler(form, expressions)
    every: list[Iterable[Filling]] = [filler.concrete(trial) for trial in Trial]
    every += [_joined(form, filler, word) for word in ("AND", "OR")]
    return [Filled(form.text, list(fillings)).text for fillings in every]


def _joined(form: Form, filler: Filler, word: str) -> Iterable[Filling]:
    """Fillings in which every operand is two."""
    operands = {form.holes[p.hole] for p in form.places if p.position in EXPRESSIONS}
    several = f"{opaque('one')} {word} {opaque('two')}"
    for filling in filler.concrete(Trial.ALIKE):
        yield Filling(filling.span, several) if filling.span in operands else filling


def _tree(text: str) -> Expression | None:
    try:
        return parse(text).ast
    except ConditionSyntaxError:
        return None
