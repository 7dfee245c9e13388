"""What the commands about access share: whose data, which question, what is wrong with them."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import azcond
from azcond.access.models import Problem, ProblemKind, fold_id
from azcond.access.planes import assume_plane
from azcond.access.roles import Plane, Roles
from azcond.cli import MET, NOT_MET, UNUSABLE
from azcond.cli.decision import add_time_argument, read_request
from azcond.cli.parsing import complain
from azcond.containers.files import STDIN, InputError, read_text, shown_name
from azcond.errors import AccessDataError, RequestError
from azcond.jsontext import json_name
from azcond.kinds import fold, guid_value
from azcond.reports.style import Style, style_of

if TYPE_CHECKING:
    from azcond.access.model import AccessModel

MODEL_EPILOG = """\
The data is JSON as `az role assignment list --all`, `az role definition list`, Azure PowerShell,
the REST API and Resource Graph write it. --model names a folder with assignments.json and, where
there are any, roles.json, deny-assignments.json and hierarchy.json.
Built-in roles that azcond knows need not be given. A hierarchy maps the full id of a subscription
or management group to those above it, nearest first:
  {"/subscriptions/…": ["/providers/Microsoft.Management/managementGroups/…"]}
"""

REQUEST_EPILOG = """\
A request has attributes by source, each by the id in its brackets; members: suboperation,
resource, request, principal, environment. What is not given is {}.

