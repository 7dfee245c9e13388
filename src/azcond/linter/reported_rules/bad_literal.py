"""Metadata of TYP107; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "TYP107",
    needs=Needs.CONDITION,
    why=(
        "`'true'` in quotes is a text and never equals a boolean, so the clause refuses "
        "everyone. Numbers with a decimal point do not exist in the language at all."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Environment[isPrivateLink] BoolEquals 'true'
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
  @Environment[isPrivateLink] BoolEquals true
 )
)
""",
    page="conditions-format",
    mends=Mends.SAFE,
    fix="Azure refuses the text as it is; without the quotes it says what it was to say.",
)
