"""What is measured: each function gives one group of rows."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import azcond
from azcond.containers import find_conditions
from benchmarks import floors, subjects
from benchmarks.access import SIZES, access
from benchmarks.report import Group, Row
from benchmarks.repositories import MOST_FILES, repositories
from benchmarks.timing import ENVIRONMENT, Peer, best_times

PARSE_TARGET = 6.0
PROGRAM_TARGET = 1.5
IMPORT_TARGET = 2.0
LINT_TARGET = 8.0
GROWTH_TARGET = 1.5
KEY_VAULT_LIMIT = 1.5e-3
FULL_LIMIT = 25e-3
ROLES = 928
KILOBYTES = (1, 2, 4, 8, 16, 32, 64)
REPEATS = 250


def passes(title: str, text: str, rounds: int) -> Group:
    """Every pass over a text, against one pass of a regular expression over it."""
    condition = azcond.parse(text)
    peers = [
        Peer("one regular expression, tokens only", partial(floors.tokenize, text)),
        Peer("parse", partial(azcond.parse, text)),
        Peer("check", partial(azcond.check, condition)),
        Peer("lint", partial(azcond.lint, text)),
        Peer("compile", azcond.compile(condition).prepare),
        Peer("format", partial(azcond.format, text)),
        Peer("minify", partial(azcond.minify, text)),
    ]
    return _group(title, peers, rounds, {"parse": PARSE_TARGET})


def decisions(rounds: int) -> Group:
    """Decisions on the Key Vault condition, against a function written by hand."""
    condition = azcond.parse(subjects.key_vault_condition())
    program = azcond.compile(condition)
    check_that_floors_agree(program)
    plain = subjects.KEY_VAULT_REQUESTS
    built = tuple(azcond.Request(**request) for request in plain)
    evaluate = partial(azcond.evaluate, condition)
    explain = partial(azcond.explain, condition)
    peers = [
        Peer("a hand-written function on a plain dict", *_cycle(floors.key_vault_decision, plain)),
        Peer("program(request)", *_cycle(program, built)),
        Peer("Request(...)", *_cycle(lambda request: azcond.Request(**request), plain, 1)),
        Peer("evaluate(condition, request)", *_cycle(evaluate, built, 1)),
        Peer("explain(condition, request)", *_cycle(explain, built, 1)),
    ]
    return _group("one decision", peers, rounds, {"program(request)": PROGRAM_TARGET})


def check_that_floors_agree(program: Callable[[azcond.Request], bool]) -> None:
    """Refuse to compare with a floor that decides otherwise, or that drops a token."""
    for request in (*subjects.KEY_VAULT_REQUESTS, *subjects.EXTRA_REQUESTS):
        if floors.key_vault_decision(request) is not program(azcond.Request(**request)):
            raise AssertionError(f"the hand-written function decides otherwise: {request}")
    text = subjects.key_vault_condition()
    if "".join(token[1] for token in floors.tokenize(text)) != "".join(text.split()):
        raise AssertionError("the regular expression drops a token")


def _cycle(
    decide: Callable[[Any], object], requests: tuple[Any, ...], repeats: int = REPEATS
) -> tuple[Callable[[], None], int]:
    """A run over the requests in turn, many times, and how many decisions it makes."""
    turns = requests * repeats

    def run() -> None:
        for request in turns:
            decide(request)

    return run, len(turns)


def growth(rounds: int) -> list[Group]:
    """Time per character as the text grows; ratios are to the shortest text."""
    texts = {size: subjects.clauses_condition(size * 1024) for size in KILOBYTES}
    groups = []
    for function in (azcond.parse, azcond.lint, azcond.format):
        name = function.__name__
        peers = [
            Peer(f"{name}, {size} KB", partial(function, text), len(text))
            for size, text in texts.items()
        ]
        targets = {peers[-1].name: GROWTH_TARGET}
        groups.append(_group(f"{name}, for each character", peers, rounds, targets))
    return groups


def linting(rounds: int) -> Group:
    """All rules over whole conditions, against parsing alone."""
    key_vault = subjects.key_vault_condition()
    clauses, values = subjects.clauses_condition(8000), subjects.list_condition(8000)
    document = subjects.roles_document(ROLES)
    conditions = len(find_conditions(document, "roles.json").conditions)
    peers = [
        Peer("parse, the Key Vault condition", partial(azcond.parse, key_vault)),
        Peer("lint, the Key Vault condition", partial(azcond.lint, key_vault)),
        Peer("lint, 8 KB of clauses", partial(azcond.lint, clauses)),
        Peer("lint, 8 KB of one list", partial(azcond.lint, values)),
        Peer(f"lint, {ROLES} roles in JSON", partial(_lint_roles, document)),
        Peer("  for each condition there", partial(_lint_roles, document), conditions),
    ]
    limits = {peers[1].name: KEY_VAULT_LIMIT, peers[2].name: FULL_LIMIT, peers[3].name: FULL_LIMIT}
    return _group("linting with all rules", peers, rounds, {}, limits)


def _lint_roles(document: str) -> None:
    for condition in find_conditions(document, "roles.json").conditions:
        holder = condition.holder
        assert holder is not None
        azcond.lint(condition.text, role=holder.definition, entry=holder.entry - 1)


def start_up(rounds: int) -> Group:
    """Whole processes, against a bare interpreter."""
    package = str(Path(azcond.__file__).parent.parent)
    command = f"import sys; sys.path.insert(0, {package!r}); "
    run = command + "from azcond.cli import main; sys.exit(main())"
    file, role = str(subjects.KEY_VAULT_FILE), str(subjects.KEY_VAULT_ROLE_FILE)
    peers = [
        Peer("bare interpreter", _process(command)),
        Peer("import azcond", _process(command + "import azcond")),
        Peer("azcond --version", _process(run, "--version")),
        Peer("azcond lint FILE", _process(run, "lint", file)),
        Peer("azcond lint ROLE.json", _process(run, "lint", role)),
    ]
    targets = {"import azcond": IMPORT_TARGET, **{peer.name: LINT_TARGET for peer in peers[-2:]}}
    return _group("start-up", peers, rounds, targets)


def _process(command: str, *arguments: str) -> Callable[[], None]:
    line = [sys.executable, "-c", command, *arguments]

    def run() -> None:
        subprocess.run(  # noqa: S603  # this interpreter
            line, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT
        )

    return run


def _group(
    title: str,
    peers: list[Peer],
    rounds: int,
    targets: dict[str, float],
    limits: dict[str, float] | None = None,
) -> Group:
    limits = limits or {}
    times = best_times(peers, rounds)
    floor = times[0]
    rows = tuple(
        Row(peer.name, seconds, seconds / floor, targets.get(peer.name), limits.get(peer.name))
        for peer, seconds in zip(peers, times, strict=True)
    )
    return Group(title, peers[0].name, rows)


def all_groups(
    rounds: int, most_assignments: int = SIZES[-1], most_files: int = MOST_FILES
) -> list[Group]:
    """Every group, with fewer rounds for what takes longer."""
    few = max(1, rounds // 4)
    return list(
        chain(
            [
                passes("the Key Vault condition", subjects.key_vault_condition(), rounds),
                passes("8 KB of clauses", subjects.clauses_condition(8000), few),
                passes("8 KB of one list", subjects.list_condition(8000), few),
                decisions(rounds),
                linting(few),
            ],
            growth(few),
            access(few, most_assignments),
            repositories(max(1, rounds // 20), most_files),
            [start_up(few)],
        )
    )
