"""SEC310: what a condition limits is granted to the same principal without a condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azcond.access.filters import Filters
from azcond.access.models import RoleDefinition
from azcond.access.roles import Plane, ReadyRole, asked_key
from azcond.access.scopes import Hierarchy
from azcond.ast import ActionMatches
from azcond.containers import EmbeddedCondition, Fact, Holder
from azcond.diagnostics import Severity
from azcond.kinds import fold
from azcond.linter.host_file import HostFile
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.same_facts import comparable, role_of
from azcond.linter.showing import shown, shown_role
from azcond.linter.subject import Subject

_Place = tuple[str, str]
"""A principal and a scope."""

_Assigned = tuple[Holder, RoleDefinition]


def _find(file: HostFile) -> Iterator[Found]:
    free = _unconditional(file)
    ready: dict[str, ReadyRole] = {}
    for condition, holder in file.held():
        place, role = _place(holder), role_of(holder, file.settings.roles)
        if not free or place is None or role is None or holder.is_pim:
            continue
        wider = list(_at_or_above(free, place, role))
        if not wider:
            continue
        actions = _limited(file, condition, _ready(ready, role))
        for other, of_other in wider:
            grants = (key for key in actions if None in _ready(ready, of_other).filters_of(key))
            action = next(grants, None)
            if action is None or file.varies(holder) or file.varies(other):
                continue
            line, _ = file.source.line_column(file.place(other).start)
            yield Found(
                file.place(holder),
                f"this condition does not limit {shown(actions[action])}: "
                f"{shown_role(of_other)}, assigned at line {line} without a condition, grants it "
                "to the same principal",
                "remove the other assignment, or give it a condition too",
            )
            break


def _unconditional(file: HostFile) -> Mapping[_Place, Mapping[str, _Assigned]]:
    """The assignments without a condition of roles that are known, by principal and scope."""
    found: dict[_Place, dict[str, _Assigned]] = {}
    for holder in file.contents.assignments:
        if file.is_conditional(holder) or holder.is_pim:
            continue
        place, role = _place(holder), role_of(holder, file.settings.roles)
        if place is not None and role is not None:
            found.setdefault(place, {}).setdefault(role.id, (holder, role))
    return found


def _place(holder: Holder) -> _Place | None:
    principal, scope = comparable(holder, Fact.PRINCIPAL), comparable(holder, Fact.SCOPE)
    return None if principal is None or scope is None else (principal, scope)


def _at_or_above(
    free: Mapping[_Place, Mapping[str, _Assigned]], place: _Place, role: RoleDefinition
) -> Iterator[_Assigned]:
    """What the principal has there or above, but the same role there: Azure refuses that."""
    principal, scope = place
    for above in Hierarchy().chain(scope) if scope.startswith("/") else (scope,):
        for guid, assigned in free.get((principal, above), {}).items():
            if above != scope or guid != role.id:
                yield assigned


def _limited(file: HostFile, condition: EmbeddedCondition, role: ReadyRole) -> dict[str, str]:
    """The actions that the role grants and of which the condition demands something, as they are
    written, by what roles are asked.
    """
    parsed = file.parsed(condition)
    if parsed is None:
        return {}
    subject = Subject(parsed)
    found: dict[str, str] = {}
    for leaf in subject.leaves:
        for pattern in leaf.patterns if isinstance(leaf, ActionMatches) else ():
            action = str(pattern.value)
            if "*" in action or subject.demands.of(action).is_free:
                continue
            keys = [asked_key(plane, fold(action)) for plane in Plane]
            found |= {key: action for key in keys if role.filters_of(key)}
    return found


def _ready(known: dict[str, ReadyRole], role: RoleDefinition) -> ReadyRole:
    if role.id not in known:
        known[role.id] = ReadyRole(role, Filters())
    return known[role.id]


_HCL = """\
resource "azurerm_role_assignment" "reads" {{
  scope                = azurerm_storage_account.lake.id
  role_definition_name = "Storage Blob Data Reader"
  principal_id         = azuread_group.analysts.object_id
  principal_type       = "Group"
  condition_version    = "2.0"
  condition            = <<-EOT
    (
     (
      !(ActionMatches{{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}})
     )
     OR
     (
      @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'
     )
    )
  EOT
}}

resource "azurerm_role_assignment" "writes" {{
  scope                = azurerm_storage_account.{}.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azuread_group.analysts.object_id
  principal_type       = "Group"
}}
"""

RULE = Rule(
    code="SEC310",
    slug="granted-elsewhere",
    title="what a condition limits is granted to the same principal without a condition",
    severity=Severity.SECURITY,
    needs=Needs.HOST,
    why=(
        "One assignment that lets a request pass is enough, so a condition limits nothing where "
        "another role grants the same action at the same scope or above it. People read the "
        "condition and believe that the data is closed."
    ),
    bad=_HCL.format("lake"),
    good=_HCL.format("drafts"),
    example_file="main.tf",
    page="conditions-troubleshoot",
    find_in_file=_find,
)
