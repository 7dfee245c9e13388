"""SEC301: a deny-list that denies nothing."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import Comparison, Literal, SetLiteral, polarities
from azcond.catalogue import AttributeType, role_name
from azcond.diagnostics import Severity
from azcond.linter.amendments import replace
from azcond.linter.questions import known_attribute_of
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.showing import shown
from azcond.linter.subject import Subject
from azcond.operators import NOT_EQUAL, NOT_LIKE, like_segments

BAD = """\
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 OR @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidNotEquals {8e3af657-a8ff-443c-a75c-2fe8c4bcb635,
      18d7d88d-d35e-4fb5-a5c3-7773c20a72d9, f58310d9-a9f6-439a-9e8d-f62e7b41a168})
AND
(!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 OR @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
    ForAnyOfAnyValues:GuidNotEquals {8e3af657-a8ff-443c-a75c-2fe8c4bcb635,
      18d7d88d-d35e-4fb5-a5c3-7773c20a72d9, f58310d9-a9f6-439a-9e8d-f62e7b41a168})
"""


def _find(subject: Subject) -> Iterator[Found]:
    found = [one for one in subject.comparisons if _denies_nothing(one)]
    if not found:
        return
    positive = polarities(subject.tree)
    for comparison in found:
        if positive[id(comparison)]:
            yield _report(comparison)


def _denies_nothing(comparison: Comparison) -> bool:
    """Whether some right value differs from any left one, whatever that is."""
    quantifier, relation = comparison.operator.quantifier, comparison.operator.relation
    operand = comparison.right
    if quantifier is None or quantifier.over_right is not any or not relation.is_negative:
        return False
    if not isinstance(operand, SetLiteral) or isinstance(comparison.left, Literal | SetLiteral):
        return False
    values = {relation.comparable(item.value) for item in operand.items} - {None}
    if relation.predicate is NOT_EQUAL:
        return len(values) > 1
    return relation.predicate is NOT_LIKE and _exclude_each_other([str(v) for v in values])


def _exclude_each_other(patterns: list[str]) -> bool:
    """Whether two of the patterns begin or end in ways that no value does at once."""
    ends = [like_segments(pattern) for pattern in patterns]
    heads = sorted(_text(segments[0][:1]) for segments in ends)
    tails = sorted(_text(segments[-1][-1:])[::-1] for segments in ends)
    return any(not last.startswith(first) for first, last in _extremes(heads, tails))


def _text(parts: tuple[str | None, ...]) -> str:
    return "".join([part for part in parts if part is not None])


def _extremes(*lists: list[str]) -> Iterator[tuple[str, str]]:
    """The first and the last of each sorted list, which differ the most."""
    for texts in lists:
        if texts:
            yield texts[0], texts[-1]


def _report(comparison: Comparison) -> Found:
    operator, operand = comparison.operator, comparison.right
    assert isinstance(operand, SetLiteral)
    known = known_attribute_of(comparison.left)
    is_list = known is not None and known.type is AttributeType.STRING_LIST
    better = f"{'ForAllOfAllValues' if is_list else 'ForAnyOfAllValues'}:{operator.relation.name}"
    one, other = _two_values(comparison, operand)
    verb = "differs from" if operator.relation.predicate is NOT_EQUAL else "does not match"
    message = f"this deny-list denies nothing: {one} passes because it {verb} {other}"
    fix = replace(f"write `{better}`", (operator.span, better))
    return Found(
        comparison.span, message, f"write `{better}`, which asks for all of the values", fix
    )


def _two_values(comparison: Comparison, operand: SetLiteral) -> tuple[str, str]:
    """Two of the values that differ, as a person knows them."""
    values = {comparison.operator.relation.comparable(item.value): item for item in operand.items}
    texts = [str(item.value) for value, item in values.items() if value is not None]
    one, other = [shown(role_name(text) or text) for text in texts[:2]]
    return one, other


RULE = Rule(
    code="SEC301",
    slug="always-true-deny-list",
    title="deny-list that denies nothing",
    severity=Severity.ERROR,
    needs=Needs.CONDITION,
    why=(
        "`ForAnyOfAnyValues:…NotEquals` with several values asks whether the value differs from "
        "one of them, and every value does. A delegate who should never hand out Owner can assign "
        "it to anyone, while the condition reads as if that were forbidden."
    ),
    bad=BAD,
    good=BAD.replace("ForAnyOfAnyValues", "ForAnyOfAllValues"),
    page="conditions-format",
    find=_find,
    mends=Mends.UNSAFE,
    fix="It denies what was open before, so it changes decisions, as it should.",
    silences=("COR401",),
)
