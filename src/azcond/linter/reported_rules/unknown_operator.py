"""Metadata of SYN003; the parser reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "SYN003",
    needs=Needs.CONDITION,
    why=(
        "Azure knows only the relations on its page and refuses a condition with any other, so "
        "the assignment is never made. Names taken from other engines read well in review and "
        "fail on the day of the deployment."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEqual 'logs'
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
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'
 )
)
""",
    page="conditions-format",
    mends=Mends.UNSAFE,
    fix="The nearest relation is a guess at what was meant.",
)
