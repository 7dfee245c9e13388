"""ACT205: a read guard that takes listing in, and demands what listing never has."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import Attribute, AttributeSource, Expression, leaves, operand_attributes
from azcond.clauses import Clause, ClauseKind, Target, tests_action
from azcond.diagnostics import Fix, Severity
from azcond.linter.amendments import add_clauses, narrow
from azcond.linter.listing import listing_clause
from azcond.linter.questions import (
    LIST,
    PATH,
    READ,
    can_be_met,
    known_attribute_of,
    may_grant,
    offers,
    readers,
)
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject

BAD = """\
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:isCurrentVersion]
    BoolEquals true)
"""


def _find(subject: Subject) -> Iterator[Found]:
    if not may_grant(subject, READ):
        return
    for clause in subject.clauses:
        target = _target(clause)
        if target is None or clause.expression is None or can_be_met(clause.expression, _missing):
            continue
        yield Found(
            target.span,
            f"this guard takes in listing, which has no {_missing_name(clause.expression)}, so "
            "every listing is refused",
            "write `ActionMatches{'…/blobs/read'} AND NOT SubOperationMatches{'Blob.List'}`",
            _fix(subject, clause, target),
        )


def _target(clause: Clause) -> Target | None:
    """The target by which a clause is for reading and for listing alike."""
    if clause.kind is not ClauseKind.GUARDED or clause.expression is None:
        return None
    target = next((t for t in clause.targets if t.matches(READ) and t.matches(READ, LIST)), None)
    return None if target is None or tests_action(clause.expression) else target


def _missing(attribute: Attribute) -> bool:
    """Whether a listing never has an attribute that other reads have."""
    return offers(READ, attribute) and not offers(READ, attribute, LIST)


def _missing_name(expression: Expression) -> str:
    attributes = (a for leaf in leaves(expression) for a in operand_attributes(leaf))
    missing = next(attribute for attribute in attributes if _missing(attribute))
    known = known_attribute_of(missing)
    assert known is not None
    return known.name


def _fix(subject: Subject, clause: Clause, target: Target) -> Fix | None:
    edit = narrow(target, subject.text, "NOT SubOperationMatches{'Blob.List'}")
    if edit is None or clause.expression is None or any(map(_is_wild, target.actions)):
        return None
    title = "leave listing out of this clause"
    if next(readers([clause.expression], PATH, AttributeSource.RESOURCE), None) is None:
        return Fix(title, (edit,), safe=False)
    listing = listing_clause([clause.expression])
    if listing is None:
        return None
    added = add_clauses(subject, title, [listing])
    return Fix("give listing a clause of its own", (edit, *added.edits), safe=False)


def _is_wild(pattern: str) -> bool:
    return "*" in pattern


RULE = Rule(
    code="ACT205",
    slug="listing-refused",
    title="read guard that makes listing impossible",
    severity=Severity.WARNING,
    needs=Needs.CONDITION,
    why=(
        "Listing blobs is `blobs/read` too, and it has no path, no tags and no version. Until "
        "2022 such a clause did not apply to it; now the same text refuses every listing, and "
        "tools that list before they read stop working."
    ),
    bad=BAD,
    good=BAD.replace("/read'})", "/read'}\n   AND NOT SubOperationMatches{'Blob.List'})"),
    page="storage-auth-abac-attributes",
    find=_find,
    mends=Mends.UNSAFE,
    fix="Listing is no longer refused.",
)
