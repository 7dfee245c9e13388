"""Metadata of SYN005; the parser reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "SYN005",
    needs=Needs.CONDITION,
    why=(
        "Signs such as `==` belong to other languages and Azure refuses them, so the deployment "
        "fails. What is written in a hurry to replace them often compares numbers as texts, or "
        "texts without regard to case."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] == 'logs'
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
    page="conditions-format",
    mends=Mends.UNSAFE,
    fix=(
        "The sign does not say which kind of value is compared; the relation is chosen by what "
        "stands beside it."
    ),
)
