"""Metadata of SYN006; the parser reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "SYN006",
    needs=Needs.CONDITION,
    why=(
        "A condition that went through a word processor has curly quotes, which delimit nothing, "
        "so Azure refuses it. The text looks right on the screen, and hours go into searching "
        "elsewhere."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals \u2018logs\u2019
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
    fix=(
        "Azure refuses the text as it is; straight quotes around the same characters are what it "
        "says."
    ),
)
