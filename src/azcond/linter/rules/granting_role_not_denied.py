"""SEC303: a deny-list that leaves out a role that gives roles to anyone."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.diagnostics import Severity
from azcond.linter.role_fixes import deny_roles
from azcond.linter.role_sets import denying_place
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.showing import shown_role
from azcond.linter.subject import Subject

GOOD = """\
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 OR @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAllValues:GuidNotEquals {8e3af657-a8ff-443c-a75c-2fe8c4bcb635,
      18d7d88d-d35e-4fb5-a5c3-7773c20a72d9, f58310d9-a9f6-439a-9e8d-f62e7b41a168})
AND
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 OR @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAllValues:GuidNotEquals {8e3af657-a8ff-443c-a75c-2fe8c4bcb635,
      18d7d88d-d35e-4fb5-a5c3-7773c20a72d9, f58310d9-a9f6-439a-9e8d-f62e7b41a168})
"""

_MOST_NAMES = 3


def _find(subject: Subject) -> Iterator[Found]:
    allowed = subject.delegation.assignable
    if not allowed.is_deny_list:
        return
    granting = subject.settings.roles.granting
    missing = [guid for guid in granting if guid in allowed]
    if missing:
        names = [shown_role(granting[guid]) for guid in missing[:_MOST_NAMES]]
        more = len(missing) - len(names)
        listed = ", ".join([*names, *([f"{more} more"] if more else [])])
        yield Found(
            denying_place(subject.delegation),
            f"the deny-list leaves out roles that can assign any role: {listed}",
            f"add {', '.join(missing[:_MOST_NAMES])}, or list the roles that may be assigned",
            deny_roles(subject, missing, "add the roles that can assign any role"),
        )


RULE = Rule(
    code="SEC303",
    slug="granting-role-not-denied",
    title="deny-list without a role that can grant any role",
    severity=Severity.SECURITY,
    needs=Needs.CATALOGUE,
    why=(
        "Three built-in roles assign roles without limit, and so may custom roles; a list that "
        "denies only some of them leaves the way open through the others. A delegate kept from "
        "assigning Owner assigns User Access Administrator to themselves, and then Owner."
    ),
    bad=GOOD.replace(
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635,\n"
        "      18d7d88d-d35e-4fb5-a5c3-7773c20a72d9, f58310d9-a9f6-439a-9e8d-f62e7b41a168",
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    ),
    good=GOOD,
    page="delegate-role-assignments-examples",
    find=_find,
    mends=Mends.UNSAFE,
    fix="It denies roles that could be assigned before.",
    silences=("SEC305",),
)