"""

_PARTS = {
    "roles": "role definitions",
    "assignments": "role assignments",
    "deny_assignments": "deny assignments",
    "hierarchy": "which management groups stand above which subscriptions",
}
_MOST_PROBLEMS = 10


def add_model_arguments(parser: ArgumentParser) -> None:
    """The arguments that say whose data."""
    add = parser.add_argument
    add("--model", metavar="DIR", help="folder with the files of a tenant, see below")
    for part, meaning in _PARTS.items():
        add(f"--{_dashed(part)}", metavar="FILE", help=f"file with {meaning}, or - for stdin")


def add_question_arguments(parser: ArgumentParser) -> None:
    """The arguments of every question: where, with which attributes, and how to show it."""
    add = parser.add_argument
    add("--scope", required=True, metavar="ID", help="full id of the resource, group or so")
    add("--request", metavar="FILE|JSON", help="attributes: a file, JSON text, or - for stdin")
    add_time_argument(parser)
    add("--output-format", choices=("text", "json"), default="text", help="default: text")


def add_action_arguments(parser: ArgumentParser) -> None:
    """The action, and which plane it belongs to."""
    parser.add_argument("action", metavar="ACTION", help="one action, such as Microsoft.A/b/read")
    plane = parser.add_mutually_exclusive_group()
    plane.add_argument("--data", action="store_true", help="ACTION is a data action")
    plane.add_argument("--management", action="store_true", help="ACTION is a management action")


def add_group_argument(parser: ArgumentParser) -> None:
    """The groups of the principal."""
    parser.add_argument(
        "--group",
        action="append",
        default=[],
        metavar="ID",
        help="a group that the principal is in, directly or not; may be given several times",
    )


def _dashed(part: str) -> str:
    return part.replace("_", "-")


def _read_tenant(options: Namespace) -> AccessModel:
    """The model. Raises `InputError` or `AccessDataError`."""
    from azcond.access.documents import JsonText  # noqa: PLC0415  # pydantic
    from azcond.access.model import AccessModel  # noqa: PLC0415  # what decides, with all it needs

    files = {part: getattr(options, part) for part in _PARTS}
    if options.model is not None:
        files = {**_in_folder(options.model), **{p: file for p, file in files.items() if file}}
    if not files.get("assignments"):
        expected = "`--assignments FILE`, or `--model DIR` with assignments.json"
        raise AccessDataError(f"no role assignments given: expected {expected}")
    given = [file for file in (*files.values(), options.request) if file == STDIN]
    if len(given) > 1:
        raise InputError(STDIN, "can be only one of the inputs")
    return AccessModel.from_json(
        **{
            part: JsonText(shown_name(file), read_text(file))
            for part, file in files.items()
            if file is not None
        }
    )


def _in_folder(folder: str) -> dict[str, str]:
    """The files of a model in a folder; a name that is nearly one of theirs is refused."""
    from difflib import get_close_matches  # noqa: PLC0415  # slow to load

    parts = {f"{_dashed(part)}.json": part for part in _PARTS}
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208  # as `azcond.containers.files`
    except OSError as error:
        raise InputError(folder, (error.strerror or "cannot be read").lower()) from None
    found = {parts[name]: os.path.join(folder, name) for name in names if name in parts}  # noqa: PTH118
    for name in names:
        if name not in parts and name.endswith((".json", ".jsonl")):
            meant = get_close_matches(name.lower(), parts, 1, 0.7)
            if meant:
                place = os.path.join(folder, name)  # noqa: PTH118
                raise InputError(place, f"would not be read: did you mean {meant[0]}?")
    return found


def plane_of(options: Namespace, roles: Roles) -> Plane:
    """The plane that was named, or the one assumed, which is said."""
    if options.data or options.management:
        return Plane.DATA if options.data else Plane.MANAGEMENT
    plane = assume_plane(options.action, roles)
    other = "--management" if plane is Plane.DATA else "--data"
    complain(f"taken as a {plane} action; {other} asks for the other plane")
    return plane


def read_attributes(options: Namespace, action: str | None) -> dict[str, Any]:
    """The suboperation and the attribute maps that are given. Raises `InputError`.

    A request that has an action too has to have that of the command line.
    """
    from azcond.request_document import read_request_document  # noqa: PLC0415  # pydantic

    def build(document: Any) -> dict[str, Any]:
        if not isinstance(document, Mapping):
            raise RequestError(f"a request must be a JSON object, got {json_name(document)}")
        given = document.get("action")
        if given is not None and not (action and fold(str(given)) == fold(action)):
            asked = f"the action asked about is `{action}`" if action else "expected no action"
            raise RequestError(f"{asked}, not `{given}`", ("action",))
        arguments = read_request_document({**document, "action": "any"})
        azcond.Request(**arguments)
        del arguments["action"]
        return arguments

    return read_request(options.request or "{}", options.now, build)


def find_principals(model: AccessModel, named: Sequence[str]) -> list[str]:
    """The ids of principals given by id or by name. Raises `AccessDataError` where unclear."""
    return [_find_principal(model, name) for name in named]


def _find_principal(model: AccessModel, name: str) -> str:
    if not name:  # as assignments call principals that are deleted
        raise AccessDataError("expected an object id or a name of a principal, not ``")
    known = {*model.assigned.principals(), *model.denied.principals()}
    if fold_id(name) in known or guid_value(name):
        return name
    called = model.principals_called(name)
    if len(called) > 1:
        raise AccessDataError(f"`{name}` names {len(called)} principals: {', '.join(called)}")
    if called:
        complain(f"`{name}` is {called[0]}")
        return called[0]
    complain(f"no assignment names `{name}`")
    return name


class Answer(NamedTuple):
    """What was found: as a document, as lines for people, whether it is yes, whether for sure."""

    document: Mapping[str, Any]
    lines: Callable[[Style], Iterable[str]]
    holds: bool
    is_final: bool


def answer(options: Namespace, ask: Callable[[AccessModel], Answer]) -> int:
    """Read the data, ask, show what was found, and give the exit status."""
    try:
        model = _read_tenant(options)
        found = ask(model)
    except (InputError, AccessDataError, RequestError) as error:
        complain(error)
        return UNUSABLE
    if options.output_format == "json":
        problems = [str(problem) for problem in model.problems]
        print(json.dumps({**found.document, "problems": problems}, indent=2))
    else:
        print("\n".join(found.lines(style_of(sys.stdout))))
    if _complain_about_data(model.problems):
        complain("this answer is not final: not all of the data could be read")
    elif not found.is_final:
        complain("this answer is not final: it depends on what is not known")
    else:
        return MET if found.holds else NOT_MET
    return UNUSABLE


def _complain_about_data(problems: Sequence[Problem]) -> bool:
    """Say what is wrong with the data; whether an entry of it could not be read at all."""
    for kind in ProblemKind:
        found = [problem for problem in problems if problem.kind is kind]
        for problem in found[:_MOST_PROBLEMS]:
            complain(problem)
        if len(found) > _MOST_PROBLEMS:
            complain(f"… and {len(found) - _MOST_PROBLEMS:,} more like these")
    return any(problem.kind is ProblemKind.UNREAD for problem in problems)
