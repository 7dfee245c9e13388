"""Metadata of TYP115; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Needs

RULE = reported(
    "TYP115",
    needs=Needs.CONDITION,
    why=(
        "All values of a set are of one kind; Azure refuses a set that mixes them. A number "
        "among texts is mostly a missing pair of quotes, and the deployment stops over it."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]
  ForAnyOfAnyValues:StringEquals {'logs', 2027}
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
  ForAnyOfAnyValues:StringEquals {'logs', '2027'}
 )
)
""",
    page="conditions-format",
)
