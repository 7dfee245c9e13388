"""Metadata of SYN010; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "SYN010",
    needs=Needs.CONDITION,
    why=(
        "AND binds before OR, so `a AND b OR c` is met by `c` alone, whoever asks. People read "
        "it from left to right and believe that `a` is always required."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'
  AND
  @Environment[isPrivateLink] BoolEquals true
  OR
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'public'
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
  (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'
  AND
  @Environment[isPrivateLink] BoolEquals true)
  OR
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'public'
 )
)
""",
    page="conditions-format",
    mends=Mends.SAFE,
    fix="The parentheses are those that the parser assumes, so every decision stays.",
)
