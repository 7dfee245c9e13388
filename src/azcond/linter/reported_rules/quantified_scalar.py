"""Metadata of TYP109; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "TYP109",
    needs=Needs.CONDITION,
    why=(
        "A quantifier goes over a set, and the pages always write the braces. Whoever adds a "
        "second value beside the first breaks the condition in production."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]
  ForAnyOfAnyValues:StringEquals 'logs'
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
  ForAnyOfAnyValues:StringEquals {'logs'}
 )
)
""",
    page="conditions-format",
    mends=Mends.SAFE,
    fix="One value and a set of that one value are compared alike.",
)
