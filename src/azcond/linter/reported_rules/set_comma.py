"""Metadata of SYN012; the parser reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "SYN012",
    needs=Needs.CONDITION,
    why=(
        "Azure refuses a set whose values are not parted by single commas, so the assignment is "
        "never made. Such a set is what is left when a line of a list is deleted by hand."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]
  ForAnyOfAnyValues:StringEquals {'logs' 'traces'}
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
  ForAnyOfAnyValues:StringEquals {'logs', 'traces'}
 )
)
""",
    page="conditions-format",
    mends=Mends.SAFE,
    fix=(
        "Azure refuses the text as it is, and a comma between two values can only mean the two "
        "values."
    ),
)
