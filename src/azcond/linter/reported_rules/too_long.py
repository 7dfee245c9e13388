"""Metadata of LIM601; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Needs

_NAMES = ", ".join([f"'team-{number:03}-logs'" for number in range(500)])

RULE = reported(
    "LIM601",
    needs=Needs.CONDITION,
    why=(
        "Azure refuses a condition of more than 8 KB, so the assignment is not made or keeps the "
        "condition that it had. A list that grows with the teams gets there on some ordinary day."
    ),
    bad=f"""\
(
 (
  !(ActionMatches{{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]
  ForAnyOfAnyValues:StringEquals {{{_NAMES}}}
 )
)
""",
    good="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]
  StringLike 'team-???-logs'
 )
)
""",
    page="conditions-faq",
)
