"""Metadata of SYN008; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "SYN008",
    needs=Needs.CONDITION,
    why=(
        "The condition was copied out of a script with the escapes that PowerShell or Bash needs "
        "before `$`, and no shell takes them away again. The attribute then names a column or a "
        "tag that nothing has, so the comparison never holds and access is lost."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.OperationalInsights/workspaces/tables/data/read'})
 )
 OR
 (
  @Resource[Microsoft.OperationalInsights/workspaces/tables/record:Team<`$key_case_sensitive`$>]
  StringEquals 'pay'
 )
)
""",
    good="""\
(
 (
  !(ActionMatches{'Microsoft.OperationalInsights/workspaces/tables/data/read'})
 )
 OR
 (
  @Resource[Microsoft.OperationalInsights/workspaces/tables/record:Team<$key_case_sensitive$>]
  StringEquals 'pay'
 )
)
""",
    page="conditions-troubleshoot",
    mends=Mends.SAFE,
    fix="Without the escapes the suffix is what the page writes, and nothing else changes.",
)
