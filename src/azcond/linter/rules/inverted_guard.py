"""ACT215: a guard the wrong way round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from azcond.ast import Or
from azcond.clauses import Clause, ClauseKind
from azcond.diagnostics import Fix, Severity
from azcond.formatter import format_expression
from azcond.linter.amendments import replace, target_text
from azcond.linter.chains import joined
from azcond.linter.guards import Joins, bare_targets, refusals_beside
from azcond.linter.questions import granted_beside
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.showing import shown
from azcond.linter.subject import Subject
from azcond.source import Span

BAD = """\
(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}
 AND @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs')
"""

_CONNECTIVE = re.compile(r"\bAND\b|&&", re.IGNORECASE)
_MOST_NAMES = 2


def _find(subject: Subject) -> Iterator[Found]:
    yield from _admitted(subject)
    joins = None
    for one, other in refusals_beside(subject.clauses):
        joins = joins or Joins(subject.tree)
        yield _never_met(subject, joins, one, other)
    alternatives: dict[int, list[Clause]] = {}
    for clause in subject.clauses:
        if clause.kind is ClauseKind.ALTERNATIVE:
            alternatives.setdefault(clause.conjunct, []).append(clause)
    for clauses in alternatives.values():
        joins = joins or Joins(subject.tree)
        found = _positive(subject, joins, clauses)
        if found is not None:
            yield found


def _admitted(subject: Subject) -> Iterator[Found]:
    """`ActionMatches{…} OR expression`: the action passes, all others need the expression."""
    for clause in subject.clauses:
        if clause.kind is ClauseKind.OTHER and isinstance(clause.node, Or):
            for target in bare_targets(joined(clause.node, Or)):
                start, end = target.span
                title = "negate the guard"
                fix = replace(title, (Span(start, start), "!("), (Span(end, end), ")"))
                yield Found(
                    target.span,
                    "this action passes without any demand, because the guard is not negated",
                    "write `!(ActionMatches{'…'}) OR (…)`",
                    fix,
                    Severity.ERROR,
                )


def _never_met(subject: Subject, joins: Joins, one: Clause, other: Clause) -> Found:
    """`!(ActionMatches{…}) AND expression`: the action is refused, all others need it."""
    node = joins.of([one.node, other.node])
    gap = Span(one.span.end, other.span.start)
    return Found(
        node.span if node is not None else Span(one.span.start, other.span.end),
        "the guarded action is always refused, because AND stands where OR is meant",
        "write `!(ActionMatches{'…'}) OR (…)`",
        _with_or(subject.text, gap) if node is not None else None,
        Severity.ERROR,
    )


def _with_or(text: str, gap: Span) -> Fix | None:
    found = list(_CONNECTIVE.finditer(text, gap.start, gap.end))
    if len(found) != 1:
        return None
    return replace("join them by OR", (Span(*found[0].span()), "OR"))


def _positive(subject: Subject, joins: Joins, clauses: Sequence[Clause]) -> Found | None:
    """`target AND expression`: every action that no alternative names is refused."""
    targets = [target for clause in clauses for target in clause.targets]
    refused = granted_beside(subject, [target.actions for target in targets])
    if refused is None:
        return None
    what = f"{shown(refused)} among them" if refused else "whatever the role grants"
    names = list(dict.fromkeys(shown(action) for one in targets for action in one.actions))
    more = " and the others here" if len(names) > _MOST_NAMES else ""
    named = " and ".join(names[:_MOST_NAMES]) + more
    node = clauses[0].node
    if len(clauses) > 1:
        node = joins.of([clause.node for clause in clauses]) or node
    return Found(
        node.span,
        f"every action but {named} is refused, {what}",
        "to limit the named actions only, write `!(ActionMatches{'…'}) OR (…)`",
        _as_guards(clauses, node.span),
    )


def _as_guards(clauses: Sequence[Clause], span: Span) -> Fix | None:
    """One guarded clause for each alternative."""
    if any(clause.expression is None for clause in clauses):
        return None
    if span.end < clauses[-1].span.end:
        return None
    written = []
    for clause in clauses:
        assert clause.expression is not None
        guards = " AND ".join(f"!({target_text(target)})" for target in clause.targets)
        written.append(f"(({guards}) OR ({format_expression(clause.expression)}))")
    return replace("negate the guards", (span, f"({' AND '.join(written)})"))


RULE = Rule(
    code="ACT215",
    slug="inverted-guard",
    title="guard that is not negated, or joined by AND",
    severity=Severity.WARNING,
    needs=Needs.CONDITION,
    why=(
        "A guard says which actions a clause is not for: `!(ActionMatches{…}) OR (…)`. Without "
        "the negation every other action of the role is refused, and uploads stop; with AND "
        "and OR exchanged the action passes freely or never."
    ),
    bad=BAD,
    good=BAD.replace("(ActionMatches", "(!(ActionMatches")
    .replace("read'}", "read'})")
    .replace(" AND", " OR"),
    page="conditions-format",
    find=_find,
    mends=Mends.UNSAFE,
    fix="Actions that were refused before are open, and limited ones that were open before.",
    silences=("ACT214", "COR401", "COR402"),
)
