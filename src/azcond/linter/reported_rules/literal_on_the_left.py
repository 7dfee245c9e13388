"""Metadata of TYP114; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Needs

RULE = reported(
    "TYP114",
    needs=Needs.CONDITION,
    why=(
        "The pages put the attribute first, and a comparison of two literals does not depend on "
        "the request at all. Such a comparison is a leftover of a template that filled in the "
        "wrong side, and is always or never met."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  'logs' StringEquals @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]
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
)
