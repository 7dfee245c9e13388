"""A condition becomes one Python function of a request.

Generating that function takes as long as interpreting the condition a few times, so the first
decisions are interpreted, and only a condition that is used on becomes a function. Both answer the
same; nothing is decided otherwise, only sooner or later.
"""

from __future__ import annotations

from functools import partial
from itertools import count
from types import FunctionType
from typing import TYPE_CHECKING, Any, cast

from azcond.ast import Condition
from azcond.compiler.generation import Generated, generate, generate_for_columns
from azcond.interpreter import Missing, check_missing, evaluate
from azcond.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from azcond.columns import ColumnKey, Columns
    from azcond.request import Request

__all__ = ["Program", "compile"]

FIRST_CALLS = 4
"""How many decisions are interpreted: about as many as generating the function takes the time of,
so that no number of decisions takes much more than twice what it could.
"""


class Program(partial[bool]):
    """A compiled condition: call it with a `Request` to learn whether the condition is met.

    Calls are thread-safe and never raise for a `Request`. The first few interpret the condition;
    from then on they run one generated function and nothing else. A program pickles as its
    condition.
    """

    condition: Condition
    missing: Missing
    _for_columns: tuple[Callable[[int, list[Iterable[Any]]], list[bool]], tuple[ColumnKey, ...]]

    if TYPE_CHECKING:  # the call itself is that of `partial`, which adds no Python frame

        def __call__(self, request: Request) -> bool:
            """Whether the condition is met (TRUE; neither FALSE nor UNKNOWN)."""

    @property
    def source(self) -> str:
        """The text of the generated function."""
        return generate(self.condition.ast, self.missing).source

    def prepare(self) -> Program:
        """Generate the function now, before the first decisions; gives the program itself.

        For programs that would rather start later than decide a few times in 50 microseconds.
        """
        _replace(cast("FunctionType", self.func), self.condition, self.missing)
        return self

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
    program = Program(_interpreting(condition, missing))
    program.condition, program.missing = condition, missing
    return program


def _interpreting(condition: Condition, missing: Missing) -> FunctionType:
    """A function that interprets its first calls and then becomes the generated one."""
    calls = count()

    def decide(request: Request) -> bool:
        if next(calls) < FIRST_CALLS:
            return evaluate(condition, request, missing) is Truth.TRUE
        _replace(program, condition, missing)
        return bool(program(request))

    program = FunctionType(_template.__code__, {"decide": decide}, "program")
    return program


def _template(q):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # only its code is used
    return decide(q)  # type: ignore[name-defined]  # noqa: F821  # a name of `_interpreting`


def _replace(function: FunctionType, condition: Condition, missing: Missing) -> None:
    """Put the generated code in the place of the one that interprets.

    The function stays the same object, so whoever holds it decides by the new code from then on,
    and a call under way ends by the old. Threads that come here at once all do the same.
    """
    generated = generate(condition.ast, missing)
    function.__globals__.update(generated.constants)
    function.__code__ = _run(generated).__code__


def _run(generated: Generated) -> FunctionType:
    """The function of a generated text."""
    namespace = dict(generated.constants)
    exec(generated.source, namespace)  # noqa: S102  # the text holds nothing of the condition
    function: FunctionType = namespace["program"]
    return function
