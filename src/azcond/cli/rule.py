"""`azcond rule`."""

from __future__ import annotations

import sys

from azcond.cli import CLEAN, UNUSABLE
from azcond.cli.parsing import command_parser, complain
from azcond.linter.rule import Rule
from azcond.linter.rules import all_rules, rules_by_code
from azcond.linter.selection import SelectionError, unknown_rule
from azcond.reports.rules import rule_document, rule_list, rule_page
from azcond.reports.style import style_of

_DESCRIPTION = """\
Say what a rule finds, why that matters, and what to write instead."""

_EPILOG = """\
examples:
  azcond rule SEC301
  azcond rule --all
  azcond rule --all --output-format json

exit status: 0 done, 2 no such rule"""


def main(arguments: list[str]) -> int:
    """Run `azcond rule`."""
    parser = command_parser("rule", _DESCRIPTION, _EPILOG)
    parser.add_argument("codes", nargs="*", metavar="CODE", help="code or name of a rule")
    parser.add_argument("--all", action="store_true", help="every rule, one line each")
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    options = parser.parse_args(arguments)
    if options.all == bool(options.codes):
        parser.error("expected either rules or --all")
    try:
        rules = [_find(name) for name in options.codes] or list(all_rules())
    except SelectionError as error:
        complain(error)
        return UNUSABLE
    if options.output_format == "json":
        import json  # noqa: PLC0415  # only what is needed

        print(json.dumps([rule_document(rule) for rule in rules], indent=2))
    elif options.all:
        print("\n".join(rule_list(rules)))
    else:
        style = style_of(sys.stdout)
        print("\n\n".join("\n".join(rule_page(rule, style)) for rule in rules))
    return CLEAN


def _find(name: str) -> Rule:
    found = rules_by_code().get(name.upper())
    found = found or next((rule for rule in all_rules() if rule.slug == name.lower()), None)
    if found is None:
        raise unknown_rule(name)
    return found
