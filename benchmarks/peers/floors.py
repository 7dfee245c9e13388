"""azcond itself, and the least that a decision could cost in Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import azcond
from benchmarks.floors import key_vault_decision
from benchmarks.peers.engine import CannotExpressError, Decider, Engine
from benchmarks.scenarios import Case, Plain, key_vault, storage


def _prepare_azcond(case: Case) -> Decider:
    program, request_of = azcond.compile(azcond.parse(case.text)), azcond.Request

    def batch(plains: Sequence[Plain]) -> Callable[[], list[bool]]:
        return partial(program.columns, _columns(plains))

    return Decider(
        ready=program,
        own=lambda plain: request_of(**plain),
        plain=lambda plain: program(request_of(**plain)),
        batch=batch,
    )


def _columns(plains: Sequence[Plain]) -> azcond.Columns:
    """The requests by attribute, as a table of a data frame or a log would have them."""
    given: dict[str, dict[str, list[Any]]] = {}
    for source in ("request", "resource"):
        ids = dict.fromkeys(name for plain in plains for name in plain[source])
        given[source] = {name: [plain[source].get(name) for plain in plains] for name in ids}
    actions = [plain["action"] for plain in plains]
    suboperations = [plain.get("suboperation") for plain in plains]
    return azcond.Columns(actions, suboperations, **given)


def _prepare_by_hand(case: Case) -> Decider:
    for scenario, function in ((key_vault(), key_vault_decision), (storage(), storage_decision)):
        if case.text == scenario.cases[0].text:
            return Decider(ready=function, own=lambda plain: plain, plain=function)
    raise CannotExpressError("nobody writes 50 functions")


_BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
_CONTAINER = "Microsoft.Storage/storageAccounts/blobServices/containers:name"
_PROJECT, _STAGE = f"{_BLOBS}/tags:Project", f"{_BLOBS}/tags:Stage"
_READ, _WRITE = f"{_BLOBS}/read".lower(), f"{_BLOBS}/write".lower()
_PROJECTS = frozenset({"Cascade", "Baker", "Skagit"})
_STAGES = frozenset({"draft", "final"})


def storage_decision(request: Mapping[str, Any]) -> bool:
    """The storage condition as a person would write it for a plain dict."""
    action, suboperation = request["action"].lower(), (request["suboperation"] or "").lower()
    if action == _READ and suboperation == "blob.list":
        return bool(request["request"][f"{_BLOBS}:prefix"].startswith("reports/2026/"))
    if action == _READ:
        resource = request["resource"]
        return (
            resource[_CONTAINER] == "logs" and _is_public(resource[f"{_BLOBS}:path"])
        ) or resource[_PROJECT] in _PROJECTS
    if action == _WRITE and suboperation == "blob.write.withtagheaders":
        given = request["request"]
        return (
            given[_PROJECT] == "Cascade"
            and given[_STAGE] in _STAGES
            and request["resource"][_CONTAINER] != "archive"
        )
    return True


def _is_public(path: str) -> bool:
    head, middle, tail = path.partition("/public/")
    return bool(middle) and head.startswith("reports/") and tail.endswith(".csv")


def _prepare_nothing(_: Case) -> Decider:
    def function(_: Plain) -> bool:
        return True

    return Decider(ready=function, own=lambda plain: plain, plain=function)


AZCOND = Engine(
    "azcond",
    "nothing",
    _prepare_azcond,
    library="azcond",
    distribution="azcond",
    imports="from azcond import Request, compile, parse",
)
BY_HAND = Engine("a function written by hand", "nothing", _prepare_by_hand, is_floor=True)
NOTHING = Engine(
    "a call that does nothing", "decides nothing", _prepare_nothing, is_floor=True, decides=False
)
