"""ACT208: a write clause that demands tags of every write, also of those that bring none."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import Attribute, AttributeSource, Expression, leaves, operand_attributes
from azcond.clauses import Clause, ClauseKind, Target, tests_action
from azcond.diagnostics import Fix, Severity
from azcond.linter.amendments import narrow
from azcond.linter.questions import ADD, TAG_HEADERS, TAGS, WRITE, attribute_key, can_be_met
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject

BAD = """\
((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})
 AND
 !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'}))
 OR @Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Stage<$key_case_sensitive$>]
    StringEquals 'draft')
"""


def _find(subject: Subject) -> Iterator[Found]:
    for clause in subject.clauses:
        targets = _targets(clause)
        if not targets or clause.expression is None:
            continue
        if not can_be_met(clause.expression, _is_tag_of_request):
            yield Found(
                targets[0].span,
                "this clause is for every write, and a write without tags never meets it",
                "write `ActionMatches{'…'} AND SubOperationMatches{'Blob.Write.WithTagHeaders'}`, "
                "unless untagged writes are meant to be refused",
                _fix(subject, clause.expression, targets),
            )


def _targets(clause: Clause) -> list[Target]:
    """The targets by which a clause is for writes with tags and for those without alike."""
    if clause.kind is not ClauseKind.GUARDED or clause.expression is None:
        return []
    targets = [
        target
        for target in clause.targets
        if any(target.matches(a) and target.matches(a, TAG_HEADERS) for a in (WRITE, ADD))
    ]
    return [] if targets and tests_action(clause.expression) else targets


def _is_tag_of_request(attribute: Attribute) -> bool:
    return attribute.source is AttributeSource.REQUEST and attribute_key(attribute) in TAGS


def _fix(subject: Subject, expression: Expression, targets: list[Target]) -> Fix | None:
    """Narrow the clause, where that leaves nothing else open than the tags."""
    attributes = [a for leaf in leaves(expression) for a in operand_attributes(leaf)]
    if not all(map(_is_tag_of_request, attributes)):
        return None
    test = f"SubOperationMatches{{'{TAG_HEADERS}'}}"
    edits = [narrow(target, subject.text, test) for target in targets]
    found = tuple([edit for edit in edits if edit is not None])
    if len(found) != len(targets):
        return None
    return Fix("apply the clause to writes with tags only", found, safe=False)


RULE = Rule(
    code="ACT208",
    slug="untagged-write-refused",
    title="write clause that refuses every untagged write",
    severity=Severity.WARNING,
    needs=Needs.CONDITION,
    why=(
        "Only writes with the suboperation `Blob.Write.WithTagHeaders` bring tags along. A clause "
        "for all writes that demands a tag refuses uploads, appends and block writes of every "
        "tool that sets no tags."
    ),
    bad=BAD,
    good=BAD.replace("'})", "'}\n   AND SubOperationMatches{'Blob.Write.WithTagHeaders'})"),
    page="storage-auth-abac-attributes",
    find=_find,
    mends=Mends.UNSAFE,
    fix="Writes without tags are open afterwards.",
)
