"""A GUID relation in a condition for a role with data actions of storage."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import Comparison, Expression, leaves
from azcond.catalogue import all_actions
from azcond.diagnostics import Severity
from azcond.kinds import Kind, fold
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject

_PROVIDER = "microsoft.storage/"


def find(subject: Subject) -> Iterator[Found]:
    """The clauses with a GUID relation, if the role grants data actions of blobs or queues."""
    if subject.role is None:
        return
    found = [clause for clause in subject.clauses if _has_guid_relation(clause.node)]
    if found and _grants_storage(subject):
        for clause in found:
            yield Found(
                clause.span,
                "this compares GUIDs, and a condition that does so cannot be used with a role "
                "that has data actions of Microsoft.Storage",
                "write two role assignments: one with the storage role, and one with a role that "
                "only manages role assignments, which has this clause",
            )


def _has_guid_relation(node: Expression) -> bool:
    return any(
        isinstance(leaf, Comparison) and leaf.operator.relation.kind is Kind.GUID
        for leaf in leaves(node)
    )


def _grants_storage(subject: Subject) -> bool:
    ids = [action.id for action in all_actions() if fold(action.id).startswith(_PROVIDER)]
    return any(subject.role_grants(action) for action in ids)


RULE = Rule(
    code="LIM605",
    slug="guid-with-storage",
    title="GUID relation in a condition for a role with data actions of storage",
    severity=Severity.ERROR,
    needs=Needs.ROLE,
    why="It is a known issue of Azure that the storage services cannot evaluate GUID relations: "
    "authorization then fails. Everyone who has the role assignment is locked out of the data.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 )
 OR
 (
  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
  GuidEquals acdd72a7-3385-48ef-bd42-f606fba81ae7
 )
)
AND
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 )
 OR
 (
  @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
  GuidEquals acdd72a7-3385-48ef-bd42-f606fba81ae7
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders'
 )
)""",
    page="delegate-role-assignments-overview",
    role="Storage Queue Data Reader",
    find=find,
    silences=("ACT212",),
)
