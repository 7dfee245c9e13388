"""Whether a text is meant as a condition: files have much else under that name.

What stands around it may say so for sure; then it is one whatever it says. Otherwise what decides
is vocabulary, not syntax, so that broken attempts are recognised too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_SIGNS = r"""
      @\s*(?:environment|principal|request|resource)\s*\[
    | \b(?:environment|principal|request|resource)\s*\[\s*[a-z][^\]'"\[]*[/:]
    | \b(?:action|suboperation)matches\s*\{
    | \bfor(?:any|all)of(?:any|all)(?:values?)?:[a-z]
    """
_LIKELY_WHOLE = r"\s*[(!@]|\s*(?:exists|not|action|suboperation|for|\{\s*[^\s\"]|')"

_ROLE = re.compile(r"(?<![a-z])roleDefinitions\b", re.IGNORECASE)
_ASSIGNMENT = re.compile(
    r"\bMicrosoft\.Authorization/role(?:Assignment|Eligibility)|\Aazurerm_\w*role_assignment\Z",
    re.IGNORECASE,
)
_ASSIGNMENTS = re.compile(r"(?<!sql)(?<!sql_)role_?assignment", re.IGNORECASE)
_ROLE_NAMES = frozenset({"roledefinitionidorname", "roledefinitionname"})
_PRINCIPALS = frozenset({"objectid", "principalid", "signinname"})
_ONLY_OF_ROLES = frozenset({"assignablescopes", "dataactions", "notactions", "notdataactions"})


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(_SIGNS, re.IGNORECASE | re.VERBOSE)  # slow, and many files never ask


@cache
def _likely_whole() -> re.Pattern[str]:
    return re.compile(_LIKELY_WHOLE, re.IGNORECASE)


def looks_like_condition(text: str) -> bool:
    """Whether a text has the marks of Azure's condition language (conditions-format)."""
    return _signs().search(text) is not None


def opens_like_condition(text: str) -> bool:
    """Whether a text, of which nothing else tells what it is, is a condition from its start."""
    return _likely_whole().match(text) is not None and looks_like_condition(text)


def tells_of_azure(members: Mapping[str, str], called: str) -> bool:
    """Whether members can only be those of a role assignment or of a role definition of Azure.

    They are given as written, by their names in lower case and without underscores, of all objects
    that are one; `called` is where they stand. Other systems have assignments with a principal, a
    role and a condition too.
    """
    if "conditionversion" in members or not _ONLY_OF_ROLES.isdisjoint(members):
        return True
    if any(_ASSIGNMENT.search(members.get(one, "")) for one in ("id", "roleassignmentid", "type")):
        return True
    if any(_ROLE.search(members.get(one, "")) for one in ("roledefinitionid", *_ROLE_NAMES)):
        return True
    if "roledefinitionid" in members and _ASSIGNMENTS.search(called):
        return True
    return not (_ROLE_NAMES.isdisjoint(members) or _PRINCIPALS.isdisjoint(members))


def may_be_of_azure(members: Mapping[str, str]) -> bool:
    """Whether members have the names of a role assignment: what is not known of a condition beside
    them may well be one.
    """
    is_role = "roledefinitionid" in members or not _ROLE_NAMES.isdisjoint(members)
    return is_role and not _PRINCIPALS.isdisjoint(members)
