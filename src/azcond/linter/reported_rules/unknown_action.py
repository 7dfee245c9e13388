"""Metadata of ACT201; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Mends, Needs

RULE = reported(
    "ACT201",
    needs=Needs.CATALOGUE,
    why=(
        "A guard on an action that does not exist guards nothing: the real action passes "
        "unchecked. One letter is enough to turn a tight condition into none."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blob/read'})
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
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'
 )
)
""",
    page="conditions-authorization-actions-attributes",
    mends=Mends.UNSAFE,
    fix="The nearest action is a guess; guarding it refuses requests that pass now.",
)
