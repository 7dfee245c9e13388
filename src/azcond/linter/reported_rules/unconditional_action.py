"""Metadata of ACT202; the checker reports it."""

from __future__ import annotations

from azcond.linter.reported import reported
from azcond.linter.rule import Needs

RULE = reported(
    "ACT202",
    needs=Needs.CATALOGUE,
    why=(
        "Azure evaluates conditions for some actions only, and lets every other one pass. A "
        "condition on virtual machines is stored without complaint and protects nothing."
    ),
    bad="""\
(
 (
  !(ActionMatches{'Microsoft.Compute/virtualMachines/read'})
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
)
