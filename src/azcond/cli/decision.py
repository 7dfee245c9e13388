"""What `azcond eval` and `azcond explain` share: which condition, and against which request."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

import azcond
from azcond.cli.parsing import complain, complain_about
from azcond.cli.placing import findings_of
from azcond.containers import EmbeddedCondition, Fact, Located, find_conditions
from azcond.containers.choosing import choose_condition
from azcond.containers.files import STDIN, InputError, Siblings, read_text
from azcond.containers.plain import find_in_plain
from azcond.jsontext import JsonTextError, json_name, locate, read_json
from azcond.kinds import datetime_value, fold
from azcond.reports.finding import counted
from azcond.source import Source

EPILOG = """\
A request is JSON with the action and the attributes by source, each by the id in its brackets:
  {"action": "Microsoft.Authorization/roleAssignments/write",
   "request": {"Microsoft.Authorization/roleAssignments:PrincipalType": "User"}}
Members: action, suboperation, resource, request, principal, environment.

exit status: 0 met, 1 not met or unknown, 2 no decision: bad condition, request or usage"""

_UTC_NOW = "UtcNow"

T = TypeVar("T")


def add_decision_arguments(parser: ArgumentParser) -> None:
    """The arguments that say what is decided, and how."""
    add = parser.add_argument
    add("condition", metavar="CONDITION", help="condition file, JSON file, or - for stdin")
    add("--text", action="store_true", help="CONDITION is the text of the condition itself")
    add("--role", metavar="NAME", help="which role or assignment of a JSON file (name or GUID)")
    add("--entry", type=int, metavar="N", help="which permission entry of the role, from 1")
    add(
        "--request",
        required=True,
        metavar="FILE|JSON",
        help="the request: a file, JSON text, or - for stdin",
    )
    add_time_argument(parser)
    add(
        "--missing",
        choices=("unknown", "false"),
        default="unknown",
        help="what a comparison with an absent attribute gives (default: unknown)",
    )
    add("--output-format", choices=("text", "json"), default="text", help="default: text")


def add_time_argument(parser: ArgumentParser) -> None:
    """The argument that says when."""
    parser.add_argument(
        "--now",
        type=_time,
        metavar="TIME",
        help="fill in @Environment[UtcNow]: `now`, or a time such as 2026-08-01T09:30:00Z",
    )


def _time(given: str) -> str:
    if given == "now":
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if datetime_value(given) is None:
        raise ArgumentTypeError(
            f"{given!r} is not a time: expected `now` or one such as 2026-08-01T09:30:00Z"
        )
    return given


def read_decision(options: Namespace) -> tuple[azcond.Condition, azcond.Request] | None:
    """The condition and the request; nothing after saying what is wrong with them."""
    try:
        name, file, chosen = _choose(options)
        condition = azcond.parse(chosen.text)
        request = read_request(options.request, options.now, azcond.Request.from_json)
    except InputError as error:
        complain(error)
    except azcond.ConditionSyntaxError as error:
        complain_about(findings_of(name, file, [Located(one, chosen) for one in error.diagnostics]))
    else:
        _note_errors(condition)
        return condition, request
    return None


def _note_errors(condition: azcond.Condition) -> None:
    """A condition with type errors can be decided, but hardly says what was meant."""
    found = azcond.check(condition)
    errors = sum(diagnostic.severity is azcond.Severity.ERROR for diagnostic in found)
    if errors:
        complain(f"the condition has {counted(errors, 'error')}; see `azcond lint`")


def _choose(options: Namespace) -> tuple[str, Source, EmbeddedCondition]:
    if options.condition == options.request == STDIN:
        raise InputError(STDIN, "cannot be both the condition and the request")
    if options.text:
        name, text = "<text>", options.condition
        contents = find_in_plain(text)
    else:
        name = options.condition
        text = read_text(name)
        contents = find_conditions(text, name, partial(Siblings().beside, name))
    file = Source(text)
    if contents.unread:
        problem = contents.unread[0]
        raise InputError.at(name, file, problem.offset, problem.message)
    try:
        chosen = choose_condition(contents, options.role, options.entry)
    except LookupError as error:
        raise InputError(name, str(error)) from None
    for hole in chosen.holes:
        raise InputError.at(
            name,
            file,
            chosen.offset_in_file(hole.span.start),
            f"this condition cannot be decided: nobody knows here what `{hole.expression}` is",
        )
    if chosen.holder and chosen.holder.entries > 1:
        complain(f"the condition is that of {chosen.holder.title}")
    _look_at_version(name, file, chosen)
    return name, file, chosen


def _look_at_version(name: str, file: Source, chosen: EmbeddedCondition) -> None:
    """An assignment with another `conditionVersion` grants nothing, whatever its condition says.

    So it is refused, as `azcond.access` does; a role definition is decided as if it had the right
    one, which is said.
    """
    holder = chosen.holder
    if holder is None or holder.kind == "object":
        return
    from azcond.access.models import CONDITION_VERSION, version_text  # noqa: PLC0415  # only JSON

    given = holder.value(Fact.VERSION)
    if given == CONDITION_VERSION:
        return
    stated = version_text(given) if isinstance(given, str | None) else json_name(given)
    found = f"its conditionVersion is {stated}"
    if holder.kind == "role":
        complain(f"{holder.title}: {found}; evaluated as `{CONDITION_VERSION}`")
        return
    message = f"this role assignment grants nothing: {found}, not `{CONDITION_VERSION}`"
    raise InputError.at(name, file, chosen.offset_in_file(0), message)


def read_request(given: str, now: str | None, build: Callable[[Any], T]) -> T:
    """What `build` makes of a request that is given as a file or as JSON; `InputError` if bad."""
    inline = given.lstrip().startswith(("{", "["))
    name = "<request>" if inline else given
    text = given if inline else read_text(given)
    try:
        document = read_json(text)
        return build(_at_time(document, now))
    except JsonTextError as error:
        raise InputError.at(name, Source(text), error.offset, error.message) from None
    except azcond.RequestError as error:
        offset = locate(text, error.path)
        raise InputError.at(name, Source(text), offset, str(error)) from None


def _at_time(document: Any, now: str | None) -> Any:
    """The request at a time; what has not the shape of a request stays as it is, to be refused."""
    if now is None or not isinstance(document, dict):
        return document
    given = document.get("environment", {})
    if not isinstance(given, dict):
        return document
    others = {name: value for name, value in given.items() if fold(name) != fold(_UTC_NOW)}
    return {**document, "environment": {**others, _UTC_NOW: now}}
