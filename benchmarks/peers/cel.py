"""The Common Expression Language: the Rust implementation, and the Python one in both its forms."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

from benchmarks.peers.engine import Decider, Engine, library
from benchmarks.peers.infix import Variables, cel_expression
from benchmarks.scenarios import Case, Plain


def _prepare_rust(case: Case) -> Decider:
    cel, variables = library("cel"), Variables(case)
    execute = cel.compile(cel_expression(case, variables)).execute

    def given(plain: Plain) -> dict[str, Any]:
        return {"action": plain["action"], **variables.given(plain)}

    return Decider(
        ready=execute,
        own=lambda plain: cel.Context(given(plain)),
        plain=lambda plain: execute(given(plain)),
    )


def _prepare_python(runner: str, case: Case) -> Decider:
    variables = Variables(case, absent="")
    json_to_cel, environment = library("celpy").json_to_cel, _environment(runner)
    evaluate = environment.program(environment.compile(cel_expression(case, variables))).evaluate

    def own(plain: Plain) -> dict[str, Any]:
        given = {"action": plain["action"], **variables.given(plain)}
        return {name: json_to_cel(value) for name, value in given.items()}

    return Decider(ready=evaluate, own=own, plain=lambda plain: evaluate(own(plain)))


@lru_cache(maxsize=1)
def _environment(runner: str) -> Any:
    """The library keeps one parser for the whole process, made for the first kind of runner."""
    library("celpy.celparser").CELParser.CEL_PARSER = None
    celpy = library("celpy")
    return celpy.Environment(runner_class=getattr(celpy, runner))


CEL = Engine(
    "common-expression-language (CEL, Rust)",
    "nothing with a context built before; from a dict, converts it to one",
    _prepare_rust,
    library="cel",
    distribution="common-expression-language",
)
CEL_COMPILED = Engine(
    "cel-python, compiled",
    "builds an activation and runs the transpiled code by `exec`",
    partial(_prepare_python, "CompiledRunner"),
    library="celpy",
    distribution="cel-python",
)
CEL_INTERPRETED = Engine(
    "cel-python, interpreted",
    "builds an activation and walks the parse tree",
    partial(_prepare_python, "InterpretedRunner"),
    library="celpy",
    distribution="cel-python",
)
