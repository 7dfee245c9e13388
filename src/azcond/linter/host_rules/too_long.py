"""LIM601: the checker reports a condition that is too long; here are the descriptions beside it."""

from __future__ import annotations

from collections.abc import Iterator

from azcond._dataclasses import replace
from azcond.checker.size import NEAR_PERCENT, condition_size
from azcond.containers import Fact
from azcond.diagnostics import Severity
from azcond.linter.host_file import HostFile
from azcond.linter.reported import reported
from azcond.linter.rule import Found, Needs

_MAX_DESCRIPTION = 2048
"""The longest description of a role assignment, in UTF-8 bytes (conditions-faq: 2 KB)."""


def _find(file: HostFile) -> Iterator[Found]:
    for holder in file.contents.assignments:
        size = condition_size(holder.text(Fact.DESCRIPTION))
        if size * 100 < _MAX_DESCRIPTION * NEAR_PERCENT:
            continue
        yield Found(
            file.place(holder, Fact.DESCRIPTION),
            f"the description has {size:,} bytes, and Azure takes at most {_MAX_DESCRIPTION:,}",
            "say it in fewer words, or link to the longer text",
            severity=Severity.WARNING if size <= _MAX_DESCRIPTION else None,
        )


_NAMES = ", ".join([f"'team-{number:03}-logs'" for number in range(500)])

_REPORTED = reported(
    "LIM601",
    needs=Needs.CONDITION,
    why=(
        "Azure refuses a condition of more than 8 KB, so the assignment is not made or keeps the "
        "condition that it had. A list that grows with the teams gets there on some ordinary day."
    ),
    bad=f"""\
(
 (
  !(ActionMatches{{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]
  ForAnyOfAnyValues:StringEquals {{{_NAMES}}}
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
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]
  StringLike 'team-???-logs'
 )
)
""",
    page="conditions-faq",
)

RULE = replace(_REPORTED, find_in_file=_find)
