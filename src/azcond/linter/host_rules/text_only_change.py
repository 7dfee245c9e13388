"""IAC706: a planned change of a condition that decides as before."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.analysis import Budget, UndecidedError, keeps_decisions
from azcond.containers import EmbeddedCondition
from azcond.diagnostics import Severity
from azcond.errors import ConditionSyntaxError
from azcond.linter.host_file import HostFile
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import STEPS
from azcond.parser import parse


def _find(file: HostFile) -> Iterator[Found]:
    for condition in file.contents.conditions:
        if condition.earlier in {None, condition.text} or condition.holes:
            continue
        if _decides_as_before(file, condition):
            yield Found(
                condition.extent,
                "only the text of this condition changes: it decides every request as before",
                "an older azurerm provider makes the assignment anew for it, and access is gone in "
                "between; keep the earlier text where that matters",
            )


def _decides_as_before(file: HostFile, condition: EmbeddedCondition) -> bool:
    now = file.parsed(condition)
    assert condition.earlier is not None
    if now is None:
        return False
    try:
        before = parse(condition.earlier)
        return before.ast == now.ast or keeps_decisions(before.ast, now.ast, Budget(STEPS))
    except (ConditionSyntaxError, UndecidedError):
        return False


_PLAN = """\
{{
  "format_version": "1.2",
  "resource_changes": [
    {{
      "address": "azurerm_role_assignment.reads",
      "mode": "managed",
      "type": "azurerm_role_assignment",
      "name": "reads",
      "change": {{
        "actions": ["update"],
        "before": {{
          "condition": "(!(ActionMatches{{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}}) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] ForAnyOfAnyValues:StringEquals {{'logs', 'metrics'}}))",
          "condition_version": "2.0"
        }},
        "after": {{
          "condition": "(!(ActionMatches{{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}}) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] ForAnyOfAnyValues:StringEquals {{{}}}))",
          "condition_version": "2.0",
          "principal_id": "22222222-2222-2222-2222-222222222222",
          "principal_type": "Group",
          "role_definition_name": "Storage Blob Data Reader",
          "scope": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/data"
        }}
      }}
    }}
  ]
}}
"""

RULE = Rule(
    code="IAC706",
    slug="text-only-change",
    title="planned change of a condition that decides as before",
    severity=Severity.INFO,
    needs=Needs.HOST,
    why=(
        "The plan shows a changed condition, and whoever reviews it has to find out that nothing "
        "changes. Providers that replace the assignment for it take access away for a moment."
    ),
    bad=_PLAN.format("'metrics', 'logs'"),
    good=_PLAN.format("'metrics', 'models'"),
    example_file="plan.json",
    page="conditions-format",
    find_in_file=_find,
)
