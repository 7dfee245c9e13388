"""Metadata of TYP112; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "TYP112",
    needs=Needs.CONDITION,
    why=(
        "Only the Like relations read `*` and `?` as wildcards; everywhere else they are "
        "themselves. A condition on `'readonly/*'` is met by one path of that very name and by "
        "nothing below it."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Project]
  StringEquals 'Cascade-*'
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
  @Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Project]
  StringLike 'Cascade-*'
 )
)
""",
    page="conditions-format",
    mends=Mends.UNSAFE,
    fix="With wildcards the condition is met by more values than before.",
)
