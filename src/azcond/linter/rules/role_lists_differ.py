"""SEC313: what can be assigned is not what can be removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azcond.ast import Comparison
from azcond.diagnostics import Fix, Severity
from azcond.formatter import format_expression
from azcond.linter.amendments import replace
from azcond.linter.role_sets import RoleSet
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.showing import shown
from azcond.linter.subject import Subject

GOOD = """\
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 OR @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
AND
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 OR @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})
"""


def _find(subject: Subject) -> Iterator[Found]:
    delegation = subject.delegation
    added, removed = delegation.assignable, delegation.removable
    if added == removed or not (_is_a_list(added) and _is_a_list(removed)):
        return
    yield Found(
        delegation.removing_lists[0].span,
        "the roles that can be assigned and those that can be removed differ: "
        f"{_say(subject, added, removed)}",
        "list the same roles in both clauses",
        _fix(delegation.assigning_lists, delegation.removing_lists),
    )


def _is_a_list(roles: RoleSet) -> bool:
    return roles.is_allow_list or roles.is_deny_list


def _say(subject: Subject, added: RoleSet, removed: RoleSet) -> str:
    """One role that makes the difference."""
    guid = min(added.ids ^ removed.ids or added.ids | removed.ids)
    known = subject.settings.roles.find(guid)
    name = shown(known.name if known else guid)
    if guid in added and guid not in removed:
        return f"{name} can only be assigned"
    if guid in removed and guid not in added:
        return f"{name} can only be removed"
    return "one clause lists the roles, the other excludes some"


def _fix(adding: Sequence[Comparison], removing: Sequence[Comparison]) -> Fix | None:
    """Take the list for adding over, where each clause has just one."""
    if len(adding) != 1 or len(removing) != 1:
        return None
    (model,), (changed,) = adding, removing
    if model.operator != changed.operator:
        return None
    title = "list the roles that can be assigned here too"
    return replace(title, (changed.right.span, format_expression(model.right)))


RULE = Rule(
    code="SEC313",
    slug="role-lists-differ",
    title="roles that can be assigned and roles that can be removed differ",
    severity=Severity.WARNING,
    needs=Needs.CONDITION,
    why=(
        "A delegate who can remove a role that they cannot assign takes access away for good; one "
        "who cannot remove what they assigned leaves it behind. Such lists are mostly two copies, "
        "of which one was changed."
    ),
    bad=GOOD.replace(
        "@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]\n"
        "    ForAnyOfAnyValues:GuidEquals {",
        "@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]\n"
        "    ForAnyOfAnyValues:GuidEquals {4633458b-17de-408a-b874-0445c86b69e6, ",
    ),
    good=GOOD,
    page="delegate-role-assignments-examples",
    find=_find,
    mends=Mends.UNSAFE,
    fix="It takes the list for assigning as the one that is meant, which may be the wrong one.",
)
