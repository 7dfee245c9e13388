"""A condition becomes one Python function of a request."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from azcond.ast import Condition
from azcond.compiler.generation import Generated, generate, generate_for_columns
from azcond.interpreter import Missing, check_missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from azcond.columns import ColumnKey, Columns
    from azcond.request import Request

__all__ = ["Program", "compile"]


class Program(partial[bool]):
    """A compiled condition: call it with a `Request` to learn whether the condition is met.

    Calls run one generated function and nothing else; they are thread-safe and never raise for a
    `Request`. `source` is that function's text. A program pickles as its condition.
    """

    condition: Condition
    missing: Missing
    source: str
    _for_columns: tuple[Callable[[int, list[Iterable[Any]]], list[bool]], tuple[ColumnKey, ...]]

    if TYPE_CHECKING:  # the call itself is that of `partial`, which adds no Python frame

        def __call__(self, request: Request) -> bool:
            """Whether the condition is met (TRUE; neither FALSE nor UNKNOWN)."""

    def map(self, requests: Iterable[Request]) -> Iterator[bool]:
        """Whether the condition is met, for each request as it comes; nothing is kept."""
        return map(self.func, requests)

    def columns(self, columns: Columns) -> list[bool]:
        """Whether the condition is met, for every row of many requests given as columns.

        Agrees with the program on the request of each row. The first call generates a second
        function, which holds the loop over the rows.
        """
        if not hasattr(self, "_for_columns"):
            generated = generate_for_columns(self.condition.ast, self.missing)
            self._for_columns = (_run(generated), generated.columns)
        function, places = self._for_columns
        return function(columns.rows, [columns.column(place) for place in places])

    def __reduce__(self) -> tuple[Any, ...]:
        return compile, (self.condition, self.missing)

    def __repr__(self) -> str:
        return f"Program({self.condition.text!r}, missing={self.missing!r})"


def compile(condition: Condition, missing: Missing = "unknown") -> Program:  # noqa: A001  # as `re.compile`
    """Compile a condition for many requests; the program agrees with `evaluate(…) is TRUE`.

    `missing` is the reading of absent attributes, as for `evaluate` (`ValueError` for another).
    """
    check_missing(missing)
    generated = generate(condition.ast, missing)
    program = Program(_run(generated))
    program.condition, program.missing, program.source = condition, missing, generated.source
    return program


def _run(generated: Generated) -> Callable[..., Any]:
    """The function of a generated text."""
    namespace = dict(generated.constants)
    exec(generated.source, namespace)  # noqa: S102  # the text holds nothing of the condition
    function: Callable[..., Any] = namespace["program"]
    return function
