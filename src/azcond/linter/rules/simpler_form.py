"""AND and OR that say in many words what fewer say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azcond.ast import And, Expression, Not, Or
from azcond.clauses import tests_action
from azcond.diagnostics import Edit, Severity
from azcond.formatter import format_expression
from azcond.linter.chains import Chain, find_absorbed, find_chains, joined
from azcond.linter.equivalence import enclosing, proven_fix
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject
from azcond.source import Span

_LONGEST = 60


def find(subject: Subject) -> Iterator[Found]:
    """Operands that hold another operand and more, and parts that every operand repeats."""
    for clause in subject.clauses:
        demand = clause.expression
        if not isinstance(demand, And | Or) or tests_action(demand):
            continue
        for chain in find_chains(demand):
            simpler = _simplify(chain)
            if simpler is not None:
                yield from _report(chain, simpler, subject)


def _report(chain: Chain, simpler: Expression, subject: Subject) -> Iterator[Found]:
    span = _written_span(chain, subject.text)
    text = format_expression(simpler)
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    if isinstance(simpler, And | Or) and enclosing(subject.text, span) == span:
        text = f"({text})"
    fix = proven_fix(subject, "write it so", Edit(span, text))
    if fix is not None:
        yield Found(span, "fewer words say the same", f"write `{shown}`", fix)


def _written_span(chain: Chain, text: str) -> Span:
    """Where a chain stands; one that a guard was taken off begins and ends at its operands."""
    first, last = chain.operands[0].span, chain.operands[-1].span
    if chain.node.span == (first.start, last.end):
        return Span(enclosing(text, first).start, enclosing(text, last).end)
    return chain.node.span


def _simplify(chain: Chain) -> Expression | None:
    absorbed = find_absorbed(chain)
    if absorbed:
        kept = [operand for n, operand in enumerate(chain.operands) if n not in absorbed]
        return _join(kept, type(chain.node))
    return _factored(chain)


def _factored(chain: Chain) -> Expression | None:
    """`a AND (b OR c)` for `(a AND b) OR (a AND c)`, and the same with AND and OR exchanged."""
    outer = type(chain.node)
    inner = Or if outer is And else And
    if not all(isinstance(operand, inner) for operand in chain.operands):
        return None
    parts = [joined(operand, inner) for operand in chain.operands]
    others = [frozenset(filter(_is_leaf, operand)) for operand in parts[1:]]
    first = filter(_is_leaf, parts[0])
    common = dict.fromkeys(part for part in first if all(part in other for other in others))
    if not common:
        return None
    rests = [[p for p in operand if not _is_leaf(p) or p not in common] for operand in parts]
    if not all(rests):
        return None
    return _join([*common, _join([_join(rest, inner) for rest in rests], outer)], inner)


def _is_leaf(part: Expression) -> bool:
    return not isinstance(part, And | Or | Not)


def _join(operands: Sequence[Expression], connective: type[And | Or]) -> Expression:
    if len(operands) == 1:
        return operands[0]
    return connective(tuple(operands), Span(operands[0].span.start, operands[-1].span.end))


RULE = Rule(
    code="STY507",
    slug="simpler-form",
    title="AND and OR that say in many words what fewer say",
    severity=Severity.INFO,
    needs=Needs.CONDITION,
    why="What is said twice has to be changed twice, and one day is changed once. The shorter "
    "form has one place for each demand.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  (
   @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders'
   AND
   @Environment[isPrivateLink] BoolEquals true
  )
  OR
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders'
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
    page="conditions-format",
    find=find,
    mends=Mends.SAFE,
    fix="Safe: it is offered only where the shorter text provably decides alike.",
)
