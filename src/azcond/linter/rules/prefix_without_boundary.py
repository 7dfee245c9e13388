"""SEC315: a prefix that ends in the middle of a name."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import Comparison, Literal, polarities
from azcond.diagnostics import Severity
from azcond.linter.amendments import replace
from azcond.linter.questions import attribute_key
from azcond.linter.role_sets import literals_of
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.showing import shown
from azcond.linter.subject import Subject
from azcond.operators import LIKE, STARTS
from azcond.source import Span

BAD = """\
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path]
    StringStartsWith 'team-a')
"""

_PATHS = frozenset({"blob-path", "blob-prefix", "repository-name"})


def _find(subject: Subject) -> Iterator[Found]:
    found = [
        (comparison, literal)
        for comparison in subject.comparisons
        if comparison.operator.relation.predicate in (STARTS, LIKE)
        and attribute_key(comparison.left) in _PATHS
        for literal in literals_of(comparison.right)
        if _ends_in_a_name(comparison, literal)
    ]
    if not found:
        return
    positive = polarities(subject.tree)
    for comparison, literal in found:
        if positive[id(comparison)]:
            yield _report(literal)


def _ends_in_a_name(comparison: Comparison, literal: Literal) -> bool:
    """Whether a name can go on after the prefix. A dash or a dot there is a boundary of its own."""
    value = str(literal.value)
    if comparison.operator.relation.predicate is LIKE:
        if not value.endswith("*"):
            return False
        value = value[:-1]
        if any(character in value for character in "*?\\"):
            return False
    return value[-1:].isalnum()


def _report(literal: Literal) -> Found:
    value = str(literal.value)
    prefix = value.removesuffix("*")
    name = prefix.rpartition("/")[2]
    before = literal.span.end - len(value) + len(prefix) - 1
    return Found(
        literal.span,
        f"the prefix has no boundary: it also matches {shown(f'{name}x')} beside {shown(name)}",
        "end the prefix with `/`",
        replace("end the prefix with `/`", (Span(before, before), "/")),
    )


RULE = Rule(
    code="SEC315",
    slug="prefix-without-boundary",
    title="prefix of a path that ends inside a name",
    severity=Severity.WARNING,
    needs=Needs.CONDITION,
    why=(
        "A prefix compares characters, not folders: `team-a` is also the beginning of `team-ab`. "
        "Whoever creates the folder or the repository with the longer name, or just has it, is "
        "let in too."
    ),
    bad=BAD,
    good=BAD.replace("'team-a'", "'team-a/'"),
    page="container-registry-rbac-abac-repository-permissions",
    find=_find,
    mends=Mends.UNSAFE,
    fix="It no longer matches names that go on after the prefix, which may have been meant.",
)
