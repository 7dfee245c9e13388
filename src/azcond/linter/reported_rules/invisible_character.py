"""Metadata of SYN007; the parser reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "SYN007",
    needs=Needs.CONDITION,
    why=(
        "A no-break or zero-width character cannot be seen, and Azure refuses a condition that "
        "holds one. Characters that turn the direction of writing can also make a reviewer read "
        "another condition than the one that applies."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]\u00a0StringEquals 'logs'
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
    page="conditions-troubleshoot",
    mends=Mends.SAFE,
    fix="Azure refuses the text as it is; the character becomes a plain blank or goes away.",
)
