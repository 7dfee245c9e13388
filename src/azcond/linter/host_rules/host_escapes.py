"""IAC705: what the language of the file leaves in the text of the condition as it is: escapes, and
names of values in strings that take none in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from azcond.containers import EmbeddedCondition, Host
from azcond.containers.rewriting import apply_edits
from azcond.diagnostics import Edit, Fix, Severity
from azcond.errors import ConditionSyntaxError
from azcond.linter.host_file import HostFile
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.showing import shown
from azcond.parser import parse
from azcond.source import Span

_TRIAL = "00000000-0000-0000-0000-000000000000"
"""What stands for a part that is not known: it can be a literal, and a part of a string."""


class _Habit(NamedTuple):
    """A way to escape: what stands for a quote, and for a line break or a tab, if anything."""

    name: str
    quote: re.Pattern[str]
    blank: str


_HABITS = (
    _Habit("`'\\''`", re.compile(r"'\\''|'"), r"(?!)"),
    _Habit("a backslash", re.compile(r"\\*'"), r"\\r\\n|\\[nrt]"),
    _Habit("a second quote", re.compile(r"''|'"), r"(?!)"),
)

_HOW: Mapping[Host, str] = {
    Host.TERRAFORM: "single quotes need no escape in Terraform, and a heredoc has none at all",
    Host.BICEP: "between `'''` nothing is escaped; between single quotes write `\\'`",
    Host.JSON: "single quotes need no escape in JSON; they are doubled only inside the strings of "
    "a template expression `[…]`",
    Host.YAML: "quotes are doubled only between single quotes; a block (`|` or `>`) has no escapes",
    Host.POWERSHELL: "quotes are doubled only between single quotes; a here-string has no escapes",
    Host.SHELL: "single quotes need no escape between double quotes, nor in a here-document",
    Host.MARKDOWN: "the text is taken as it stands in the language of its block",
}
"""How a quote is written in a language."""

_STRING = re.compile(r"'(?:[^'\\]|\\.)*'")
_BRACED = r"\$\{[A-Za-z_][\w.\[\]]*\}"
_PLAIN = (
    r"(?<![\w$])\$(?!(?:blobchangefeed|logs|metrics\w*|root|superuser|web)\b)[A-Za-z_]\w*\b(?!\$)"
)
"""A variable of a shell. Some containers are called like one, and words of Azure end in a dollar."""

_NAMES: Mapping[Host, re.Pattern[str]] = {
    Host.TERRAFORM: re.compile(_BRACED),
    Host.BICEP: re.compile(_BRACED),
    Host.POWERSHELL: re.compile(rf"{_BRACED}|{_PLAIN}", re.IGNORECASE),
    Host.SHELL: re.compile(rf"{_BRACED}|{_PLAIN}", re.IGNORECASE),
}
"""How a language names a value that a string is to take in."""

_TAKING_IN: Mapping[Host, str] = {
    Host.TERRAFORM: "`$${` is a plain `${`, so write one `$`; `file` takes in nothing, "
    "`templatefile` does",
    Host.BICEP: "write the text between single quotes, or begin it with `$'''`; for a text that is "
    "loaded use `replace`",
    Host.POWERSHELL: "write the text between double quotes, or in a here-string that begins with "
    '`@"`',
    Host.SHELL: "write the text between double quotes, or in a here-document whose mark has no quotes",
}
"""How a string is written that takes in values."""


def _find(file: HostFile) -> Iterator[Found]:
    for condition in file.contents.conditions:
        if condition.host in _NAMES and "$" in condition.text:
            yield from _left_names(file.known_text(condition), condition)
        if condition.host not in _HOW or not _may_have_escapes(condition):
            continue
        for habit in _HABITS:
            edits = _escapes(file.known_text(condition), habit)
            if edits and _parses(condition, edits):
                yield _found(condition, habit, edits)
                break


def _left_names(known: str, condition: EmbeddedCondition) -> Iterator[Found]:
    """Names of values in strings of a condition, where these take in none.

    Not in one that does not parse, of which more has to be said.
    """
    found = [
        Span(string.start() + name.start(), string.start() + name.end())
        for string in _STRING.finditer(known)
        for name in _NAMES[condition.host].finditer(string[0])
    ]
    if found and _parses(condition, ()):
        for span in found:
            yield Found(
                condition.span_in_file(span),
                f"{shown(known[slice(*span)])} is no value here, it stays in the condition as it is",
                _TAKING_IN[condition.host],
                severity=Severity.WARNING,
            )


def _may_have_escapes(condition: EmbeddedCondition) -> bool:
    return ("\\" in condition.text or "''" in condition.text) and not _parses(condition, ())


def _escapes(text: str, habit: _Habit) -> list[Edit]:
    """What takes the escapes of one sort away; inside of strings only quotes are escaped."""
    edits, is_inside = [], False
    for match in re.finditer(rf"({habit.quote.pattern})|{habit.blank}", text):
        span = Span(*match.span())
        if match[1]:
            is_inside = not is_inside
            if match[1] != "'":
                edits.append(Edit(span, "'"))
        elif not is_inside:
            edits.append(Edit(span, " " if match[0] == r"\t" else "\n"))
    return edits


def _parses(condition: EmbeddedCondition, edits: Iterable[Edit]) -> bool:
    fillings = (Edit(hole.span, _TRIAL) for hole in condition.holes)
    try:
        parse(apply_edits(condition.text, [*edits, *fillings]))
    except ConditionSyntaxError:
        return False
    return True


def _found(condition: EmbeddedCondition, habit: _Habit, edits: list[Edit]) -> Found:
    blanks = [Edit(e.span, " " if e.replacement == "\n" else e.replacement) for e in edits]
    moved = condition.edits_in_file(edits) or condition.edits_in_file(blanks)
    is_about_quotes = any(edit.replacement == "'" for edit in edits)
    return Found(
        condition.span_in_file(edits[0].span),
        f"quotes are escaped by {habit.name} here, which stays in the condition"
        if is_about_quotes
        else "this is no line break here, it stays in the condition as it is",
        _HOW[condition.host] if is_about_quotes else "write a line break, or a blank",
        Fix("remove the escapes", moved, safe=True) if moved else None,
    )


_BICEP = """\
param principalId string

resource deployer 'Microsoft.Authorization/roleAssignments@2022-04-01' = {{
  name: guid(resourceGroup().id, principalId, 'deployer')
  properties: {{
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')
    principalId: principalId
    principalType: 'Group'
    condition: '''
      (
       (
        !(ActionMatches{{{0}Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read{0}}})
       )
       OR
       (
        @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals {0}logs{0}
       )
      )
    '''
    conditionVersion: '2.0'
  }}
}}
"""

RULE = Rule(
    code="IAC705",
    slug="host-escapes",
    title="escapes that the file leaves in the condition",
    severity=Severity.ERROR,
    needs=Needs.HOST,
    why=(
        "The escapes belong to another way of writing text than the one used here, so they become "
        "part of the condition, and Azure refuses it. The file itself is valid, and the message of "
        "the deployment shows the text escaped once more. The name of a variable stays in the same "
        "way in a string that takes in no values; Azure accepts it, and nothing is ever called so."
    ),
    bad=_BICEP.format("\\'"),
    good=_BICEP.format("'"),
    example_file="main.bicep",
    page="conditions-troubleshoot",
    find_in_file=_find,
    mends=Mends.SAFE,
    fix="Azure refuses the text as it is; without the escapes it is the condition that was meant.",
    silences=(*(f"SYN{number:03}" for number in (1, 2, 3, 4, 5, 6, 7, 9, 11, 12)), "COR411"),
)
