"""`azcond what-can`."""

from __future__ import annotations

from functools import partial

from azcond.access import AccessModel, Standing
from azcond.cli.parsing import command_parser
from azcond.cli.tenant import (
    MODEL_EPILOG,
    REQUEST_EPILOG,
    Answer,
    add_group_argument,
    add_model_arguments,
    add_question_arguments,
    answer,
    find_principals,
    read_attributes,
)
from azcond.reports.capabilities import capabilities_lines

_DESCRIPTION = """\
List what a principal may do at a scope: what each role grants it there, what is left of the
conditions once the given attributes are filled in, and the deny assignments in the way."""

_EPILOG = f"""\
{MODEL_EPILOG}
{REQUEST_EPILOG}examples:
  azcond what-can alice@example.org --scope /subscriptions/… --model tenant/
  azcond what-can 6a1d0c5e-93a4-4a0d-8f5b-2f6f0f1f7f3d --group 9f0e… --scope /subscriptions/… \\
    --assignments assignments.json

exit status: 0 something, perhaps under a condition, 1 nothing, 2 bad usage, data that cannot be
read, or something that is not known and could add to the list"""

_ABLE = {Standing.UNCONDITIONAL, Standing.CONDITIONAL}


def main(arguments: list[str]) -> int:
    """Run `azcond what-can`."""
    parser = command_parser("what-can", _DESCRIPTION, _EPILOG)
    parser.add_argument("principal", metavar="PRINCIPAL", help="object id, or name in the data")
    add_question_arguments(parser)
    add_group_argument(parser)
    add_model_arguments(parser)
    options = parser.parse_args(arguments)

    def ask(model: AccessModel) -> Answer:
        attributes = read_attributes(options, None)
        principal, *groups = find_principals(model, [options.principal, *options.group])
        found = model.what_can(principal, options.scope, groups=groups, **attributes)
        standings = {case.standing for holding in found.holdings for case in holding.cases}
        lines = partial(capabilities_lines, found, principal, options.scope, model.name_of)
        return Answer(found.to_json(), lines, bool(standings & _ABLE), is_final=not found.gaps)

    return answer(options, ask)
