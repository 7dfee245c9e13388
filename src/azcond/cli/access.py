"""`azcond access`."""

from __future__ import annotations

from argparse import Namespace

from azcond.access import AccessModel, AccessQuery, Plane
from azcond.cli.parsing import command_parser
from azcond.cli.tenant import (
    MODEL_EPILOG,
    REQUEST_EPILOG,
    Answer,
    add_action_arguments,
    add_group_argument,
    add_model_arguments,
    add_question_arguments,
    answer,
    find_principals,
    plane_of,
    read_attributes,
)
from azcond.reports.style import Style

_DESCRIPTION = """\
Decide whether a principal may do an action at a scope, and say why: what grants it, what would
but for a condition or notActions, and what denies it."""

_EPILOG = f"""\
{MODEL_EPILOG}
{REQUEST_EPILOG}examples:
  azcond access alice@example.org Microsoft.KeyVault/vaults/secrets/getSecret/action \\
    --scope /subscriptions/…/providers/Microsoft.KeyVault/vaults/pay --model tenant/
  az role assignment list --all | azcond access 6a1d0c5e-93a4-4a0d-8f5b-2f6f0f1f7f3d \\
    Microsoft.Compute/virtualMachines/read --scope /subscriptions/… --assignments -

exit status: 0 allowed, 1 not allowed, 2 not decided for sure: bad usage, data that cannot be read,
or something that is not known and could change the answer"""


def main(arguments: list[str]) -> int:
    """Run `azcond access`."""
    parser = command_parser("access", _DESCRIPTION, _EPILOG)
    parser.add_argument("principal", metavar="PRINCIPAL", help="object id, or name in the data")
    add_action_arguments(parser)
    add_question_arguments(parser)
    add_group_argument(parser)
    add_model_arguments(parser)
    options = parser.parse_args(arguments)

    def ask(model: AccessModel) -> Answer:
        decision = model.decide(_query(options, model))

        def lines(style: Style) -> list[str]:
            return decision.to_text(style.width).splitlines()

        return Answer(decision.to_json(), lines, decision.allowed, is_final=not decision.gaps)

    return answer(options, ask)


def _query(options: Namespace, model: AccessModel) -> AccessQuery:
    attributes = read_attributes(options, options.action)
    principal, *groups = find_principals(model, [options.principal, *options.group])
    is_data = plane_of(options, model.roles) is Plane.DATA
    return AccessQuery(
        principal,
        options.scope,
        action=None if is_data else options.action,
        data_action=options.action if is_data else None,
        groups=groups,
        **attributes,
    )
