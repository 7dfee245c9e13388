"""`azcond who-can`."""

from __future__ import annotations

from functools import partial

from azcond.access import AccessModel, Standing
from azcond.cli.parsing import command_parser
from azcond.cli.tenant import (
    MODEL_EPILOG,
    REQUEST_EPILOG,
    Answer,
    add_action_arguments,
    add_model_arguments,
    add_question_arguments,
    answer,
    plane_of,
    read_attributes,
)
from azcond.reports.holders import holders_lines

_DESCRIPTION = """\
List who may do an action at a scope: every role assignment that gives it, what is left of its
conditions once the given attributes are filled in, and the deny assignments in the way. Members of
groups are not known: a group stands for them, and a deny assignment for another group that they
are in is only listed."""

_EPILOG = f"""\
{MODEL_EPILOG}
{REQUEST_EPILOG}examples:
  azcond who-can Microsoft.KeyVault/vaults/secrets/getSecret/action \\
    --scope /subscriptions/…/providers/Microsoft.KeyVault/vaults/pay --model tenant/
  azcond who-can Microsoft.Authorization/roleAssignments/write --scope /subscriptions/… \\
    --model tenant/ --output-format json

exit status: 0 somebody may, perhaps under a condition, 1 nobody, 2 bad usage, data that cannot be
read, or something that is not known and could add to the list"""


def main(arguments: list[str]) -> int:
    """Run `azcond who-can`."""
    parser = command_parser("who-can", _DESCRIPTION, _EPILOG)
    add_action_arguments(parser)
    add_question_arguments(parser)
    add_model_arguments(parser)
    options = parser.parse_args(arguments)

    def ask(model: AccessModel) -> Answer:
        attributes = read_attributes(options, options.action)
        plane = plane_of(options, model.roles)
        holders = model.who_can(options.action, options.scope, plane=plane, **attributes)
        able = any(access.standing is not Standing.BLOCKED for access in holders.accesses)
        lines = partial(holders_lines, holders, options.scope, model.name_of)
        return Answer(holders.to_json(), lines, able, is_final=not holders.gaps)

    return answer(options, ask)
