"""`azcond eval`."""

from __future__ import annotations

import json

import azcond
from azcond.cli import MET, NOT_MET, UNUSABLE
from azcond.cli.decision import EPILOG, add_decision_arguments, read_decision
from azcond.cli.parsing import command_parser
from azcond.explanation.wording import request_text, verdict_text
from azcond.truth import Truth

_DESCRIPTION = """\
Decide whether a condition is met by a request. Only a condition that is met grants anything."""

_EXAMPLES = """\
examples:
  azcond eval role.json --request request.json
  azcond eval roles.json --role 'Key Vault Data Access Administrator' --request -
  azcond eval --text "@Resource[Microsoft.KeyVault/vaults:name] StringEquals 'pay'" \\
    --request '{"action": "Microsoft.KeyVault/vaults/secrets/getSecret/action"}'

"""


def main(arguments: list[str]) -> int:
    """Run `azcond eval`."""
    parser = command_parser("eval", _DESCRIPTION, _EXAMPLES + EPILOG)
    add_decision_arguments(parser)
    options = parser.parse_args(arguments)
    given = read_decision(options)
    if given is None:
        return UNUSABLE
    condition, request = given
    outcome = azcond.evaluate(condition, request, missing=options.missing)
    if options.output_format == "json":
        print(json.dumps(_document(outcome, request, options.missing), indent=2))
    else:
        asked = request_text(request.action, request.suboperation)
        print(f"{verdict_text(outcome)}   {asked}")
    return MET if outcome is Truth.TRUE else NOT_MET


def _document(outcome: Truth, request: azcond.Request, missing: str) -> dict[str, object]:
    return {
        "met": outcome is Truth.TRUE,
        "verdict": outcome.name.lower(),
        "missing": missing,
        "action": request.action,
        "suboperation": request.suboperation,
    }
