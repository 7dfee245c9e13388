"""Metadata of ACT204; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "ACT204",
    needs=Needs.CONDITION,
    why=(
        "The suboperation is that of a preview that has ended; its replacement is to guard reads "
        "other than listing. Until then the condition leans on behaviour that Azure has "
        "announced to take away."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND SubOperationMatches{'Blob.Read.WithTagConditions'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'
 )
)
""",
    good="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND NOT SubOperationMatches{'Blob.List'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'
 )
)
""",
    page="storage-auth-abac-attributes",
    mends=Mends.UNSAFE,
    fix=(
        "The replacement guards every read but listing, which is more than the old suboperation "
        "was for."
    ),
)
