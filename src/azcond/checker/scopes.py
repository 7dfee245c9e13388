"""What a clause is evaluated for, as far as its targets say it: operations of known actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from azcond._dataclasses import dataclass
from azcond.actions import action_matches
from azcond.ast import AttributeSource
from azcond.catalogue import KnownAction, KnownAttribute, Operation, Status, find_action
from azcond.clauses import Clause, Target, tests_action

_OF_REQUESTS = (AttributeSource.PRINCIPAL, AttributeSource.ENVIRONMENT)
"""Sources that belong to who asks and from where, not to the action."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Operations of one action that share an expression; a request is for one of them."""

    action: KnownAction
    operations: tuple[Operation, ...]

    @property
    def name(self) -> str:
        """The action, and the suboperation where it is the only one."""
        suboperation = self.operations[0].suboperation if len(self.operations) == 1 else None
        return f"`{self.action.id}`" + (f" with `{suboperation}`" if suboperation else "")

    @property
    def is_complete(self) -> bool:
        """Whether the documentation lists every attribute of the operations."""
        return all(operation.is_complete for operation in self.operations)

    def has(self, source: AttributeSource, attribute: KnownAttribute) -> bool:
        """Whether some of the operations has the attribute, or may have it."""
        if source in attribute.sources and (
            source in _OF_REQUESTS or attribute.status in (Status.INTERNAL, Status.DEPRECATED)
        ):
            return True
        return any(o.has(source, attribute) or not o.is_complete for o in self.operations)

    def offered(self) -> dict[tuple[AttributeSource, KnownAttribute], None]:
        """What the operations have of resource and request, in the order of the documentation."""
        offers = [offer for operation in self.operations for offer in operation.offers]
        return {offer: None for offer in offers if offer[0] not in _OF_REQUESTS}


def find_scopes(clause: Clause) -> list[Scope]:
    """The scopes of a clause, each once.

    None where the clause says too little: it has no target, its expression tests the action
    again, or its actions have wildcards or are not in the catalogue.
    """
    if not clause.targets or clause.expression is None or tests_action(clause.expression):
        return []
    scopes: dict[tuple[Operation, ...], Scope] = {}
    for target in clause.targets:
        for name in target.actions:
            action = find_action(name)
            if action is not None:
                for operations in _covered(action, target):
                    scopes.setdefault(operations, Scope(action, operations))
    return list(scopes.values())


def _covered(action: KnownAction, target: Target) -> Iterator[tuple[Operation, ...]]:
    """The operations of an action that a target is for, one group for each suboperation named."""
    if not target.suboperations:
        yield action.operations
    elif target.suboperation_negated:
        named = {
            operation
            for pattern in target.suboperations
            for operation in _named(action.operations, pattern)
        }
        rest = tuple([operation for operation in action.operations if operation not in named])
        if rest:
            yield rest
    else:
        for pattern in target.suboperations:
            named_here = tuple(_named(action.operations, pattern))
            if named_here:
                yield named_here


def _named(operations: Iterable[Operation], pattern: str) -> Iterator[Operation]:
    for operation in operations:
        names = (operation.suboperation, *operation.former)
        if any(name is not None and action_matches(pattern, name) for name in names):
            yield operation
