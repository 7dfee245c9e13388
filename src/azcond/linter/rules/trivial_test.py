"""SEC314: a test that every value passes."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import Comparison, Literal, polarities
from azcond.catalogue import AttributeType, KnownAttribute
from azcond.diagnostics import Severity
from azcond.linter.domains import violated_domain
from azcond.linter.questions import known_attribute_of
from azcond.linter.role_sets import literals_of
from azcond.linter.rule import Found, Needs, Rule
from azcond.linter.subject import Subject
from azcond.operators import LIKE, STARTS

BAD = """\
(!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})
 OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringLike '*')
"""


def _find(subject: Subject) -> Iterator[Found]:
    found = [one for one in subject.comparisons if _is_trivial(one)]
    if not found:
        return
    positive = polarities(subject.tree)
    for comparison in found:
        known = known_attribute_of(comparison.left)
        if positive[id(comparison)] and known is not None:
            yield Found(
                comparison.span,
                f"every {known.name} passes this test, so it limits nothing",
                _advice(comparison, known),
            )


def _is_trivial(comparison: Comparison) -> bool:
    """Whether every value passes, of an attribute that always has one."""
    known = known_attribute_of(comparison.left)
    if known is None or known.may_be_absent or known.type is AttributeType.STRING_LIST:
        return False
    passes = [_passes(comparison, known, one) for one in literals_of(comparison.right)]
    quantifier = comparison.operator.quantifier
    over_right = quantifier.over_right if quantifier is not None else all
    return bool(passes) and over_right(passes)


def _passes(comparison: Comparison, known: KnownAttribute, literal: Literal) -> bool:
    relation = comparison.operator.relation
    if not isinstance(literal.value, str):
        return False
    if relation.predicate is LIKE:
        return bool(literal.value) and not literal.value.strip("*")
    if relation.predicate is STARTS:
        return not literal.value
    return relation.is_negative and violated_domain(known, relation, literal.value) is not None


def _advice(comparison: Comparison, known: KnownAttribute) -> str:
    if comparison.operator.relation.is_negative:
        return f"no {known.name} is ever like that; write the value as it really is"
    return "write the values that are meant, or remove the test"


RULE = Rule(
    code="SEC314",
    slug="trivial-test",
    title="test that every value passes",
    severity=Severity.SECURITY,
    needs=Needs.CONDITION,
    why=(
        "`StringLike '*'` and an empty prefix hold for every value, and so does being unequal to "
        "a value that cannot be. The condition looks like a limit in every review, and grants "
        "what the role grants without it."
    ),
    bad=BAD,
    good=BAD.replace("StringLike '*'", "StringLike 'logs-*'"),
    page="conditions-format",
    find=_find,
    silences=("COR401", "COR411"),
)
