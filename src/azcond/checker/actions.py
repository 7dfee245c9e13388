"""Findings about `ActionMatches` and `SubOperationMatches`."""

from __future__ import annotations

from azcond.ast import ActionMatches, Expression, Literal, SubOperationMatches, leaves
from azcond.catalogue import (
    KnownAction,
    all_actions,
    find_action,
    has_known_provider,
    is_unconditional,
    suboperations,
    suggest_action,
    suggest_suboperation,
)
from azcond.checker import wording
from azcond.checker.findings import Findings, unsafe_fix
from azcond.clauses import Clause, legacy_suboperation_patterns
from azcond.diagnostics import Edit, Fix, Severity
from azcond.kinds import fold
from azcond.source import Span

_CURRENT_READ = "NOT SubOperationMatches{'Blob.List'}"


def check_actions(root: Expression, clauses: tuple[Clause, ...], findings: Findings) -> None:
    """ACT201 to ACT204, for every pattern without a wildcard."""
    contexts = _contexts(clauses)
    for leaf in leaves(root):
        if isinstance(leaf, ActionMatches):
            for pattern in leaf.patterns:
                _check_action(pattern, findings)
            continue
        patterns = (
            leaf.patterns
            if isinstance(leaf, SubOperationMatches)
            else legacy_suboperation_patterns(leaf)
        )
        for pattern in patterns or ():
            replaceable = leaf if patterns and len(patterns) == 1 else None
            _check_suboperation(pattern, contexts.get(id(pattern)), replaceable, findings)


def _check_action(pattern: Literal, findings: Findings) -> None:
    action = str(pattern.value)
    if "*" in action or find_action(action) is not None:
        return
    if is_unconditional(action):
        findings.add(wording.unconditional_action(action), pattern.span)
    elif has_known_provider(action):
        suggestion = findings.suggest(suggest_action, action)
        fix = _replace_content(pattern, suggestion)
        findings.add(wording.unknown_action(action, suggestion), pattern.span, fix=fix)


class _Context:
    """The actions that a suboperation pattern is tested with; none when they are not all known."""

    __slots__ = ("actions", "is_known", "is_negated")

    def __init__(self, *, is_negated: bool) -> None:
        self.actions: list[KnownAction] = []
        self.is_known = True
        self.is_negated = is_negated


def _contexts(clauses: tuple[Clause, ...]) -> dict[int, _Context]:
    """By the `id` of each suboperation pattern; targets made from one OR share their patterns."""
    contexts: dict[int, _Context] = {}
    for clause in clauses:
        for target in clause.targets:
            actions = [find_action(action) for action in target.actions]
            for pattern in target.suboperation_patterns:
                context = contexts.setdefault(
                    id(pattern), _Context(is_negated=target.suboperation_negated)
                )
                context.actions += [action for action in actions if action is not None]
                context.is_known &= bool(actions) and None not in actions
    return contexts


def _check_suboperation(
    pattern: Literal, context: _Context | None, leaf: Expression | None, findings: Findings
) -> None:
    name = str(pattern.value)
    if "*" in name:
        return
    actions = context.actions if context is not None and context.is_known else []
    operations = suboperations().get(fold(name), ())
    defined = {id(operation) for action in actions for operation in action.operations}
    if not operations:
        suggestion = findings.suggest(suggest_suboperation, name, actions or all_actions())
        findings.add(
            wording.unknown_suboperation(name, suggestion),
            pattern.span,
            severity=None if actions else Severity.WARNING,
            fix=_replace_content(pattern, suggestion),
        )
    elif actions and not any(id(operation) in defined for operation in operations):
        own = [o.suboperation for o in actions[0].operations if not o.is_deprecated]
        known = [suboperation for suboperation in own if suboperation is not None]
        findings.add(wording.undefined_suboperation(name, actions[0].id, known), pattern.span)
    elif operations[0].is_deprecated:
        is_positive = context is not None and not context.is_negated
        fix = None
        if is_positive and leaf is not None:
            fix = unsafe_fix(f"write `{_CURRENT_READ}`", findings.replace(leaf.span, _CURRENT_READ))
        findings.add(wording.deprecated_suboperation(name), pattern.span, fix=fix)
    elif fold(name) != fold(operations[0].suboperation or ""):
        current = operations[0].suboperation or ""
        fix = _replace_content(pattern, current)
        findings.add(wording.former_suboperation(name, current), pattern.span, fix=fix)


def _replace_content(pattern: Literal, replacement: str | None) -> Fix | None:
    """A fix that puts another text between the quotes of a pattern."""
    if replacement is None:
        return None
    inside = Span(pattern.span.start + 1, pattern.span.end - 1)
    return unsafe_fix(f"write `{replacement}`", Edit(inside, replacement))
