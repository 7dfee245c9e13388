"""Creating a blob under a test of the tags that it has."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import Attribute, AttributeSource, Exists, leaves, operand_attributes
from azcond.catalogue import KnownAttribute
from azcond.checker.scopes import find_scopes
from azcond.clauses import Clause
from azcond.diagnostics import Severity
from azcond.linter.questions import ADD, TAGS, WRITE, known_attribute_of
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject


def find(subject: Subject) -> Iterator[Found]:
    """Tags of the resource in clauses for actions that create blobs, where checking lets them be.

    That is under wildcards and beside `Exists`; elsewhere checking refuses them.
    """
    for clause in subject.clauses:
        if not clause.targets or not any(clause.is_for(action) for action in (WRITE, ADD)):
            continue
        attribute = _tested_tag(clause)
        if attribute is not None:
            yield Found(
                attribute.span,
                "a blob that does not exist yet has no tags, so this refuses to create blobs",
                "test the tags of the request, `@Request[…]`, in a clause for "
                "`Blob.Write.WithTagHeaders`",
            )


def _tested_tag(clause: Clause) -> Attribute | None:
    if clause.expression is None:
        return None
    found = [
        (leaf, attribute, known)
        for leaf in leaves(clause.expression)
        for attribute in operand_attributes(leaf)
        if attribute.source is AttributeSource.RESOURCE
        and (known := known_attribute_of(attribute)) is not None
        and known.key in TAGS
    ]
    asked = {known.key for leaf, _, known in found if isinstance(leaf, Exists)}
    for leaf, attribute, known in found:
        if not isinstance(leaf, Exists) and (known.key in asked or _is_unchecked(clause, known)):
            return attribute
    return None


def _is_unchecked(clause: Clause, known: KnownAttribute) -> bool:
    return all(scope.has(AttributeSource.RESOURCE, known) for scope in find_scopes(clause))


RULE = Rule(
    code="COR412",
    slug="tags-of-a-new-blob",
    title="creating a blob under a test of the tags that it has",
    severity=Severity.WARNING,
    needs=Needs.CATALOGUE,
    why="The tags of the resource are those that the blob has before the request, and a new blob "
    "has none. Uploads then fail for everyone, while overwriting the blobs that are there still "
    "works and hides the mistake.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags/write'})
  AND
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})
  AND
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'})
 )
 OR
 (
  Exists @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project]
  AND
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project]
  StringEqualsIgnoreCase 'cascade'
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags/write'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project]
  StringEqualsIgnoreCase 'cascade'
 )
)
AND
(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'}
   AND SubOperationMatches{'Blob.Write.WithTagHeaders'})
  AND
  !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'}
   AND SubOperationMatches{'Blob.Write.WithTagHeaders'})
 )
 OR
 (
  @Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project]
  StringEqualsIgnoreCase 'cascade'
 )
)""",
    page="storage-auth-abac-attributes",
    find=find,
)
