"""Metadata of ACT210; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Needs

RULE = reported(
    "ACT210",
    needs=Needs.CATALOGUE,
    why=(
        "Listing blobs has no blob path, so a clause that asks for it there is never met and "
        "listing fails for everyone. What a list request has is the prefix that it asks for."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND SubOperationMatches{'Blob.List'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path]
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
)
