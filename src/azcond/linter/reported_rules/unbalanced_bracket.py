"""Metadata of SYN002; the parser reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "SYN002",
    needs=Needs.CONDITION,
    why=(
        "A clause that is never closed takes in what follows it, and Azure refuses the text at "
        "its very end, far from the mistake. Closing it at the wrong place makes a guard cover "
        "more than was meant, which opens what the next clause was to protect."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'
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
    page="conditions-troubleshoot",
    mends=Mends.UNSAFE,
    fix=(
        "The bracket is added where the text ends, and it may have been meant to stand elsewhere."
    ),
)
