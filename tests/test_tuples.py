"""Our `NamedTuple` makes what that of `typing` makes."""

from __future__ import annotations

import pickle
import typing
from typing import Any

import pytest

from azcond import Span
from azcond._tuples import NamedTuple


def _define(base: Any) -> Any:
    class Pair(base):  # type: ignore[misc]  # either one
        """Two values."""

        left: int
        right: str = "r"

        @property
        def both(self) -> str:
            return f"{self.left}{self.right}"

        def __bool__(self) -> bool:
            return False

    return Pair


@pytest.fixture
def pairs() -> tuple[Any, Any]:
    return _define(NamedTuple), _define(typing.NamedTuple)


def test_it_does_as_the_standard_one(pairs: tuple[Any, Any]) -> None:
    ours, standard = pairs
    for use in (
        lambda pair: pair(1),
        lambda pair: repr(pair(1, right="x")),
        lambda pair: pair(1).both,
        lambda pair: bool(pair(1)),
        lambda pair: pair(1)._replace(left=2),
        lambda pair: pair(1)._asdict(),
        lambda pair: (pair._fields, pair._field_defaults, pair.__match_args__),
        lambda pair: (pair.__doc__, pair.__module__, pair.__qualname__, pair.__bases__),
        lambda pair: pair.__annotations__.keys(),
        lambda pair: hasattr(pair(1), "__dict__"),
    ):
        assert use(ours) == use(standard)
    for pair in pairs:
        with pytest.raises(TypeError):
            pair()


def test_it_pickles() -> None:
    assert pickle.loads(pickle.dumps(Span(1, 2))) == Span(1, 2)
    assert type(pickle.loads(pickle.dumps(Span(1, 2)))) is Span
