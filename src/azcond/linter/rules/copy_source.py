"""A network attribute in a clause that copying may pass through."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import leaves
from azcond.clauses import Clause
from azcond.diagnostics import Severity
from azcond.linter.questions import ADD, READ, WRITE, reads
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject

_NETWORK = frozenset({"is-private-link", "private-endpoint", "subnet"})


def find(subject: Subject) -> Iterator[Found]:
    """The first network attribute among what is demanded for reading or writing blobs."""
    for clause in subject.clauses:
        if clause.expression is None or not _may_copy(clause):
            continue
        for leaf in leaves(clause.expression):
            if reads(leaf, _NETWORK):
                yield Found(
                    leaf.span,
                    "when a blob is copied, network attributes describe the destination only",
                    "restrict the network of the source account by its firewall as well",
                )
                return


def _may_copy(clause: Clause) -> bool:
    return any(clause.is_for(action) for action in (READ, WRITE, ADD))


RULE = Rule(
    code="LIM608",
    slug="copy-source",
    title="network attribute where a copy reads from somewhere else",
    severity=Severity.INFO,
    needs=Needs.CATALOGUE,
    why="A copy between two accounts is one request, and the network attributes in it are those of "
    "the account that is written to. Data may leave an account that a condition seems to tie to a "
    "private network.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 )
 OR
 (
  @Environment[isPrivateLink] BoolEquals true
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Environment[isPrivateLink] BoolEquals true
 )
)""",
    page="conditions-format",
    find=find,
)
