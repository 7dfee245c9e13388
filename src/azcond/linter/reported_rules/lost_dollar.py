"""Metadata of SYN009; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "SYN009",
    needs=Needs.CONDITION,
    why=(
        "A shell that takes `$key_case_sensitive$` for a variable leaves `<$>` behind, and the "
        "attribute names a tag that no blob has. The comparison is then never true: readers lose "
        "access, and a deny written with NOT guards nothing."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.OperationalInsights/workspaces/tables/data/read'})
 )
 OR
 (
  @Resource[Microsoft.OperationalInsights/workspaces/tables/record:Team<$>] StringEquals 'pay'
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
    mends=Mends.UNSAFE,
    fix=(
        "The suffix is put back as the page writes it; the tag that is compared is then another "
        "one than the text said."
    ),
)
