"""Names in another case than the documentation's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from azcond.ast import (
    ActionMatches,
    Comparison,
    Exists,
    Leaf,
    SubOperationMatches,
    operand_attributes,
)
from azcond.catalogue import find_action, suboperations
from azcond.checker.findings import safe_fix
from azcond.diagnostics import Edit, Severity
from azcond.kinds import fold
from azcond.linter.questions import known_attribute_of
from azcond.linter.rule import Found, Mends, Needs, Rule
from azcond.linter.subject import Subject
from azcond.source import Span


def find(subject: Subject) -> Iterator[Found]:
    """Operators, functions, sources, attributes, actions and suboperations, each where it is."""
    for leaf in subject.leaves:
        for start, canonical in (*_words(leaf), *_ids(leaf)):
            span = Span(start, start + len(canonical))
            written = subject.text[span.start : span.end]
            if written != canonical and fold(written) == fold(canonical):
                fix = safe_fix(f"write `{canonical}`", Edit(span, canonical))
                yield Found(span, f"the documentation writes `{canonical}`", None, fix)


def _words(leaf: Leaf) -> Iterator[tuple[int, str]]:
    """The words of the language: where each begins, and how it is spelled."""
    match leaf:
        case ActionMatches() | SubOperationMatches() | Exists():
            yield leaf.span.start, type(leaf).__name__
        case Comparison(operator=operator):
            if operator.quantifier is not None:
                yield operator.span.start, operator.quantifier.name
            relation = operator.relation.name
            yield operator.span.end - len(relation), relation
        case _:
            assert_never(leaf)
    for attribute in operand_attributes(leaf):
        yield attribute.span.start + 1, attribute.source.value


def _ids(leaf: Leaf) -> Iterator[tuple[int, str]]:
    """What the catalogue knows: where each id begins, and how it is spelled."""
    match leaf:
        case ActionMatches():
            for pattern in leaf.patterns:
                action = find_action(str(pattern.value))
                if action is not None:
                    yield pattern.span.start + 1, action.id
        case SubOperationMatches():
            for pattern in leaf.patterns:
                for operation in suboperations().get(fold(str(pattern.value)), ())[:1]:
                    names = (operation.suboperation, *operation.former)
                    yield from ((pattern.span.start + 1, name) for name in names if name)
        case Exists() | Comparison():
            for attribute in operand_attributes(leaf):
                known = known_attribute_of(attribute)
                if known is not None:
                    yield attribute.span.end - 1 - len(attribute.id), known.id
        case _:
            assert_never(leaf)


RULE = Rule(
    code="STY503",
    slug="letter-case",
    title="name in another case than the documentation's",
    severity=Severity.INFO,
    needs=Needs.CATALOGUE,
    why="Case says nothing in names, but searching a repository for `StringEquals` misses "
    "`stringequals`. Whoever looks for every condition that reads an attribute finds only some.",
    bad="""(
 (
  !(ActionMatches{'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read'})
 )
 OR
 (
  @Resource[Microsoft.Storage/storageAccounts/queueServices/queues:name] stringEquals 'orders'
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
    fix="Safe: operators, actions and attributes are compared without case.",
)
