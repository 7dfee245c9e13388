"""Metadata of ACT203; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "ACT203",
    needs=Needs.CATALOGUE,
    why=(
        "A suboperation that the action does not have never takes place, so the clause is dead. "
        "What it was to guard passes unchecked."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND SubOperationMatches{'Blob.Lst'})
 )
 OR
 (
  @Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:prefix]
  StringStartsWith 'team/'
 )
)
""",
    good="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND SubOperationMatches{'Blob.List'})
 )
 OR
 (
  @Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:prefix]
  StringStartsWith 'team/'
 )
)
""",
    page="storage-auth-abac-attributes",
    mends=Mends.UNSAFE,
    fix="The nearest suboperation is a guess; guarding it refuses requests that pass now.",
)
