"""`ForAll…` over a list that may be empty."""

from __future__ import annotations

from collections.abc import Iterator

from azcond.ast import And, Attribute, Comparison, Expression, Or
from azcond.checker.findings import unsafe_fix
from azcond.diagnostics import Edit, Fix, Severity
from azcond.formatter import format_expression
from azcond.kinds import Kind
from azcond.linter.chains import joined
from azcond.linter.questions import known_attribute_of
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject
from azcond.request import Place, place_of
from azcond.source import Span


def find(subject: Subject) -> Iterator[Found]:
    """Positive comparisons that every value of an empty list fulfils, with nothing beside them
    that asks for a value.
    """
    filled: frozenset[Place] = frozenset()
    pending: list[tuple[Expression, Expression | None, frozenset[Place]]] = []
    pending.append((subject.tree, None, filled))
    while pending:
        node, parent, filled = pending.pop()
        match node:
            case And() | Or():
                operands = joined(node, type(node))
                if isinstance(node, And):
                    filled |= {place for o in operands if (place := _asked(o)) is not None}
                pending += [(operand, node, filled) for operand in reversed(operands)]
            case Comparison():
                yield from _report(node, parent, filled)
            case _:
                pass  # under NOT an empty list refuses, which is safe


def _asked(operand: Expression) -> Place | None:
    """The list of which an operand of AND asks for some value."""
    match operand:
        case Comparison(left=Attribute() as attribute, operator=operator):
            quantifier = operator.quantifier
            if quantifier is not None and quantifier.over_left is any:
                return place_of(attribute)
        case _:
            pass
    return None


def _report(
    comparison: Comparison, parent: Expression | None, filled: frozenset[Place]
) -> Iterator[Found]:
    quantifier, relation = comparison.operator.quantifier, comparison.operator.relation
    attribute = comparison.left
    if quantifier is None or quantifier.over_left is not all or relation.is_negative:
        return
    if not isinstance(attribute, Attribute) or place_of(attribute) in filled:
        return
    known = known_attribute_of(attribute)
    if known is not None and known.may_be_empty:
        yield Found(
            comparison.span,
            f"`{quantifier.name}` holds for an empty list, and this list may be empty",
            f"add `AND {_some(attribute)}`; `Exists` does not help, because an empty list exists",
            _fix(comparison, attribute, parent) if relation.kind is Kind.STRING else None,
            # A listing that includes nothing more asks for less, not for more.
            Severity.WARNING if known.key == "list-blobs-include" else None,
        )


def _some(attribute: Attribute) -> str:
    return f"{format_expression(attribute)} ForAnyOfAnyValues:StringLike {{'*'}}"


def _fix(comparison: Comparison, attribute: Attribute, parent: Expression | None) -> Fix:
    start, end = comparison.span
    demand = Edit(Span(end, end), f" AND {_some(attribute)}")
    if isinstance(parent, And):
        return unsafe_fix("ask for some value", demand)
    opener = Edit(Span(start, start), "(")
    return unsafe_fix("ask for some value", opener, Edit(demand.span, f"{demand.replacement})"))


RULE = Rule(
    code="COR407",
    slug="all-of-empty",
    title="`ForAll…` over a list that may be empty",
    severity=Severity.SECURITY,
    needs=Needs.CATALOGUE,
    why="Every value of an empty list is anything you like, so a blob without tags or a principal "
    "without assignments passes a test that was meant to demand one. Whoever can write without "
    "tags is past the condition.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.KeyVault/vaults/secrets/getSecret/action'})
 )
 OR
 (
  @Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Payments_Stages]
  ForAllOfAnyValues:StringEquals {'test', 'stage'}
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.KeyVault/vaults/secrets/getSecret/action'})
 )
 OR
 (
  @Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Payments_Stages]
  ForAllOfAnyValues:StringEquals {'test', 'stage'}
  AND
  @Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Payments_Stages]
  ForAnyOfAnyValues:StringLike {'*'}
 )
)""",
    page="conditions-format",
    find=find,
    mends=Mends.UNSAFE,
    fix="Unsafe: requests with an empty list no longer pass.",
)
