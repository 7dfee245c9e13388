"""LIM602: a condition whose version is not given, or is another than the one there is."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.access.models import CONDITION_VERSION
from azcond.containers import EmbeddedCondition, Fact, Holder, Host
from azcond.diagnostics import Fix, Severity
from azcond.linter.host_file import HostFile
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.showing import shown
from azcond.source import Span

_WITH_A_DEFAULT = frozenset({Host.POWERSHELL})
"""Azure PowerShell takes 2.0 where no version is given; nothing documents that it refuses it."""


def _find(file: HostFile) -> Iterator[Found]:
    for condition, holder in file.held():
        field = holder.facts.get(Fact.VERSION)
        if field is None and (not holder.is_resource or condition.host in _WITH_A_DEFAULT):
            continue  # modules add what is missing, and so may whoever reads a file of their own
        if field is not None and field.value in (None, CONDITION_VERSION):
            continue
        edit = holder.setting(Fact.VERSION, CONDITION_VERSION)
        fix = Fix(f"set it to `{CONDITION_VERSION}`", (edit,), safe=True) if edit else None
        yield Found(
            _place(file, condition, holder),
            _message(None if field is None else field.value),
            f"the only version that there is, as text: `{CONDITION_VERSION}`",
            fix,
        )


def _place(file: HostFile, condition: EmbeddedCondition, holder: Holder) -> Span:
    """The version; without one, what introduces the assignment, or which entry of a role it is."""
    if holder.kind == "role" and Fact.VERSION not in holder.facts:
        return condition.extent
    return file.place(holder, Fact.VERSION)


def _message(value: object) -> str:
    if value is None:
        return "a condition without its version"
    if isinstance(value, str):
        return f"no condition has the version {shown(value)}" if value else "an empty version"
    return "the version of a condition is no text here"


_JSON = """\
{{
  "properties": {{
    "roleDefinitionId": "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "principalId": "22222222-2222-2222-2222-222222222222",
    "principalType": "Group",
    "condition": "(!(ActionMatches{{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}}) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'))",
    "conditionVersion": "{}"
  }}
}}
"""

RULE = Rule(
    code="LIM602",
    slug="condition-version",
    title="condition whose version is missing or is not 2.0",
    severity=Severity.ERROR,
    needs=Needs.HOST,
    why=(
        "Azure refuses the assignment with a message that calls the condition invalid, and says "
        "nothing of the version. People then rewrite a condition that was right, or leave it out."
    ),
    bad=_JSON.format("1.0"),
    good=_JSON.format("2.0"),
    example_file="assignment.json",
    page="conditions-troubleshoot",
    find_in_file=_find,
    mends=Mends.SAFE,
    fix="2.0 is the only version; the text of the condition stays as it is.",
)
