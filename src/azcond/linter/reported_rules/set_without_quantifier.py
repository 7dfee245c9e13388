"""Metadata of TYP108; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "TYP108",
    needs=Needs.CONDITION,
    why=(
        "A relation without a quantifier takes one value; Azure refuses a set beside it. The "
        "author cannot have meant anything else than one of the values, so the deployment fails "
        "over a word."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]
  StringEquals {'logs', 'traces'}
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
    fix="Azure refuses the text as it is, and one of the values is all that it can mean.",
)
