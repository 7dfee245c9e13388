"""How cost grows: one curve for each step of the work, and the slope of each in log-log.

A slope of 1 is linear, 0 is a cost that does not depend on the size.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from typing import Any

import azcond
from azcond.access import AccessModel, AccessQuery, Permission, RoleAssignment, RoleDefinition
from azcond.containers import find_conditions
from benchmarks import subjects
from benchmarks.mixed import mixed
from benchmarks.timing import Peer, best_times

_CLAUSES = (1, 4, 16, 64, 256)
_VALUES = (1, 8, 64, 512, 4096)
_LEVELS = (1, 4, 16, 64, 250)
_CONDITIONS = (5, 20, 80, 320)
_ASSIGNMENTS = (100, 1_000, 10_000, 100_000)
_TURNS = 100

Work = tuple[Callable[[], object], int]
"""Something to measure, and how often it does what is counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """Seconds by size, and the slope of the straight line through them in log-log."""

    name: str
    points: tuple[tuple[int, float], ...]

    @property
    def slope(self) -> float:
        """By least squares."""
        pairs = [(math.log(size), math.log(seconds)) for size, seconds in self.points]
        middle = [sum(values) / len(pairs) for values in zip(*pairs, strict=True)]
        spread = math.fsum((x - middle[0]) ** 2 for x, _ in pairs)
        return math.fsum((x - middle[0]) * (y - middle[1]) for x, y in pairs) / spread


@dataclass(frozen=True, slots=True)
class Curves:
    """Lines over one kind of size."""

    title: str
    size: str
    lines: tuple[Line, ...]


def curves(rounds: int, most: float = math.inf) -> Iterator[Curves]:
    """Every chart, for sizes up to `most` but two sizes at the least."""
    for title, size, sizes, works in (
        ("Clauses of a condition", "clauses", _CLAUSES, _of_clauses),
        ("Values of one set", "values", _VALUES, _of_values),
        ("Parentheses inside each other", "levels", _LEVELS, _of_levels),
        ("Conditions in one file", "conditions", _CONDITIONS, _of_conditions),
        ("Assignments of a tenant", "assignments", _ASSIGNMENTS, _of_assignments),
    ):
        measured = sizes[: max(2, sum(one <= most for one in sizes))]
        yield _measured(title, size, measured, works, rounds)


def _measured(
    title: str,
    size: str,
    sizes: Sequence[int],
    works: Callable[[int], Mapping[str, Work]],
    rounds: int,
) -> Curves:
    """All steps at all sizes, in turns."""
    slots = [(name, at, work) for at in sizes for name, work in works(at).items()]
    times = best_times([Peer(name, *work) for name, _, work in slots], rounds)
    points: dict[str, list[tuple[int, float]]] = {}
    for (name, at, _), seconds in zip(slots, times, strict=True):
        points.setdefault(name, []).append((at, seconds))
    return Curves(title, size, tuple(Line(name, tuple(all_)) for name, all_ in points.items()))


def _of_clauses(count: int) -> dict[str, Work]:
    clause = "((!(ActionMatches{{'{0}/act{1}'}})) OR (@Resource[{0}:path] StringLike 'team{1}/*'))"
    text = " AND ".join(clause.format(subjects.BLOBS, number) for number in range(count))
    action = f"{subjects.BLOBS}/act{count - 1}"
    request = azcond.Request(action, resource={f"{subjects.BLOBS}:path": f"team{count - 1}/x"})
    return _steps(text, request)


def _of_values(count: int) -> dict[str, Work]:
    guids = [f"00000000-0000-4000-8000-{number:012x}" for number in range(count)]
    role = subjects.ROLE_ATTRIBUTE
    text = f"@Request[{role}] ForAnyOfAnyValues:GuidEquals {{{', '.join(guids)}}}"
    request = azcond.Request(f"{subjects.ASSIGNMENTS}/write", request={role: guids[-1]})
    return _steps(text, request)


def _of_levels(count: int) -> dict[str, Work]:
    """A comparison under as many levels, AND and OR by turns so that each level counts."""
    text = "@Resource[Microsoft.KeyVault/vaults:name] StringEquals 'pay'"
    for level in range(count):
        other = f"@Resource[Microsoft.KeyVault/vaults:name] StringEquals 'pay{level}'"
        text = f"({text}) {('OR', 'AND NOT')[level % 2]} {other}"
    name = {"Microsoft.KeyVault/vaults:name": "pay"}
    return _steps(text, azcond.Request("Microsoft.KeyVault/vaults/read", resource=name))


def _steps(text: str, request: azcond.Request) -> dict[str, Work]:
    condition = azcond.parse(text)
    program = azcond.compile(condition)
    if not program(request):
        raise AssertionError("the request was made to be met")
    return {
        "parse": (partial(azcond.parse, text), 1),
        "lint": (partial(azcond.lint, text), 1),
        "compile": (program.prepare, 1),
        "format": (partial(azcond.format, text), 1),
        "one decision": _often(program, request),
    }


def _often(decide: Callable[[Any], object], request: object) -> Work:
    def run() -> None:
        for _ in range(_TURNS):
            decide(request)

    return run, _TURNS


def _of_conditions(count: int) -> dict[str, Work]:
    texts = [case.text for case in islice(cycle(mixed().cases), count)]
    document = json.dumps([{"Name": str(at), "Condition": text} for at, text in enumerate(texts)])
    if len(find_conditions(document, "roles.json").conditions) != count:
        raise AssertionError("a condition was not found")
    return {
        "find them in JSON": (partial(find_conditions, document, "roles.json"), 1),
        "parse and compile": (partial(_all, texts, _prepare), 1),
        "lint": (partial(_all, texts, azcond.lint), 1),
    }


def _prepare(text: str) -> None:
    azcond.compile(azcond.parse(text)).prepare()


def _all(texts: Iterable[str], work: Callable[[str], object]) -> None:
    for text in texts:
        work(text)


def _of_assignments(count: int) -> dict[str, Work]:
    """Four assignments for each principal, every twentieth with a condition; the last is asked."""
    action = "Microsoft.KeyVault/vaults/read"
    roles = [RoleDefinition("reader", "Reader", (Permission(actions=("*/read",)),))]
    condition = subjects.key_vault_condition()
    assignments = [
        RoleAssignment(
            f"principal-{number // 4}",
            "reader",
            f"/subscriptions/s{number % 50}/resourceGroups/g{number % 1000}",
            *((condition, "2.0") if number % 20 == 0 else ()),
        )
        for number in range(count)
    ]
    model, last = AccessModel(roles, assignments), assignments[-1]
    query = AccessQuery(last.principal_id, last.scope, action=action)
    if not model.decide(query).allowed:
        raise AssertionError("the last assignment was made to allow it")
    return {
        "build the model": (partial(AccessModel, roles, assignments), 1),
        "one decision": _often(model.decide, query),
    }
