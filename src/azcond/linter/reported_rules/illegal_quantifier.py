"""Metadata of SYN004; the parser reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "SYN004",
    needs=Needs.CONDITION,
    why=(
        "Not every relation can be quantified, and Azure refuses a pair that it does not have. "
        "The assignment stays as it was, perhaps wider than the change was to make it."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]
  ForAnyOfAnyValues:StringStartsWith {'logs-'}
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
  StringStartsWith 'logs-'
 )
)
""",
    page="conditions-format",
    mends=Mends.UNSAFE,
    fix="Another operator in its place is a guess at what was meant.",
)
