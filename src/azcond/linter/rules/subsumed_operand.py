"""An operand of AND or OR that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azcond.analysis import Universe, find_request
from azcond.ast import And, Expression, polarities
from azcond.diagnostics import Severity
from azcond.linter.chains import MOST_COMPARED, Chain, find_absorbed, find_chains
from azcond.linter.equivalence import (
    ACTION,
    SUBOPERATION,
    Topic,
    asks_presence,
    is_certain,
    is_well_typed,
    removal,
    requests_of,
    topics,
)
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject

_Topics = frozenset[Topic]
_OF_ACTIONS = frozenset({ACTION, SUBOPERATION})


def find(subject: Subject) -> Iterator[Found]:
    """Operands without which the same requests meet the condition, the last such first.

    What people write about attributes that may be absent is left to them, and so is what holds
    another operand word for word, which has a rule of its own.
    """
    positive = polarities(subject.tree)
    requests = requests_of(subject)
    for chain in find_chains(subject.tree):
        if positive[id(chain.node)]:
            for operand in _needless(chain, subject, requests):
                yield Found(
                    operand.span,
                    "whatever meets the others meets this, too, so it changes nothing"
                    if isinstance(chain.node, And)
                    else "whatever meets this meets another one, too, so it changes nothing",
                    "was another value meant?",
                    removal(subject, operand),
                )


def _needless(chain: Chain, subject: Subject, requests: Universe) -> Iterator[Expression]:
    if len(chain.operands) > MOST_COMPARED:
        return
    about = [topics(operand) for operand in chain.operands]
    subject.budget.spend(len(about) ** 2 // 4)
    related = [
        [n for n, other in enumerate(about) if n != at and _are_related(mine, other)]
        for at, mine in enumerate(about)
    ]
    if not any(related) or _may_be_constant(chain, subject, requests):
        return
    absorbed = find_absorbed(chain)
    dropped: set[int] = set()
    for at in reversed(range(len(about))):
        operand = chain.operands[at]
        if at in absorbed or not related[at] or asks_presence(operand):
            continue
        others = [chain.operands[n] for n in related[at] if n not in dropped]
        if (
            others
            and is_well_typed(operand)
            and _is_implied(operand, others, chain, subject, requests)
        ):
            dropped.add(at)
            yield operand


def _are_related(one: _Topics, other: _Topics) -> bool:
    """Whether one operand may decide about the other."""
    if (one - _OF_ACTIONS) & (other - _OF_ACTIONS):
        return True
    return bool(one & other) and (one <= _OF_ACTIONS or other <= _OF_ACTIONS)


def _may_be_constant(chain: Chain, subject: Subject, requests: Universe) -> bool:
    """Whether the chain is always or never met, which other rules report, as far as is known."""
    met, failed = (chain.operands, ()) if isinstance(chain.node, And) else ((), chain.operands)
    return not is_certain(
        subject, lambda budget: find_request(met, failed, requests, budget) is not None
    )


def _is_implied(
    operand: Expression,
    others: Sequence[Expression],
    chain: Chain,
    subject: Subject,
    requests: Universe,
) -> bool:
    """Whether the operand is met where all others of an AND are, or only where one of an OR is."""
    met, failed = (others, [operand]) if isinstance(chain.node, And) else ([operand], others)
    return is_certain(subject, lambda budget: find_request(met, failed, requests, budget) is None)


RULE = Rule(
    code="COR403",
    slug="subsumed-operand",
    title="operand that changes nothing",
    severity=Severity.WARNING,
    needs=Needs.CONDITION,
    why="An operand that changes nothing usually meant something: another attribute, another "
    "value, or AND instead of OR. What it was to restrict is open, and it looks closed.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringLike 'orders-*'
  OR
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'orders-eu'
 )
)""",
    good="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringLike 'orders-*'
  OR
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] StringEquals 'returns-eu'
 )
)""",
    page="conditions-format",
    find=find,
    mends=Mends.SAFE,
    fix="Safe: it is offered only where the text without the operand provably decides alike.",
)
