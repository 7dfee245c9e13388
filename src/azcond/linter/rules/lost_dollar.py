"""Metadata of SYN009; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "SYN009",
    needs=Needs.CONDITION,
    why=(
        "A shell that takes `$key_case_sensitive$` for a variable leaves `<$>` behind, and the "
        "attribute names a tag that no blob has. The comparison is then never true: readers lose "
        "access, and a deny written with NOT guards nothing."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND NOT SubOperationMatches{'Blob.List'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project<$>] StringEquals 'Cascade'
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
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project<$key_case_sensitive$>] StringEquals 'Cascade'
 )
)
""",
    page="conditions-troubleshoot",
    mends=Mends.UNSAFE,
    fix=(
        "The suffix is put back as the page writes it; the tag that is compared is then another "
        "one than the text said."
    ),
)
