"""`azcond explain`."""

from __future__ import annotations

import json
import sys

import azcond
from azcond.cli import MET, NOT_MET, UNUSABLE
from azcond.cli.decision import EPILOG, add_decision_arguments, read_decision
from azcond.cli.parsing import command_parser
from azcond.reports.style import style_of

_DESCRIPTION = """\
Say why a condition is met by a request or not: each clause, each comparison with the values seen,
and what would have to differ."""

_EXAMPLES = """\
examples:
  azcond explain role.json --request request.json
  azcond explain team.cond --request request.json --now 2026-08-01T09:30:00Z
  az role definition list --name 'Key Vault Data Access Administrator' |
    azcond explain - --request request.json

"""


def main(arguments: list[str]) -> int:
    """Run `azcond explain`."""
    parser = command_parser("explain", _DESCRIPTION, _EXAMPLES + EPILOG)
    add_decision_arguments(parser)
    options = parser.parse_args(arguments)
    given = read_decision(options)
    if given is None:
        return UNUSABLE
    explanation = azcond.explain(*given, missing=options.missing)
    if options.output_format == "json":
        print(json.dumps(explanation.to_json(), indent=2))
    else:
        print(explanation.to_text(style_of(sys.stdout).width).rstrip("\n"))
    return MET if explanation.met else NOT_MET
