"""Our `dataclass` is the standard one to whoever uses what it makes."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
from collections.abc import Callable
from copy import copy
from typing import Any, NamedTuple

import pytest

from azcond import _dataclasses as ours


class Made(NamedTuple):
    """Classes made by one of the two decorators."""

    point: Any
    deep: Any
    loose: Any
    tally: Any


def _define(module: Any) -> Made:
    """The same classes by either decorator."""

    @module.dataclass(frozen=True, slots=True)
    class Point:
        x: int
        y: int = 2
        tags: list[str] = module.field(default_factory=list)
        note: str = module.field(default="", compare=False)

        def total(self) -> int:
            return self.x + self.y

    @module.dataclass(frozen=True, slots=True)
    class Deep(Point):
        z: int = 3

    @module.dataclass(frozen=True, kw_only=True, eq=False)
    class Loose:
        a: int
        b: int = 1

    @module.dataclass(slots=True)
    class Tally:
        count: int = 0

    return Made(Point, Deep, Loose, Tally)


STANDARD, OURS = _define(dataclasses), _define(ours)

USES: list[Callable[[Made], object]] = [
    lambda m: m.point(1) == m.point(1, note="other"),
    lambda m: m.point(1) == m.point(2),
    lambda m: m.point(1) == (1, 2, [], ""),
    lambda m: m.point(1).tags is m.point(1).tags,
    lambda m: repr(m.point(1, tags=["a"])),
    lambda m: m.point(1, 5).total(),
    lambda m: m.point(1).z,
    lambda m: m.point(),
    lambda m: m.point(1, w=2),
    lambda m: m.point.__slots__,
    lambda m: m.point.__match_args__,
    lambda m: hash(m.point(1, tags=())) == hash(m.point(1, tags=(), note="other")),
    lambda m: hash(m.point(1)),
    lambda m: setattr(m.point(1), "x", 3),
    lambda m: setattr(m.loose(a=1), "new", 3),
    lambda m: delattr(m.point(1), "x"),
    lambda m: dataclasses.asdict(m.point(1, tags=["a"])),
    lambda m: [field.name for field in dataclasses.fields(m.point)],
    lambda m: [field.type for field in dataclasses.fields(m.point(1))],
    lambda m: repr(dataclasses.replace(m.point(1), y=7)),
    lambda m: repr(dataclasses.replace(m.point(1), w=7)),
    lambda m: copy(m.point(1)) == m.point(1),
    lambda m: m.deep(1) == m.point(1),
    lambda m: repr(m.deep(1, 2, [], "n", 4)),
    lambda m: (m.deep.__slots__, m.deep.__match_args__, m.deep(1).total()),
    lambda m: (m.point(1).y, m.deep(1).z, repr(m.point(1))),
    lambda m: m.loose(1),
    lambda m: (m.loose(a=1).b, m.loose.__match_args__),
    lambda m: m.loose(a=1) == m.loose(a=1),
    lambda m: str(inspect.signature(m.loose)).removesuffix(" -> None"),
    lambda m: setattr(m.loose(a=1), "a", 2),
    lambda m: hasattr(m.loose(a=1), "__dict__"),
    lambda m: (m.tally() == m.tally(0), m.tally.__hash__),
    lambda m: setattr(m.tally(), "count", 5),
    lambda m: setattr(m.tally(), "new", 5),
]


def _outcome(use: Callable[[Made], object], made: Made) -> object:
    try:
        return use(made)
    except (TypeError, AttributeError) as error:
        return type(error)


@pytest.mark.parametrize("use", USES)
def test_it_does_as_the_standard_one(use: Callable[[Made], object]) -> None:
    assert _outcome(use, OURS) == _outcome(use, STANDARD)


def test_the_signature_is_that_of_the_fields_before_and_after_the_first_call() -> None:
    point = _define(ours).point
    before = inspect.signature(point)
    assert list(before.parameters) == ["x", "y", "tags", "note"]
    assert before.parameters["x"].annotation == "int"
    point(1)
    assert inspect.signature(point) == before


def test_a_subclass_made_after_its_base_was_called_has_all_fields() -> None:
    point, deep, *_ = _define(ours)
    point(1)
    assert deep(1, z=9).z == 9


@ours.dataclass(frozen=True, slots=True)
class Pickled:
    """At the top of a module, where pickling finds it."""

    x: int
    y: tuple[int, ...] = ()


def test_it_pickles() -> None:
    assert pickle.loads(pickle.dumps(Pickled(1, (2,)))) == Pickled(1, (2,))


def test_replace_gives_another_value() -> None:
    assert ours.replace(Pickled(1), y=(3,)) == Pickled(1, (3,))
    with pytest.raises(TypeError):
        ours.replace(Pickled(1), w=1)  # type: ignore[call-arg]  # there is no such field
