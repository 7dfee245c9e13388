"""The fast path: one scan and one table-driven pass from text to tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from azcond.parser.building import Builder, UnreadableTextError
from azcond.parser.tables import END, Tables, tables

if TYPE_CHECKING:
    from azcond.ast import Expression

Step = int | tuple[Callable[[list[Any]], Any] | None, int, str]
"""Shift to a state, or reduce: the callback, how many values it takes, and the rule."""


class Engine:
    """Prepared tables with the builder's callbacks in place; it holds no state of a parse."""

    __slots__ = ("_accept", "_ignored", "_rows", "_scan")

    def __init__(self, prepared: Tables, builder: Builder) -> None:
        groups = [f"(?P<{name}>{each})" for name, each in prepared.terminals.items()]
        self._scan = re.compile("|".join(groups)).finditer
        self._ignored = prepared.ignored
        self._accept = prepared.accept
        self._rows: list[Mapping[str, Step]] = [
            {
                name: do if isinstance(do, int) else (_callback(builder, do[0]), do[1], do[2])
                for name, do in row.items()
            }
            for row in prepared.rows
        ]

    def parse(self, text: str) -> Any:
        """What the builder makes of a text; `UnreadableTextError` for one it is not."""
        rows, ignored = self._rows, self._ignored
        row, states = rows[0], [0]
        values: list[Any] = []
        position = 0
        for token in self._scan(text):
            start, end = token.span()
            if start != position:
                raise UnreadableTextError
            position = end
            kind = token.lastgroup
            if kind in ignored:
                continue
            step = row.get(kind)  # type: ignore[arg-type]  # every alternative is a named group
            while type(step) is not int:
                if step is None:
                    raise UnreadableTextError
                row = rows[_reduce(step, rows, states, values)]
                step = row.get(kind)  # type: ignore[arg-type]
            states.append(step)
            values.append(token)
            row = rows[step]
        if position != len(text):
            raise UnreadableTextError
        while states[-1] != self._accept:
            row = rows[states[-1]]
            step = row.get(END)
            if step is None:
                raise UnreadableTextError
            _reduce(step, rows, states, values)
        return values[0]


def _reduce(
    step: Step, rows: list[Mapping[str, Step]], states: list[int], values: list[Any]
) -> int:
    """Replace the values of a rule's right side by what the builder makes of them."""
    assert not isinstance(step, int)
    callback, size, rule = step
    if size == 1:
        states.pop()
        if callback is not None:
            values[-1] = callback(values[-1:])
    else:
        children = values[-size:]
        del values[-size:], states[-size:]
        values.append(callback(children) if callback is not None else children[0])
    state = rows[states[-1]][rule]
    assert isinstance(state, int)
    states.append(state)
    return state


def _callback(builder: Builder, name: str) -> Callable[[list[Any]], Any] | None:
    return getattr(builder, name) if name else None


@cache
def engine() -> Engine:
    """The parser of conditions, made on first use; parsing with it is thread-safe."""
    return Engine(tables(), Builder())


def parse_valid(text: str) -> Expression | None:
    """The tree of a text that follows the grammar; `None` for any other text."""
    try:
        node, _, _ = engine().parse(text)
    except UnreadableTextError:
        return None
    tree: Expression = node
    return tree
