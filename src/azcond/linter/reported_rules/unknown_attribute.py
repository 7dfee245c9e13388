"""Metadata of TYP101; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "TYP101",
    needs=Needs.CATALOGUE,
    why=(
        "Azure takes an attribute that does not exist and never finds a value for it, so the "
        "comparison is never true. A misspelt name locks everyone out, or lets everyone in where "
        "the comparison stands under NOT."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:ContainerName]
  StringEquals 'logs'
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
    page="storage-auth-abac-attributes",
    mends=Mends.UNSAFE,
    fix="The nearest documented attribute is a guess at what was meant.",
)
