"""Metadata of TYP106; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "TYP106",
    needs=Needs.CONDITION,
    why=(
        "A date that is not in the calendar or lacks its zone is no instant, so the comparison "
        "is never true. A time window that was to open on that day stays shut, or never closes "
        "where it stands under NOT."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Environment[UtcNow] DateTimeGreaterThan '2027-03-01'
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
  @Environment[UtcNow] DateTimeGreaterThan '2027-03-01T00:00:00Z'
 )
)
""",
    page="conditions-format",
    mends=Mends.UNSAFE,
    fix="Midnight in UTC is a guess at the instant that was meant.",
)
