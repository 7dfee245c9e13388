"""A value that the name of a resource can never have."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import Attribute, Comparison, Literal, SetLiteral
from azcond.catalogue import KnownAttribute
from azcond.checker.findings import unsafe_fix
from azcond.diagnostics import Edit, Fix, Severity
from azcond.kinds import Kind, fold
from azcond.linter.domains import violated_domain
from azcond.linter.questions import known_attribute_of
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject
from azcond.operators import Relation
from azcond.source import Span


def find(subject: Subject) -> Iterator[Found]:
    """Literals that no value of the attribute equals, begins with or is like."""
    for comparison in subject.comparisons:
        relation, attribute = comparison.operator.relation, comparison.left
        if not isinstance(attribute, Attribute) or relation.is_negative:
            continue
        known = known_attribute_of(attribute)
        if known is None or relation.kind is not Kind.STRING:
            continue
        for literal in _literals(comparison):
            domain = violated_domain(known, relation, str(literal.value))
            if domain is not None:
                yield Found(
                    literal.span,
                    f"no {known.name} is like this: it {domain.rule}",
                    "the comparison never holds; write the name as the resource has it",
                    _fix(literal, known, relation),
                )


def _literals(comparison: Comparison) -> tuple[Literal, ...]:
    match comparison.right:
        case Literal() as literal:
            found: tuple[Literal, ...] = (literal,)
        case SetLiteral(items=items):
            found = items
        case _:
            found = ()
    return tuple([literal for literal in found if literal.kind is Kind.STRING])


def _fix(literal: Literal, known: KnownAttribute, relation: Relation) -> Fix | None:
    value = str(literal.value)
    for better in (fold(value), value.lstrip("/")):
        if better and violated_domain(known, relation, better) is None:
            inside = Span(literal.span.start + 1, literal.span.end - 1)
            return unsafe_fix(f"write `'{better}'`", Edit(inside, better.replace("'", "\\'")))
    return None


RULE = Rule(
    code="COR411",
    slug="impossible-value",
    title="value that the attribute can never take",
    severity=Severity.WARNING,
    needs=Needs.CATALOGUE,
    why="A storage account never has an upper-case letter in its name, so a comparison that asks "
    "for one never holds and everyone is locked out. People find out when the nightly job fails, "
    "and then remove the condition altogether.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'Orders'
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
    page="resource-name-rules",
    find=find,
    mends=Mends.UNSAFE,
    fix="Unsafe: the comparison may hold afterwards, which is the point.",
)
